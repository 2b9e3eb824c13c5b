using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Worker.Steps;

/// <summary>A source that a home knows, and what the lake has of it.</summary>
/// <param name="Origin"><c>built-in</c>, or the file of the home that it stands in.</param>
/// <param name="Yields">The tables of the lake that its rows go to.</param>
/// <param name="Required">Columns that its files must have.</param>
/// <param name="Optional">Columns that it reads when they are there.</param>
/// <param name="Identity">Columns by which a row is known again; none: equal rows are all kept.</param>
/// <param name="Files">Files ingested so far.</param>
public sealed record KnownSource(
    string Name,
    string Origin,
    string Meaning,
    IReadOnlyList<string> Yields,
    IReadOnlyList<string> Required,
    IReadOnlyList<string> Optional,
    IReadOnlyList<string> Identity,
    int Files,
    long Read,
    long Accepted,
    long Rejected,
    long Duplicate
)
{
    /// <summary>All sources of a home, by name.</summary>
    public static IReadOnlyList<KnownSource> Of(Home home)
    {
        var batches = Lake.Open(home.Path).Manifest.Batches.ToLookup(batch => batch.Source, StringComparer.Ordinal);
        return [.. SourceCatalog.Load(home.Path).Sources.Select(source => Of(source, [.. batches[source.Name]]))];
    }

    static KnownSource Of(Source source, Batch[] batches) =>
        new(
            source.Name,
            source.IsBuiltIn ? "built-in" : source.File,
            source.Meaning,
            [
                .. source
                    .Derived.Prepend(source)
                    .Select(part => part.Yields.ToString().ToLowerInvariant())
                    .Distinct(StringComparer.Ordinal),
            ],
            Named(source, column => column.Presence != Presence.Optional),
            Named(source, column => column.Presence == Presence.Optional),
            source.Identity,
            batches.Length,
            batches.Sum(batch => batch.Read),
            batches.Sum(batch => batch.Accepted),
            batches.Sum(batch => batch.Rejected),
            batches.Sum(batch => batch.Duplicate)
        );

    static IReadOnlyList<string> Named(Source source, Func<SourceColumn, bool> which) =>
        [.. source.Columns.Where(which).Select(column => column.Name)];
}
