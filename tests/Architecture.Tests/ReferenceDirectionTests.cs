using System.Xml.Linq;

namespace LeadScoring.Architecture.Tests;

/// <summary>Ingestion &lt;- Scoring &lt;- Funnel &lt;- Worker: references run against the data, and each one is written down.</summary>
public sealed class ReferenceDirectionTests
{
    /// <summary>Project, and the projects of this repository that it may reference directly.</summary>
    static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Ingestion"] = [],
        ["Scoring"] = ["Ingestion"],
        ["Funnel"] = ["Ingestion", "Scoring"],
        ["Worker"] = ["Ingestion", "Scoring", "Funnel"],
        ["Synthetic"] = ["Ingestion"],
        ["Ingestion.Tests"] = ["Ingestion", "Synthetic"],
        ["Scoring.Tests"] = ["Ingestion", "Scoring", "Synthetic"],
        ["Funnel.Tests"] = ["Ingestion", "Scoring", "Funnel", "Synthetic"],
        ["Worker.Tests"] = ["Ingestion", "Scoring", "Funnel", "Worker", "Synthetic"],
        ["EndToEnd.Tests"] = ["Ingestion", "Scoring", "Funnel", "Worker", "Synthetic"],
        ["Architecture.Tests"] = ["Ingestion", "Scoring", "Funnel", "Worker"],
        ["Benchmarks"] = ["Ingestion", "Scoring", "Funnel", "Worker", "Synthetic"],
    };

    static IEnumerable<TextFile> ProjectFiles => Repository.Under("", ".csproj");

    [Test]
    public void Projects_reference_only_what_comes_before_them() =>
        Assert.That(ProjectFiles.SelectMany(file => Forbidden(file.Name, ReferencesOf(file.Text))), Is.Empty);

    [Test]
    public void Compiled_projects_use_only_what_comes_before_them() =>
        Assert.That(
            Repository.Projects.SelectMany(project =>
                Forbidden(project, OwnAssemblies(CompiledAssembly.OfProject(project).ReferencedAssemblies))
            ),
            Is.Empty
        );

    [Test]
    public void A_reference_does_not_reach_further_than_it_says() =>
        Assert.That(
            Repository.Read("Directory.Build.props").Text,
            Does.Contain("<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>")
        );

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("LeadScoring.sln").Text.Replace('\\', '/');
        Assert.That(
            ProjectFiles.Where(file => !solution.Contains($"\"{file.Path}\"", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public void A_reference_against_the_flow_is_found()
    {
        var references = ReferencesOf(
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <ProjectReference Include="../Ingestion/Ingestion.csproj" />
                <ProjectReference Include="..\Worker\Worker.csproj" />
              </ItemGroup>
            </Project>
            """
        );
        Assert.That(Forbidden("Scoring", references), Is.EqualTo(new[] { "Scoring must not reference Worker" }));
    }

    [Test]
    public void A_project_nobody_decided_on_is_found() =>
        Assert.That(
            Forbidden("Portal", []),
            Is.EqualTo(new[] { "Portal has no line in the table of allowed references" })
        );

    [Test]
    public void The_assembly_called_leads_is_the_Worker() =>
        Assert.That(
            OwnAssemblies(["System.Runtime", "leads", "LeadScoring.Funnel"]),
            Is.EqualTo(new[] { "Worker", "Funnel" })
        );

    static IEnumerable<string> Forbidden(string project, IEnumerable<string> references) =>
        Allowed.TryGetValue(project, out var allowed)
            ? references
                .Except(allowed, StringComparer.Ordinal)
                .Select(found => $"{project} must not reference {found}")
            : [$"{project} has no line in the table of allowed references"];

    static string[] ReferencesOf(string projectXml) =>
        [
            .. XDocument
                .Parse(projectXml)
                .Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/') ?? "")
                .Select(path => Path.GetFileNameWithoutExtension(path)),
        ];

    static IEnumerable<string> OwnAssemblies(IEnumerable<string> assemblies) =>
        from name in assemblies
        where name is "leads" || name.StartsWith("LeadScoring.", StringComparison.Ordinal)
        select name is "leads" ? "Worker" : name["LeadScoring.".Length..];
}
