using System.Text.RegularExpressions;

namespace LeadScoring.Architecture.Tests;

/// <summary>What stands in the repository is finished: notes to oneself and placeholders are work, not code.</summary>
public sealed partial class UnfinishedWorkTests
{
    static readonly string[] Written =
    [
        ".cs",
        ".sql",
        ".cshtml",
        ".css",
        ".html",
        ".js",
        ".csproj",
        ".props",
        ".targets",
    ];

    [Test]
    public void Nothing_in_src_is_left_for_later() =>
        Assert.That(Repository.Under("src/", Written).SelectMany(Unfinished), Is.Empty);

    [Test]
    public void No_test_is_left_for_later() =>
        Assert.That(
            Repository
                .Under("tests/", Written)
                .Where(file => !file.Path.EndsWith($"/{nameof(UnfinishedWorkTests)}.cs", StringComparison.Ordinal))
                .SelectMany(Unfinished),
            Is.Empty
        );

    [TestCase("// TODO: calibrate", "TODO")]
    [TestCase("/* FIXME */", "FIXME")]
    [TestCase("throw new NotImplementedException();", "NotImplementedException")]
    [TestCase("Thread.Sleep(10);", "Thread.Sleep")]
    [TestCase("[Ignore(\"flaky\")]", "[Ignore")]
    [TestCase("#region Fields", "#region")]
    public void Each_mark_of_unfinished_work_is_found(string line, string mark) =>
        Assert.That(Unfinished(new TextFile("src/A.cs", "\n" + line)), Is.EqualTo(new[] { $"src/A.cs:2: {mark}" }));

    [TestCase("var todos = 3; // a list of what to do")]
    [TestCase("await Task.Delay(10, cancellation);")]
    [TestCase("[IgnoreDataMember]")]
    public void Finished_work_is_left_alone(string line) =>
        Assert.That(Unfinished(new TextFile("src/A.cs", line)), Is.Empty);

    static IEnumerable<string> Unfinished(TextFile file) =>
        file.Lines.SelectMany((line, index) => Mark().Matches(line).Select(match => file.At(index + 1, match.Value)));

    [GeneratedRegex(
        @"\b(TODO|FIXME|XXX|HACK|NotImplementedException|Thread\.Sleep)\b|\[Ignore\b|#region\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Mark();
}
