using System.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Which sign separates the fields of a text, and on which line its header stands.</summary>
/// <remarks>
/// The header is the first line, unless that names none of the columns and a later one does: reports often have a
/// title above their table. Excel's <c>sep=;</c> is no header either; it says the delimiter.
/// </remarks>
/// <param name="Names">The header's fields as written.</param>
/// <param name="HeaderLine">From 1.</param>
sealed record CsvLayout(byte Delimiter, string[] Names, long HeaderLine, IReadOnlyList<string> Warnings)
{
    /// <summary>Records among which the header is looked for.</summary>
    const int MostAbove = 25;

    static readonly byte[] _delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    /// <summary>Takes the delimiter and the line with which most of the columns are named (then: that has most fields).</summary>
    /// <param name="columns">Empty when they are not known: then the first line is the header that is no comment (#).</param>
    public static CsvLayout Sniff(TextFile file, IReadOnlyList<SourceColumn> columns)
    {
        var known = columns.Select(column => HeaderMatch.Plain(column.Name)).ToHashSet(StringComparer.Ordinal);
        var said = SaidDelimiter(file);
        var best = (Delimiter: said ?? (byte)',', Candidate.Names, Candidate.Line, Candidate.Matches);
        foreach (var delimiter in said is { } one ? [one] : _delimiters)
        {
            var found = Header(file, delimiter, known, said is not null);
            if (
                found.Matches > best.Matches
                || (found.Matches == best.Matches && found.Names.Length > best.Names.Length)
            )
                best = (delimiter, found.Names, found.Line, found.Matches);
        }
        return new(best.Delimiter, best.Names, best.Line, Above(best.Line, said is not null));
    }

    static (string[] Names, long Line, int Matches) Candidate => ([], 1, -1);

    static (string[] Names, long Line, int Matches) Header(
        TextFile file,
        byte delimiter,
        HashSet<string> known,
        bool hasSaid
    )
    {
        using var stream = file.Open();
        var scanner = new RecordScanner(stream, delimiter, 1 << 14);
        var best = Candidate;
        for (var record = 0; record < MostAbove && TryNext(scanner); record++)
        {
            if (record == 0 && hasSaid)
                continue;
            var names = Enumerable
                .Range(0, scanner.FieldCount)
                .Select(field => Encoding.UTF8.GetString(scanner[field]))
                .ToArray();
            var isComment = known.Count == 0 && names[0].StartsWith('#');
            var matches = isComment ? -1 : names.Count(name => known.Contains(HeaderMatch.Plain(name)));
            if (matches > best.Matches)
                best = (names, scanner.Line, matches);
            // A title or a row may hold one column's name by chance, but hardly two.
            if (best.Matches > 1 || (best.Matches >= 0 && known.Count == 0))
                break;
        }
        return best;
    }

    /// <summary>With another delimiter the quotes may come out even; if with none, no column is found.</summary>
    static bool TryNext(RecordScanner scanner)
    {
        try
        {
            return scanner.Next();
        }
        catch (IngestionException)
        {
            return false;
        }
    }

    /// <summary>The sign behind <c>sep=</c> on the first line, or null.</summary>
    static byte? SaidDelimiter(TextFile file)
    {
        using var stream = file.Open();
        Span<byte> start = stackalloc byte[8];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start is [(byte)'"', ..])
            start = start[1..];
        return
            start.Length > 5
            && Ascii.EqualsIgnoreCase(start[..4], "sep="u8)
            && start[5] is (byte)'\r' or (byte)'\n' or (byte)'"'
            && start[4] is < 0x80 and not ((byte)'"' or (byte)'\r' or (byte)'\n')
            ? start[4]
            : null;
    }

    static IReadOnlyList<string> Above(long line, bool hasSaid) =>
        (line - (hasSaid ? 1 : 0)) switch
        {
            1 => [],
            _ => [$"the header is on line {line}; what stands above it is not read"],
        };
}
