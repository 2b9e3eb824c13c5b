using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

/// <summary>docs/parameters.md is made from <see cref="TrainingOptions"/> and must be what it would be made to today.</summary>
public sealed partial class ParametersPageTests
{
    const string Head = """
        # Parameters of training

        This page is made from `TrainingOptions` (names, defaults, limits, summaries); a test fails when it differs and leaves
        the page as it should be in `artifacts/parameters.md`. The same names stand under `training` in a model's `model.json`.
        By default `leads train` chooses leaves, rate, penalties and the number of trees by the size of the table, on held-out
        rows; these are the values it starts from.

        | parameter | default | may be | meaning |
        |---|---|---|---|

        """;

    [Test]
    public void The_page_says_what_the_options_are()
    {
        var root = Root();
        var (page, made) = (File.ReadAllText(Path.Combine(root, "docs", "parameters.md")), Page());
        if (string.Equals(page, made, StringComparison.Ordinal))
            return;
        var kept = Path.Combine(root, "artifacts", "parameters.md");
        File.WriteAllText(kept, made);
        Assert.Fail("docs/parameters.md is out of step with TrainingOptions; copy artifacts/parameters.md over it.");
    }

    static string Page()
    {
        var members = XDocument
            .Load(Path.ChangeExtension(typeof(TrainingOptions).Assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var defaults = new TrainingOptions();
        foreach (var property in typeof(TrainingOptions).GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var limits = property.GetCustomAttribute<LimitsAttribute>()?.ToString() ?? Kind(property.PropertyType);
            var meaning = Words(members[$"P:{typeof(TrainingOptions).FullName}.{property.Name}"].Element("summary")!);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{name}` | {Default(property.GetValue(defaults))} | {limits} | {meaning} |\n"
            );
        }
        return text.ToString();
    }

    static string Kind(Type type) =>
        type == typeof(MonotoneFeatures)
            ? "names of numeric features under `rising` and `falling`"
            : "any whole number";

    static string Default(object? value) =>
        value is MonotoneFeatures ? "none" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>A summary as one line, with <c>see</c> as the name of what it points to.</summary>
    static string Words(XElement summary)
    {
        foreach (var see in summary.Descendants("see").ToArray())
        {
            var name = see.Attribute("cref")!.Value.Split('.')[^1];
            see.ReplaceWith($"`{JsonNamingPolicy.CamelCase.ConvertName(name)}`");
        }
        return Blank().Replace(summary.Value.Trim(), " ");
    }

    static string Root()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LeadScoring.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();
}
