using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Trials;

/// <summary>How well the columns of a file are those of a source.</summary>
/// <param name="Columns">Every column that the source declares, with the one of the file that it is read from.</param>
/// <param name="Extra">Columns of the file that the source does not declare; they are ignored.</param>
/// <param name="Closeness">1 when both have the same columns, 0 when they share none.</param>
public sealed record SourceMatch(
    Source Source,
    IReadOnlyList<MappedColumn> Columns,
    IReadOnlyList<string> Extra,
    double Closeness
)
{
    /// <summary>An optional column that a file does not have says little against the source.</summary>
    const double OptionalWeight = 0.25;

    /// <summary>Two sources that are closer to each other than this are told as a toss-up.</summary>
    const double Toss = 0.005;

    const double CloseEnough = 0.5;

    /// <summary>Columns that the file must have and does not.</summary>
    public IEnumerable<MappedColumn> Missing => Columns.Where(column => column.IsMissing);

    /// <summary>Whether an ingest would read the file.</summary>
    public bool Fits => !Missing.Any() && Columns.Any(column => column.InFile is not null);

    /// <summary>The sources by how well they fit, the best first; those that share no column are left out.</summary>
    internal static IReadOnlyList<SourceMatch> Best(FileColumns file, IEnumerable<Source> sources) =>
        [
            .. sources
                .Select(source => Of(file, source))
                .Where(match => match.Closeness > 0)
                .OrderByDescending(match => match.Fits)
                .ThenByDescending(match => match.Closeness)
                .ThenBy(match => match.Source.Name, StringComparer.Ordinal),
        ];

    /// <summary>Holds the columns of a file against those of a source.</summary>
    internal static SourceMatch Of(FileColumns file, Source source)
    {
        Func<string, string> plain = file.IsJson ? name => name : HeaderMatch.Plain;
        var inFile = file.Names.ToLookup(plain, StringComparer.Ordinal);
        var declared = source.Columns.Select(column => plain(column.Name)).ToHashSet(StringComparer.Ordinal);
        var extra = file.Names.Where(name => !declared.Contains(plain(name))).ToArray();
        var columns = source
            .Columns.Select(column => Map(column, inFile[plain(column.Name)].FirstOrDefault()))
            .ToArray();
        var found = columns.Count(column => column.InFile is not null);
        var absent = columns
            .Where(column => column.InFile is null)
            .Sum(column => column.Presence == Presence.Optional ? OptionalWeight : 1);
        var closeness = 2.0 * found / (found + absent + file.Names.Count);
        return new(source, columns, extra, closeness);

        MappedColumn Map(SourceColumn column, string? name)
        {
            var must = file.IsJson ? column.Presence == Presence.Required : column.Presence != Presence.Optional;
            return new(
                column.Name,
                name,
                column.Kind == ColumnKind.Text ? "text" : new FieldParser(column).Expected,
                column.Presence,
                name is null && must,
                name is null ? Renamed(column, extra) : null
            );
        }
    }

    /// <summary>What the column may be called in the file; an optional one only if it is the same but for case and marks.</summary>
    static string? Renamed(SourceColumn column, string[] extra) =>
        Suggestion.Nearest(column.Name, extra) is { } nearest
        && (column.Presence != Presence.Optional || Suggestion.IsSame(column.Name, nearest))
            ? nearest
            : null;

    /// <summary>How sure the first of the matches is.</summary>
    internal static Sureness SurenessOf(IReadOnlyList<SourceMatch> matches)
    {
        var best = matches[0];
        if (!best.Fits)
            return Sureness.Unfit;
        var rival = matches.Skip(1).FirstOrDefault(match => match.Fits);
        return rival is null || (best.Closeness >= CloseEnough && best.Closeness - rival.Closeness >= Toss)
            ? Sureness.Sure
            : Sureness.Likely;
    }
}

/// <summary>A column that a source declares, and where a file has it.</summary>
/// <param name="InFile">The file's name for it; null when the file does not have it.</param>
/// <param name="As">What its values must be, in words.</param>
/// <param name="IsMissing">The file must have it and does not.</param>
/// <param name="DidYouMean">A column of the file that nobody declares and that is called almost so.</param>
public sealed record MappedColumn(
    string Name,
    string? InFile,
    string As,
    Presence Presence,
    bool IsMissing,
    string? DidYouMean
);

/// <summary>How sure it is that a file is of a source.</summary>
public enum Sureness
{
    /// <summary>It was said so.</summary>
    Given,

    /// <summary>All its columns are there, and no other source fits, or none as well.</summary>
    Sure,

    /// <summary>All its columns are there, but the file has many others, or another source fits as well.</summary>
    Likely,

    /// <summary>It is the nearest, but columns are missing: an ingest would refuse the file.</summary>
    Unfit,
}
