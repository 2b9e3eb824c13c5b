using System.Text.Json;
using System.Xml.Linq;

namespace LeadScoring.Architecture.Tests;

/// <summary>Engines that a switch brings in are absent without it: not restored, not beside the program, not named by it.</summary>
public sealed class OptionalEngineTests
{
    /// <summary>How the names of the packages and assemblies of an engine begin, and the switch that brings it in.</summary>
    static readonly (string Name, string Switch)[] Engines =
    [
        ("Microsoft.ML", "WithMLNet"),
        ("Hangfire", "WithHangfire"),
    ];

    static readonly string[] SwitchedOn =
    [
#if WITH_MLNET
        "WithMLNet",
#endif
#if WITH_HANGFIRE
        "WithHangfire",
#endif
    ];

    static IEnumerable<string> Absent =>
        Engines.Where(engine => !SwitchedOn.Contains(engine.Switch)).Select(engine => engine.Name);

    [Test]
    public void What_the_program_needs_at_run_time_names_no_engine_that_was_not_asked_for()
    {
        using var needs = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "LeadScoring.Architecture.Tests.deps.json"))
        );
        var libraries = needs.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name);
        string[] names = [.. libraries];
        Assert.That(names, Has.Some.StartsWith("leads/"), "the program is among what these tests need");
        Assert.That(Found(names), Is.Empty);
    }

    [Test]
    public void No_assembly_beside_the_program_is_of_such_an_engine() =>
        Assert.That(Found(Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(Path.GetFileName)!), Is.Empty);

    [Test]
    public void No_compiled_project_uses_such_an_engine() =>
        Assert.That(
            Found(Repository.Projects.SelectMany(project => CompiledAssembly.OfProject(project).ReferencedAssemblies)),
            Is.Empty
        );

    [Test]
    public void Versions_and_references_of_an_engine_stand_under_its_switch()
    {
        var files = Repository.Under("", ".csproj", ".props");
        Assert.That(files.SelectMany(file => Unguarded(file.Text).Select(name => $"{file.Path}: {name}")), Is.Empty);
    }

    [Test]
    public void A_reference_without_its_switch_is_found() =>
        Assert.That(
            Unguarded(
                """
                <Project>
                  <ItemGroup Condition="'$(WithMLNet)' == 'true'"><PackageReference Include="Microsoft.ML" /></ItemGroup>
                  <ItemGroup Condition="'$(WithMLNet)' == 'true'"><PackageReference Include="Hangfire.Core" /></ItemGroup>
                  <ItemGroup><PackageReference Include="Microsoft.ML.FastTree" /></ItemGroup>
                </Project>
                """
            ),
            Is.EqualTo(new[] { "Hangfire.Core", "Microsoft.ML.FastTree" })
        );

    [Test]
    public void A_name_that_only_begins_alike_is_another_one() =>
        Assert.That(
            Found(["Microsoft.MLBeside.dll", "Microsoft.ML.Data.dll", "Microsoft.ML/5.0.0"], ["Microsoft.ML"]),
            Is.EqualTo(new[] { "Microsoft.ML.Data.dll", "Microsoft.ML/5.0.0" })
        );

    static IEnumerable<string> Found(IEnumerable<string> names) => Found(names, Absent);

    static IEnumerable<string> Found(IEnumerable<string> names, IEnumerable<string> engines) =>
        names.Where(name => engines.Any(engine => IsOf(name, engine)));

    static bool IsOf(string name, string engine) =>
        name.StartsWith(engine, StringComparison.Ordinal)
        && (name.Length == engine.Length || name[engine.Length] is '.' or '/');

    /// <summary>Packages of an engine that are named outside a group with the engine's condition.</summary>
    static IEnumerable<string> Unguarded(string projectXml) =>
        from item in XDocument.Parse(projectXml).Descendants()
        let package = item.Attribute("Include")?.Value ?? ""
        from engine in Engines
        where item.Name.LocalName is "PackageReference" or "PackageVersion" && IsOf(package, engine.Name)
        let condition = $"{item.Attribute("Condition")?.Value}{item.Parent?.Attribute("Condition")?.Value}"
        where !condition.Contains($"'$({engine.Switch})' == 'true'", StringComparison.Ordinal)
        select package;
}
