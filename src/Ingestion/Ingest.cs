using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Turns the inbox into the lake: every new file is read, every record accounted for, all at once made visible.</summary>
public static class Ingest
{
    /// <summary>Ingests what is new in a home's inbox.</summary>
    /// <remarks>
    /// A file is new when the lake has not seen its content. Nothing is visible before the manifest is replaced, so a
    /// run that is killed leaves the lake as it was; the next run removes what it left behind. The same inbox and salt
    /// give the same bytes.
    /// </remarks>
    /// <param name="home">The home folder.</param>
    /// <exception cref="IngestionException">Sources are wrong, the lake is damaged, another ingest is running, or the
    /// disk does not let it be written; the lake is as it was then. A file that cannot be read is no exception: it is
    /// refused in the report and the others go on.</exception>
    public static IngestReport Run(
        string home,
        IngestOptions? options = null,
        IProgress<IngestProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var layout = LakeLayout.Of(home);
        var catalog = SourceCatalog.Load(home);
        try
        {
            return Locked(layout, catalog, options ?? new IngestOptions(), progress, cancellation);
        }
        catch (Exception error) when (BrokenOff.IsOfTheDisk(error))
        {
            throw BrokenOff.Exception(layout, error);
        }
    }

    static IngestReport Locked(
        LakeLayout layout,
        SourceCatalog catalog,
        IngestOptions options,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation
    )
    {
        using var held = IngestLock.Take(layout, options, progress, cancellation);
        var manifest = LostManifest.Read(layout, options);
        var hashes = InboxHashes.Of(layout, options.Time);
        LeftOvers.Remove(layout, manifest);
        // Files that others write while they are read, with what changed; all are read again without them.
        var unsteady = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var warnings = new List<string>();
                var files = InboxFile.List(layout, warnings);
                var inbox = Inbox.Sort(files, catalog, manifest, unsteady, hashes, progress, cancellation);
                warnings.AddRange(Vanished(unsteady, files));
                if (inbox.New.Count == 0)
                {
                    Remember(hashes, manifest, warnings);
                    return new IngestReport(manifest.Generation, Changed: false, inbox.Reports(), warnings);
                }
                var run = new IngestRun(layout, manifest, options, progress);
                if (run.Run(inbox, unsteady, warnings, cancellation) is { } report)
                {
                    Remember(hashes, Manifest.Read(layout, options.Buckets), warnings);
                    return report;
                }
                LeftOvers.Remove(layout, manifest);
            }
        }
        catch
        {
            BrokenOff.CleanUp(layout, manifest);
            throw;
        }
    }

    /// <summary>Where there is a lake; that it cannot be written costs the next ingest time and no more.</summary>
    static void Remember(InboxHashes hashes, Manifest manifest, List<string> warnings)
    {
        try
        {
            if (manifest.Generation > 0)
                hashes.Save();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warnings.Add($"lake/inbox.cache was not written ({error.Message}); the next ingest hashes the inbox again");
        }
    }

    static IEnumerable<string> Vanished(SortedDictionary<string, string> unsteady, IReadOnlyList<InboxFile> files) =>
        unsteady
            .ExceptBy(files.Select(file => file.Relative), pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"inbox/{pair.Key}: {pair.Value}");
}

/// <summary>One ingest that has something new to read.</summary>
sealed class IngestRun(LakeLayout layout, Manifest manifest, IngestOptions options, IProgress<IngestProgress>? progress)
{
    readonly Lake _lake = Lake.Of(layout, manifest);
    readonly string _salt = Salt.Of(layout, manifest);

    /// <returns>Null when files were changed while they were read; they stand in <paramref name="unsteady"/> then.</returns>
    public IngestReport? Run(
        Inbox inbox,
        SortedDictionary<string, string> unsteady,
        List<string> warnings,
        CancellationToken cancellation
    )
    {
        var changes = unsteady.Count;
        using var staging = Staging.Open(layout, _salt, options);
        staging.Number(inbox.New.Select(one => one.Source.Name));
        CheckSources(staging, inbox, cancellation);
        ReadFiles(staging, inbox, unsteady, cancellation);
        if (unsteady.Count > changes)
            return null;
        var ingested = inbox.New.SelectMany(source => source.Files).Where(file => file.Refusal is null).ToArray();
        if (ingested.Length == 0)
            return new IngestReport(manifest.Generation, Changed: false, inbox.Reports(), warnings);
        var next = Write(staging, ingested, cancellation);
        next.Write(layout);
        LeftOvers.Remove(layout, next, keepTemporary: true);
        return new IngestReport(next.Generation, Changed: true, inbox.Reports(), warnings);
    }

    void CheckSources(Staging staging, Inbox inbox, CancellationToken cancellation)
    {
        var errors = new List<SourceError>();
        foreach (var (number, (source, _)) in inbox.New.Index())
            new SourceIntake(staging, source, number, 0, _salt, layout, _lake).Check(errors, cancellation);
        if (errors.Count > 0)
            throw SourceError.Exception(errors);
    }

    void ReadFiles(
        Staging staging,
        Inbox inbox,
        SortedDictionary<string, string> unsteady,
        CancellationToken cancellation
    )
    {
        var passed = new Dictionary<FileIntake, (long Bytes, long Rows)>();
        var (done, rows) = (0L, 0L);
        var total = inbox.New.Sum(source => source.Files.Sum(file => file.File.Bytes));
        foreach (var (number, (source, files)) in inbox.New.Index())
        {
            progress?.Report(new IngestProgress($"reading {source.Name}", done, total, rows));
            var bytes = files.Sum(file => file.File.Bytes);
            new SourceIntake(staging, source, number, bytes, _salt, layout, _lake).Run(files, Count, cancellation);
            foreach (var file in files.Where(file => file.Refusal is null))
            {
                if (file.File.Change() is { } change)
                    unsteady.Add(file.File.Relative, change);
            }

            void Count(FileIntake file, double share)
            {
                var before = passed.GetValueOrDefault(file);
                var now = (
                    Bytes: (long)(share * file.File.Bytes),
                    Rows: file.Refusal is null ? Math.Max(file.Passed, file.Read) : 0
                );
                passed[file] = now;
                (done, rows) = (done + now.Bytes - before.Bytes, rows + now.Rows - before.Rows);
                progress?.Report(new IngestProgress($"reading {source.Name}", done, total, rows));
            }
        }
    }

    /// <summary>Writes the new runs and gives the manifest that makes them visible.</summary>
    Manifest Write(Staging staging, IReadOnlyList<FileIntake> ingested, CancellationToken cancellation)
    {
        var generation = manifest.Generation + 1;
        var rows = ingested.Sum(file => file.Read);
        progress?.Report(new IngestProgress("tying visitors to contacts", 0, 1, rows));
        var (dictionary, rewritten) = SubjectResolution.Run(staging.Connection, _lake, generation, cancellation);
        var writer = new LakeWriter(staging, layout, RunName(generation, ingested), generation);
        var tables = writer.WriteTables(
            (done, total) => progress?.Report(new IngestProgress("writing the lake", done, total, rows)),
            cancellation
        );
        var kept = manifest.Files.Where(file => file.Table != LakeTable.Visitors || !rewritten.Contains(file.Bucket));
        return manifest with
        {
            Generation = generation,
            Dictionary = dictionary,
            Batches = [.. manifest.Batches, .. ingested.Select(file => file.Batch(generation))],
            Files =
            [
                .. writer
                    .Merge([.. kept, .. tables, .. writer.WriteKeys(cancellation)], cancellation)
                    .Select(WithHash)
                    .OrderBy(file => file.Table ?? (LakeTable)int.MaxValue)
                    .ThenBy(file => file.Bucket)
                    .ThenBy(file => file.KeysOf, StringComparer.Ordinal)
                    .ThenBy(file => file.Generation),
            ],
        };

        LakeFile WithHash(LakeFile file) =>
            file.Generation < generation
                ? file
                : file with
                {
                    Sha256 = FileHash.Sha256(layout.InLake(file.Path), cancellation),
                };
    }

    /// <summary>A name that depends on nothing but what is in the run.</summary>
    static string RunName(int generation, IReadOnlyList<FileIntake> files)
    {
        var batches = string.Join('\n', files.Select(file => $"{file.File.Source} {file.Sha256}"));
        return $"{generation:000000}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(batches)))[..12]}";
    }
}
