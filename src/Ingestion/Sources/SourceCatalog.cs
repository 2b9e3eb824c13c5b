using System.Text;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Sources;

/// <summary>The sources a home knows: the built-in ones, and those in its <c>sources/</c>, which win by name.</summary>
public sealed class SourceCatalog
{
    const string EmbeddedFolder = "LeadScoring.Ingestion.Sources.Exports.";

    /// <summary>What the file of a built-in source is called by first.</summary>
    internal const string BuiltIn = "built-in ";

    readonly SortedDictionary<string, Source> _sources;

    SourceCatalog(SortedDictionary<string, Source> sources) => _sources = sources;

    /// <summary>All sources, in the order in which their files are ingested.</summary>
    public IReadOnlyCollection<Source> Sources => _sources.Values;

    public Source? Find(string name) => _sources.GetValueOrDefault(name);

    /// <summary>Reads the built-in sources and a home's own.</summary>
    /// <exception cref="IngestionException">Some are wrong, or the home's machines; all errors are named with file, line, found, expected.</exception>
    public static SourceCatalog Load(string home)
    {
        var errors = new List<SourceError>();
        var own = OwnFiles(LakeLayout.Of(home).Sources);
        var replaced = own.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var texts = EmbeddedFiles()
            .Where(file => !replaced.Contains(file.Name.Split('.')[0]) && !replaced.Contains(file.Name))
            .Concat(own);
        var parsed = texts.Select(file => SourceHeader.Parse(file.File, file.Name, file.Text, errors)).ToList();
        var sources = new SortedDictionary<string, Source>(StringComparer.Ordinal);
        foreach (var source in parsed.Where(source => !source.Name.Contains('.', StringComparison.Ordinal)))
            sources.Add(source.Name, source with { Derived = DerivedOf(source, parsed) });
        var orphans = parsed.Where(part => !sources.ContainsKey(part.Name.Split('.')[0]));
        errors.AddRange(
            orphans.Select(part => new SourceError(
                part.File,
                1,
                $"a statement derived from '{part.Name.Split('.')[0]}'",
                $"that source to be there{Suggestion.For(part.Name.Split('.')[0], sources.Keys)}"
            ))
        );
        MachineRules.Load(home, errors);
        return errors.Count == 0 ? new SourceCatalog(sources) : throw SourceError.Exception(errors);
    }

    static List<Source> DerivedOf(Source source, List<Source> parsed) =>
        [
            .. parsed
                .Where(part => part.Name.StartsWith(source.Name + ".", StringComparison.Ordinal))
                .OrderBy(part => part.Name, StringComparer.Ordinal),
        ];

    static IEnumerable<(string File, string Name, string Text)> EmbeddedFiles()
    {
        var assembly = typeof(SourceCatalog).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith(EmbeddedFolder, StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var file = resource[EmbeddedFolder.Length..];
            yield return ($"{BuiltIn}{file}", Path.GetFileNameWithoutExtension(file), reader.ReadToEnd());
        }
    }

    static List<(string File, string Name, string Text)> OwnFiles(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .GetFiles(folder, "*.sql")
                    .Order(StringComparer.Ordinal)
                    .Select(path =>
                        (
                            $"sources/{Path.GetFileName(path)}",
                            Path.GetFileNameWithoutExtension(path),
                            File.ReadAllText(path)
                        )
                    ),
            ];
}
