using System.Text.RegularExpressions;

namespace LeadScoring.Architecture.Tests;

/// <summary>Nothing in the repository depends on the machine or the mirror it was written on.</summary>
public sealed partial class ShareableTextTests
{
    [Test]
    public void No_text_names_a_folder_of_somebodys_machine() =>
        Assert.That(Repository.Texts.SelectMany(file => Matching(file, MachinePath())), Is.Empty);

    [Test]
    public void No_text_names_the_host_of_a_registry() =>
        Assert.That(Repository.Texts.SelectMany(file => Matching(file, RegistryHost())), Is.Empty);

    [Test]
    public void Package_locks_leave_the_registry_to_the_one_who_installs() =>
        Assert.That(Repository.Under("", "package-lock.json").SelectMany(file => Matching(file, Resolved())), Is.Empty);

    [Test]
    public void No_registry_is_configured_in_the_repository() =>
        Assert.That(
            Repository.Files.Where(path =>
                Path.GetFileName(path).ToUpperInvariant() is ".NPMRC" or "NUGET.CONFIG" or "PIP.CONF"
            ),
            Is.Empty
        );

    [Test]
    public void Lines_end_in_LF() =>
        Assert.That(Repository.Texts.Where(HasCarriageReturn).Select(file => file.Path), Is.Empty);

    [TestCase("see {0}work/main/README.md", true)]
    [TestCase("\"{0}root/.nuget\"", true)]
    [TestCase("cd {0}home/anna/leads", true)]
    [TestCase("<home>{0}lake", false)]
    [TestCase("$TMP{0}home{0}inbox", false)]
    [TestCase("the frame{0}work", false)]
    public void A_machine_path_is_found(string pattern, bool found) =>
        Assert.That(MachinePath().IsMatch(pattern.Replace("{0}", "/", StringComparison.Ordinal)), Is.EqualTo(found));

    [TestCase("registry", "npmjs.org", true)]
    [TestCase("api", "nuget.org", true)]
    [TestCase("deb", "debian.org", true)]
    [TestCase("www", "scb.se", false)]
    public void A_registry_host_is_found(string machine, string domain, bool found) =>
        Assert.That(RegistryHost().IsMatch($"https://{machine}.{domain}/x"), Is.EqualTo(found));

    [Test]
    public void A_resolved_address_in_a_lock_is_found() =>
        Assert.That(
            Matching(
                new TextFile("package-lock.json", "{\n  \"resolved\": \"https://example.org/a.tgz\"\n}"),
                Resolved()
            ),
            Is.EqualTo(new[] { "package-lock.json:2: \"resolved\"" })
        );

    [Test]
    public void A_carriage_return_is_found() =>
        Assert.That(HasCarriageReturn(new TextFile("a.md", "one\r\ntwo\n")), Is.True);

    static bool HasCarriageReturn(TextFile file) => file.Text.Contains('\r', StringComparison.Ordinal);

    static IEnumerable<string> Matching(TextFile file, Regex pattern) =>
        file.Lines.SelectMany((line, index) => pattern.Matches(line).Select(match => file.At(index + 1, match.Value)));

    [GeneratedRegex(@"(?<![\w.>})~\]-])/(work|root|home|Users)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"\b(registry\.(npmjs|yarnpkg)|(api|www)\.nuget|(deb|ftp|security)\.debian|files\.pythonhosted|pypi)\.(org|com|net)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RegistryHost();

    [GeneratedRegex("\"resolved\"", RegexOptions.None, 1000)]
    private static partial Regex Resolved();
}
