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
    /// <exception cref="IngestionException">Sources are wrong, the lake is damaged, or another ingest is running. A file
    /// that cannot be read is no exception: it is refused in the report and the others go on.</exception>
    public static IngestReport Run(
        string home,
        IngestOptions? options = null,
        IProgress<IngestProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var layout = LakeLayout.Of(home);
        var catalog = SourceCatalog.Load(home);
        options ??= new IngestOptions();
        using var held = IngestLock.Take(layout, options, progress, cancellation);
        var manifest = Manifest.Read(layout, options.Buckets);
        LeftOvers.Remove(layout, manifest);
        var warnings = new List<string>();
        var inbox = Inbox.Sort(InboxFile.List(layout, warnings), catalog, manifest, progress, cancellation);
        if (inbox.New.Count == 0)
            return new IngestReport(manifest.Generation, Changed: false, inbox.Reports(), warnings);
        return new IngestRun(layout, manifest, options, progress).Run(inbox, warnings, cancellation);
    }
}

/// <summary>One ingest that has something new to read.</summary>
sealed class IngestRun(LakeLayout layout, Manifest manifest, IngestOptions options, IProgress<IngestProgress>? progress)
{
    readonly Lake _lake = Lake.Of(layout, manifest);
    readonly string _salt = Salt.Of(layout, manifest);

    public IngestReport Run(Inbox inbox, List<string> warnings, CancellationToken cancellation)
    {
        using var staging = Staging.Open(layout, _salt, options);
        CheckSources(staging, inbox, cancellation);
        ReadFiles(staging, inbox, cancellation);
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
        foreach (var (source, _) in inbox.New)
            new SourceIntake(staging, source, _salt, layout, _lake).Check(errors, cancellation);
        if (errors.Count > 0)
            throw SourceError.Exception(errors);
    }

    void ReadFiles(Staging staging, Inbox inbox, CancellationToken cancellation)
    {
        var (done, rows) = (0L, 0L);
        var total = inbox.New.Sum(source => source.Files.Sum(file => file.File.Bytes));
        foreach (var (source, files) in inbox.New)
        {
            progress?.Report(new IngestProgress($"reading {source.Name}", done, total, rows));
            new SourceIntake(staging, source, _salt, layout, _lake).Run(files, Count, cancellation);

            void Count(FileIntake file)
            {
                (done, rows) = (done + file.File.Bytes, rows + file.Read);
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
                .. kept.Concat(tables.Concat(writer.WriteKeys(cancellation)).Select(WithHash))
                    .OrderBy(file => file.Table ?? (LakeTable)int.MaxValue)
                    .ThenBy(file => file.Bucket)
                    .ThenBy(file => file.KeysOf, StringComparer.Ordinal)
                    .ThenBy(file => file.Generation),
            ],
        };

        LakeFile WithHash(LakeFile file) =>
            file with
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
