namespace LeadScoring.Architecture.Tests;

/// <summary>A test stands in the folder its subject stands in, so that each is found from the other.</summary>
public sealed class MirrorTests
{
    /// <summary>Folders of tests that hold what tests read, or what several of them share, rather than tests.</summary>
    static readonly string[] WithoutSubject = ["Golden", "Hostile", "Twins", "Worlds"];

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void Every_folder_of_tests_has_its_folder_in_src(string project) =>
        Assert.That(
            Orphans(FoldersUnder($"tests/{project}.Tests/"), FoldersUnder($"src/{project}/")),
            Is.Empty,
            $"each stands in tests/{project}.Tests and has no counterpart in src/{project}"
        );

    [Test]
    public void A_folder_without_counterpart_is_found() =>
        Assert.That(
            Orphans(["Lake", "Lake/Golden", "Lake/Golden/Old", "Pond", "Worlds"], ["Lake", "Sources"]),
            Is.EqualTo(new[] { "Pond" })
        );

    [Test]
    public void A_folder_below_one_without_counterpart_is_found_as_well() =>
        Assert.That(Orphans(["Lake/Deep"], ["Lake"]), Is.EqualTo(new[] { "Lake/Deep" }));

    static IEnumerable<string> Orphans(IEnumerable<string> tests, IReadOnlyCollection<string> sources) =>
        tests.Where(folder =>
            !sources.Contains(folder, StringComparer.Ordinal)
            && !folder.Split('/').Intersect(WithoutSubject, StringComparer.Ordinal).Any()
        );

    static string[] FoldersUnder(string root) =>
        [
            .. Repository
                .Files.Where(path => path.StartsWith(root, StringComparison.Ordinal))
                .Select(path => Path.GetDirectoryName(path[root.Length..])?.Replace('\\', '/') ?? "")
                .Where(folder => folder.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
}
