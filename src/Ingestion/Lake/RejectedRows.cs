using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion;

/// <summary>The rejected rows of a lake: told by file and reason, and handed out to be mended.</summary>
public static class RejectedRows
{
    /// <summary>What was rejected, by source and file, the most frequent reason first; no content of any row.</summary>
    /// <param name="source">Only this source; null for all.</param>
    /// <exception cref="IngestionException">There is no lake, nothing of that source in it, or a file of rejects is damaged.</exception>
    public static IReadOnlyList<RejectedFile> List(string home, string? source, CancellationToken cancellation)
    {
        var layout = LakeLayout.Of(home);
        return
        [
            .. Batches(layout, source)
                .Select(batch =>
                {
                    var reasons = Rows(layout, batch, cancellation)
                        .GroupBy(row => row.Reason, StringComparer.Ordinal)
                        .Select(group => new RejectReason(group.Key, group.Count(), group.Min(row => row.Line)));
                    return new RejectedFile(
                        batch.Source,
                        batch.Path,
                        batch.Rejected,
                        [.. reasons.OrderByDescending(reason => reason.Rows).ThenBy(reason => reason.FirstLine)]
                    );
                }),
        ];
    }

    /// <summary>Writes the rejected rows of one source as they stood in their files, under the header they had there.</summary>
    /// <remarks>
    /// Files of another layout (other columns, delimiter or format) go to files of their own beside it, numbered from 2,
    /// as one CSV has one header. Where rows have an identity, equal ones go out once, though several files may have
    /// brought them.
    /// </remarks>
    /// <exception cref="IngestionException">A file that is needed for its header is gone, or a target is there already.</exception>
    public static IReadOnlyList<MendableFile> Export(
        string home,
        string source,
        string path,
        CancellationToken cancellation
    )
    {
        var layout = LakeLayout.Of(home);
        var known = Sources.SourceCatalog.Load(home).Find(source);
        var isOnce = known is { Identity.Count: > 0 };
        var scratch = Directory.CreateTempSubdirectory("leads-rejects-").FullName;
        try
        {
            var layouts = Batches(layout, source)
                .Select(batch =>
                    (Batch: batch, Header: HeaderOf(layout, batch, known?.Columns ?? [], scratch, cancellation))
                )
                .GroupBy(one => one.Header, one => one.Batch, StringComparer.Ordinal)
                .Select((group, at) => (group.Key, Path: Numbered(path, at), Batches: group.ToArray()))
                .ToArray();
            foreach (var target in layouts.Select(one => one.Path).Where(File.Exists))
                throw new IngestionException($"{target} is there already and is not overwritten. Name another file.");
            return [.. layouts.Select(one => Write(one.Path, one.Key, one.Batches.SelectMany(Texts), isOnce))];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        IEnumerable<string> Texts(Batch batch) =>
            Rows(layout, batch, cancellation)
                .Where(row => row.Text.Length > 0) // empty once its contact was erased
                .OrderBy(row => row.Line)
                .Select(row => row.Text);
    }

    static Batch[] Batches(LakeLayout layout, string? source)
    {
        var batches = Manifest.Read(layout).Batches;
        if (source is not null && batches.All(batch => !string.Equals(batch.Source, source, StringComparison.Ordinal)))
        {
            var known = batches
                .Select(batch => batch.Source)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            throw new IngestionException(
                $"the lake has no file of a source '{source}'{Sources.Suggestion.For(source, known)}. "
                    + $"Expected one of {string.Join(", ", known.DefaultIfEmpty("none yet: run leads ingest"))}."
            );
        }
        return
        [
            .. batches
                .Where(batch => batch.Rejects is not null)
                .Where(batch => source is null || string.Equals(batch.Source, source, StringComparison.Ordinal))
                .OrderBy(batch => batch.Source, StringComparer.Ordinal)
                .ThenBy(batch => batch.Path, StringComparer.Ordinal),
        ];
    }

    static IEnumerable<RejectedRow> Rows(LakeLayout layout, Batch batch, CancellationToken cancellation)
    {
        var path = layout.InLake(batch.Rejects!);
        if (!File.Exists(path))
            throw new IngestionException(
                $"lake/{batch.Rejects} is missing, expected the {batch.Rejected} rejected rows of inbox/{batch.Path}. Put it back from a copy."
            );
        var line = 0;
        foreach (var json in File.ReadLines(path))
        {
            cancellation.ThrowIfCancellationRequested();
            line++;
            yield return Parse(json)
                ?? throw new IngestionException(
                    $"lake/{batch.Rejects} line {line} is damaged, expected one JSON object. Put the file back from a copy."
                );
        }
    }

    static RejectedRow? Parse(string json)
    {
        try
        {
            using var row = JsonDocument.Parse(json);
            var one = row.RootElement;
            return new(
                one.GetProperty("line").GetInt64(),
                one.GetProperty("reason").GetString()!,
                one.GetProperty("text").GetString()!
            );
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The header's line as it stands in the inbox file; empty for NDJSON, Parquet and workbooks, whose rows name their fields.</summary>
    static string HeaderOf(
        LakeLayout layout,
        Batch batch,
        IReadOnlyList<Sources.SourceColumn> columns,
        string scratch,
        CancellationToken cancellation
    )
    {
        if (
            batch.Format.StartsWith("xlsx ", StringComparison.Ordinal)
            || !batch.Format.Contains("csv '", StringComparison.Ordinal)
        )
            return "";
        var path = Path.Combine(layout.Inbox, batch.Path.Replace('/', Path.DirectorySeparatorChar));
        if (
            !File.Exists(path)
            || !string.Equals(FileHash.Sha256(path, cancellation), batch.Sha256, StringComparison.Ordinal)
        )
        {
            throw new IngestionException(
                $"inbox/{batch.Path} is {(File.Exists(path) ? "another file than was ingested" : "gone")}, "
                    + "and its header is needed above the rejected rows. Put it back as it was and try again."
            );
        }
        var (plain, packing) = InputFile.Unpack(path, scratch, cancellation);
        var text = InputFile.OpenText(plain, packing, scratch, cancellation);
        var found = CsvLayout.Sniff(text, columns);
        using var stream = text.Open();
        var scanner = new RecordScanner(stream, found.Delimiter);
        while (scanner.Next() && scanner.Line < found.HeaderLine) { }
        return Encoding.UTF8.GetString(scanner.Record);
    }

    /// <summary><c>mend.csv</c>, <c>mend-2.csv</c>, …</summary>
    static string Numbered(string path, int at) =>
        at == 0
            ? Path.GetFullPath(path)
            : Path.Combine(
                Path.GetDirectoryName(Path.GetFullPath(path))!,
                $"{Path.GetFileNameWithoutExtension(path)}-{at + 1}{Path.GetExtension(path)}"
            );

    static MendableFile Write(string path, string header, IEnumerable<string> rows, bool isOnce)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (temporary, written) = ($"{path}.tmp", 0L);
        using (var target = new StreamWriter(temporary, append: false, new UTF8Encoding(false), 1 << 16))
        {
            if (header.Length > 0)
                target.Write(header + "\n");
            foreach (var row in isOnce ? rows.Distinct(StringComparer.Ordinal) : rows)
            {
                target.Write(row + "\n");
                written++;
            }
        }
        File.Move(temporary, path, overwrite: false);
        return new(path, header.Length > 0 ? "csv" : "ndjson", written);
    }

    sealed record RejectedRow(long Line, string Reason, string Text);
}

/// <summary>What was rejected of one file.</summary>
/// <param name="Path">Relative to <c>inbox/</c>, as the file was called when it was ingested.</param>
public sealed record RejectedFile(string Source, string Path, long Rejected, IReadOnlyList<RejectReason> Reasons);

/// <summary>A file of rejected rows that was written to be mended.</summary>
/// <param name="Format"><c>csv</c> with a header, or <c>ndjson</c>.</param>
public sealed record MendableFile(string Path, string Format, long Rows);
