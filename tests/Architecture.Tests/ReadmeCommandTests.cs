using System.Text.RegularExpressions;

namespace LeadScoring.Architecture.Tests;

/// <summary>The README promises only what can be typed.</summary>
public sealed partial class ReadmeCommandTests
{
    static readonly string Readme = Repository.Read("README.md").Text;

    [TestCase("dotnet run --project src/Worker -- demo")]
    [TestCase("dotnet test")]
    public void The_two_commands_to_begin_with_are_there(string command) =>
        Assert.That(Readme.Split('\n').Select(line => line.Trim()), Does.Contain(command));

    [Test]
    public void Every_project_it_runs_exists() =>
        Assert.That(
            RunProjects(Readme).Where(path => !Repository.Files.Any(file => IsProjectIn(path, file))),
            Is.Empty
        );

    [Test]
    public void Every_command_of_the_table_is_one_that_leads_has()
    {
        var commands = CommandsOf(Readme);
        Assert.That(commands, Has.Length.AtLeast(15));
        Assert.That(commands.Where(command => !LeadsHas(command)), Is.Empty, "named in README.md, unknown to leads");
    }

    [TestCase("--home")]
    [TestCase("--json")]
    [TestCase("--as-of")]
    public void Every_option_it_describes_is_one_that_leads_has(string option) =>
        Assert.That(LeadsCommand.Run("run", "--help").Output, Does.Contain(option));

    [Test]
    public void A_command_that_leads_does_not_have_is_found() => Assert.That(LeadsHas("conjure"), Is.False);

    [Test]
    public void Commands_are_read_from_the_first_cell_of_the_table() =>
        Assert.That(
            CommandsOf(
                """
                Type `leads sing` now.
                | command | does |
                |---|---|
                | `leads score [--as-of D]` | like `leads dance` |
                | `leads table train FILE --label COL` | |
                | `leads promote MODEL`, `leads rollback` | |
                """
            ),
            Is.EqualTo(new[] { "score", "table train", "promote", "rollback" })
        );

    [Test]
    public void A_project_that_is_not_there_is_found() =>
        Assert.That(RunProjects("dotnet run --project src/Portal -- x"), Is.EqualTo(new[] { "src/Portal" }));

    [TestCase("Usage:\n  leads table train <FILE> [options]\n", "table train", true)]
    [TestCase("Usage:\n  leads [command] [options]\n\nCommands:\n  train", "train", false)]
    [TestCase("Usage:\n  leads trainer [options]\n", "train", false)]
    public void Help_belongs_to_a_command_when_its_usage_line_names_it(string help, string command, bool belongs) =>
        Assert.That(IsHelpOf(command, help), Is.EqualTo(belongs));

    /// <summary>An unknown command is answered with the help of the one above it, so the usage line is what tells.</summary>
    static bool LeadsHas(string command)
    {
        var (exit, output) = LeadsCommand.Run([.. command.Split(' '), "--help"]);
        return exit == 0 && IsHelpOf(command, output);
    }

    static bool IsHelpOf(string command, string help) =>
        Regex.IsMatch(
            help,
            $@"Usage:\s+leads {Regex.Escape(command)}(\s|$)",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    static string[] CommandsOf(string markdown) =>
        [
            .. TableRow()
                .Matches(markdown)
                .SelectMany(row => Command().Matches(row.Groups["cell"].Value))
                .Select(command => command.Groups["name"].Value)
                .Distinct(StringComparer.Ordinal),
        ];

    static IEnumerable<string> RunProjects(string markdown) =>
        RunProject().Matches(markdown).Select(match => match.Groups["path"].Value);

    static bool IsProjectIn(string folder, string file) =>
        file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal);

    [GeneratedRegex(@"^\|(?<cell>[^|]*`leads [^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableRow();

    /// <summary>Lower-case words are the command; its arguments are in capitals, its options in brackets or after dashes.</summary>
    [GeneratedRegex("`leads (?<name>[a-z]+( [a-z]+)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"dotnet run --project (?<path>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunProject();
}
