using System.Text.RegularExpressions;

namespace LeadScoring.Architecture.Tests;

/// <summary>Names come from the field; a word that fits every class says nothing about this one.</summary>
public sealed partial class NamingTests
{
    [Test]
    public void No_file_has_a_name_that_says_nothing() =>
        Assert.That(Repository.Files.Where(IsSource).Where(HasEmptyName), Is.Empty);

    [Test]
    public void No_compiled_type_has_a_name_that_says_nothing() =>
        Assert.That(
            Repository
                .Projects.SelectMany(project => CompiledAssembly.OfProject(project).DeclaredTypes)
                .Where(IsEmptyName),
            Is.Empty
        );

    [Test]
    public void No_type_of_the_tests_has_a_name_that_says_nothing() =>
        Assert.That(
            Repository
                .Under("tests/", ".cs")
                .SelectMany(file => DeclaredIn(file.Text).Select(name => $"{file.Path}: {name}"))
                .Where(IsEmptyName),
            Is.Empty
        );

    [TestCase("LeadManager", true)]
    [TestCase("DateHelpers", true)]
    [TestCase("SqlUtil", true)]
    [TestCase("StringUtilities", true)]
    [TestCase("ScoringService", true)]
    [TestCase("Outer+ContactInfo", true)]
    [TestCase("LeadScoring.Funnel.LeadDto", true)]
    [TestCase("TraceData", true)]
    [TestCase("Pool`1", false)]
    [TestCase("DataManager`2", true)]
    [TestCase("Metadata", false)]
    [TestCase("DatabaseFile", false)]
    [TestCase("Manageress", false)]
    public void A_name_is_judged_by_its_last_word(string name, bool empty) =>
        Assert.That(IsEmptyName(name), Is.EqualTo(empty));

    [TestCase("src/Funnel/LeadHelper.cs", true)]
    [TestCase("src/Funnel/Utils/Lead.cs", true)]
    [TestCase("src/Funnel/Stages/Stage.cs", false)]
    [TestCase("data-samples/README.md", false)]
    public void A_path_is_judged_by_each_of_its_segments(string path, bool empty) =>
        Assert.That(HasEmptyName(path), Is.EqualTo(empty));

    [Test]
    public void Declarations_are_found_in_source_text() =>
        Assert.That(
            DeclaredIn("public sealed class LeadDto;\nreadonly record struct TraceInfo(int A);\nenum Stage { }"),
            Is.EqualTo(new[] { "LeadDto", "TraceInfo", "Stage" })
        );

    static bool IsSource(string path) =>
        path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal);

    static bool HasEmptyName(string path) => path.Split('/').Any(part => IsEmptyName(part.Split('.')[0]));

    static bool IsEmptyName(string name) => EmptyName().IsMatch(name);

    static IEnumerable<string> DeclaredIn(string source) =>
        Declaration().Matches(source).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(
        "(Manager|Helper|Util|Utility|Utilitie|Service|Processor|Data|Info|Dto)s?(`[0-9]+)?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex EmptyName();

    [GeneratedRegex(
        @"^\s*((public|private|internal|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
            + @"(class|record struct|record class|record|struct|interface|enum)\s+(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Declaration();
}
