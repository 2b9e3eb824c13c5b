namespace LeadScoring.Architecture.Tests;

/// <summary>A file is one concept, and one concept fits in fewer than 300 lines.</summary>
public sealed class FileLengthTests
{
    const int Most = 299;

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
    public void Every_file_we_write_is_shorter_than_300_lines() =>
        Assert.That(TooLong([.. Repository.Under("src/", Written), .. Repository.Under("tests/", Written)]), Is.Empty);

    [TestCase(299, 0)]
    [TestCase(300, 1)]
    public void Length_is_counted_in_lines_whether_or_not_the_last_one_is_ended(int lines, int found)
    {
        var text = string.Join('\n', Enumerable.Repeat("x", lines));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TooLong([new TextFile("src/A.cs", text)]).Count(), Is.EqualTo(found));
            Assert.That(TooLong([new TextFile("src/A.cs", text + "\n")]).Count(), Is.EqualTo(found));
        }
    }

    static IEnumerable<string> TooLong(IEnumerable<TextFile> files) =>
        from file in files
        where !file.Path.Contains("/Golden/", StringComparison.Ordinal)
        let lines = file.Text.TrimEnd('\n').Split('\n').Length
        where lines > Most
        select $"{file.Path}: {lines} lines, expected at most {Most}";
}
