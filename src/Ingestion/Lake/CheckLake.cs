using System.Globalization;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Compares a lake with what its manifest says of it, and changes nothing.</summary>
public static class CheckLake
{
    const string Restore =
        "Put it back from a copy, or, if the inbox still holds every file, remove lake/ and run leads ingest.";

    /// <summary>Looks at every file and every sum that the manifest names, and for what it does not name.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="hashing">Whether every byte is read to compare checksums; else sizes and row counts have to do.</param>
    /// <exception cref="IngestionException">The manifest cannot be read.</exception>
    public static LakeFindings Run(string home, bool hashing, CancellationToken cancellation = default)
    {
        var layout = LakeLayout.Of(home);
        while (true)
        {
            var manifest = Manifest.Read(layout);
            var writer = Writer(layout);
            LakeFinding[] findings =
            [
                .. manifest.Outdated is { } outdated
                    ? [new LakeFinding("manifest.json", LakeFault.Outdated, outdated)]
                    : Array.Empty<LakeFinding>(),
                .. Files(layout, manifest, hashing, cancellation),
                .. (manifest.Notes ?? []).Select(note => OfNote(layout, note, cancellation)).OfType<LakeFinding>(),
                .. manifest.Batches.SelectMany(batch => OfBatch(layout, batch, cancellation)),
                .. writer is not null ? []
                : LostManifest.Complaint(layout) is { } lost
                    ? [new LakeFinding("manifest.json", LakeFault.Missing, lost)]
                : Strays.Find(layout, manifest),
            ];
            writer ??= Writer(layout);
            if (Manifest.Read(layout).Generation != manifest.Generation)
                continue; // what was looked at is no longer the lake
            return new(manifest, writer, writer is null ? findings : [.. findings.Where(finding => !finding.IsStray)]);
        }
    }

    /// <summary>Who writes the lake at the moment; null when nobody does.</summary>
    static string? Writer(LakeLayout layout) =>
        IngestLock.IsHeld(layout) ? LockHolder.Read(layout)?.ToString() ?? "a process that has not said which" : null;

    static IEnumerable<LakeFinding> Files(
        LakeLayout layout,
        Manifest manifest,
        bool hashing,
        CancellationToken cancellation
    )
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (OfFile(connection, layout.InLake(file.Path), file, hashing, cancellation) is { } finding)
                yield return finding;
        }
    }

    /// <summary>The first thing that is wrong with a file, from the cheapest look to the dearest.</summary>
    static LakeFinding? OfFile(
        Connection connection,
        string path,
        LakeFile file,
        bool hashing,
        CancellationToken cancellation
    )
    {
        try
        {
            if (!File.Exists(path))
                return Of(LakeFault.Missing, "is named in the manifest and is missing");
            var bytes = new FileInfo(path).Length;
            if (bytes != file.Bytes)
                return Of(LakeFault.Size, Text($"has {bytes:N0} bytes and the manifest says {file.Bytes:N0}"));
            var rows = connection.Scalar<long>(
                "footer",
                "select num_rows from parquet_file_metadata($file)",
                ("file", Sql.Pattern(path))
            );
            if (rows != file.Rows)
                return Of(LakeFault.Rows, Text($"holds {rows:N0} rows and the manifest says {file.Rows:N0}"));
            if (
                hashing
                && file.Sha256 is { } expected
                && !string.Equals(FileHash.Sha256(path, cancellation), expected, StringComparison.Ordinal)
            )
                return Of(
                    LakeFault.Checksum,
                    "does not have the checksum that the manifest says: its bytes were changed"
                );
            return null;
        }
        catch (Exception error) when (error is DuckDbException or IOException or UnauthorizedAccessException)
        {
            return Of(LakeFault.Unreadable, $"cannot be read ({error.Message.TrimEnd('.')})");
        }

        LakeFinding Of(LakeFault fault, string what) => new(file.Path, fault, $"{file.Path} {what}. {Restore}");
    }

    static LakeFinding? OfNote(LakeLayout layout, LakeNote note, CancellationToken cancellation)
    {
        const string Put = "Put it back from a copy; the lake is whole without it.";
        var path = layout.InLake(note.Path);
        try
        {
            if (!File.Exists(path))
                return new(note.Path, LakeFault.Missing, $"{note.Path} is named in the manifest and is missing. {Put}");
            return string.Equals(FileHash.Sha256(path, cancellation), note.Sha256, StringComparison.Ordinal)
                ? null
                : new(note.Path, LakeFault.Checksum, $"{note.Path} is not as it was written. {Put}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(
                note.Path,
                LakeFault.Unreadable,
                $"{note.Path} cannot be read ({error.Message.TrimEnd('.')}). {Put}"
            );
        }
    }

    static IEnumerable<LakeFinding> OfBatch(LakeLayout layout, Batch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (batch.Read != batch.Accepted + batch.Rejected + batch.Duplicate + batch.Erased)
        {
            yield return new(
                batch.Path,
                LakeFault.Sums,
                Text(
                    $"inbox/{batch.Path}: the manifest says {batch.Read:N0} read, and {batch.Accepted:N0} accepted + {batch.Rejected:N0} rejected + {batch.Duplicate:N0} duplicate{(batch.Erased > 0 ? $" + {batch.Erased} erased" : "")}. Put lake/manifest.json back from a copy, or, if the inbox still holds every file, remove lake/ and run leads ingest."
                )
            );
        }
        if (Rejects(layout, batch) is { } words)
            yield return new(batch.Rejects ?? batch.Path, LakeFault.Rejects, words);
    }

    static string? Rejects(LakeLayout layout, Batch batch)
    {
        const string Put = "Put it back from a copy; the lake is whole without it, but these rows cannot be mended.";
        if (batch.Rejects is not { } relative)
        {
            return batch.Rejected == 0
                ? null
                : Text(
                    $"inbox/{batch.Path}: {batch.Rejected:N0} rows were rejected and the manifest names no file of them. Put lake/manifest.json back from a copy."
                );
        }
        var path = layout.InLake(relative);
        if (!File.Exists(path))
            return Text($"{relative} is missing, with {batch.Rejected:N0} rejected rows of inbox/{batch.Path}. {Put}");
        try
        {
            var lines = File.ReadLines(path).LongCount();
            return lines == batch.Rejected
                ? null
                : Text(
                    $"{relative} holds {lines:N0} rejected rows of inbox/{batch.Path} and the manifest says {batch.Rejected:N0}. {Put}"
                );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{relative} cannot be read ({error.Message.TrimEnd('.')}). Give the account that runs leads the right to read it.";
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
