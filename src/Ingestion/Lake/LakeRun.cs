using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.Addresses;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>One change of the lake, from new files, an erasure or the end of a time of keeping, and its one manifest.</summary>
sealed class LakeRun(LakeLayout layout, Manifest manifest, IngestOptions options, IProgress<IngestProgress>? progress)
{
    readonly Lake _lake = Lake.Of(layout, manifest);
    readonly string _salt = Salt.Of(layout, manifest);

    /// <returns>Null when files were changed while they were read; they stand in <paramref name="unsteady"/> then.</returns>
    public IngestReport? Ingest(
        Inbox inbox,
        SortedDictionary<string, string> unsteady,
        List<string> warnings,
        CancellationToken cancellation
    )
    {
        var changes = unsteady.Count;
        using var staging = Staging.Open(layout, _salt, options);
        MachineRules.Load(layout.Home).Teach(staging.Connection);
        staging.Number(inbox.New.Select(one => one.Source.Name));
        CheckSources(staging, inbox, cancellation);
        ReadFiles(staging, inbox, unsteady, cancellation);
        if (unsteady.Count > changes)
            return null;
        var ingested = inbox.New.SelectMany(source => source.Files).Where(file => file.Refusal is null).ToArray();
        if (ingested.Length == 0 && !IsToBeCleaned(layout, manifest))
            return new IngestReport(manifest.Generation, Changed: false, inbox.Reports(), warnings);
        var next = Write(staging, ingested, keepFrom: null, cancellation);
        return new IngestReport(next.Generation, Changed: true, inbox.Reports(), warnings);
    }

    /// <summary>Whether the home has erased contacts since the lake was last cleaned of them.</summary>
    public static bool IsToBeCleaned(LakeLayout layout, Manifest manifest) =>
        manifest.Generation > 0
        && !string.Equals(Suppressions.Read(layout).State, manifest.Suppressions, StringComparison.Ordinal);

    /// <summary>Whether the lake has traces before an instant (UTC).</summary>
    public static bool HasBefore(LakeLayout layout, Manifest manifest, DateTime instant)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        return OldTraces.Files(connection, Lake.Of(layout, manifest), instant).Count > 0;
    }

    /// <summary>Changes a lake without new files: takes out who was erased, and what is older than is kept.</summary>
    /// <param name="keepFrom">Traces before that instant (UTC) go; null keeps them all.</param>
    /// <returns>The manifest afterwards.</returns>
    public Manifest Clean(DateTime? keepFrom, CancellationToken cancellation)
    {
        using var staging = Staging.Open(layout, _salt, options);
        return Write(staging, [], keepFrom, cancellation);
    }

    void CheckSources(Staging staging, Inbox inbox, CancellationToken cancellation)
    {
        var errors = new List<SourceError>();
        foreach (var (number, (source, _)) in inbox.New.Index())
        {
            using var intake = new SourceIntake(staging, source, number, inputBytes: 0, _salt, layout, _lake);
            intake.Check(errors, cancellation);
        }
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
            using var intake = new SourceIntake(staging, source, number, bytes, _salt, layout, _lake);
            intake.Run(files, Count, cancellation);
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

    /// <summary>Writes the new runs, and the manifest that makes them visible.</summary>
    Manifest Write(
        Staging staging,
        IReadOnlyList<FileIntake> ingested,
        DateTime? keepFrom,
        CancellationToken cancellation
    )
    {
        if (manifest.Outdated is { } outdated)
            throw new IngestionException(outdated);
        var generation = manifest.Generation + 1;
        var rows = ingested.Sum(file => file.Read);
        progress?.Report(new IngestProgress("tying visitors to contacts", 0, 1, rows));
        StagedTraces.CreateView(staging.Connection);
        var (suppressions, erases) = FindErased(staging, cancellation);
        var (dictionary, rewritings) = SubjectResolution.Run(
            staging.Connection,
            _lake,
            generation,
            erases,
            cancellation
        );
        if (keepFrom is { } from)
            rewritings = [.. rewritings, .. OldTraces.Files(staging.Connection, _lake, from)];
        var name = RunName(generation, ingested, suppressions.State, keepFrom);
        var writer = new LakeWriter(staging, layout, name, generation);
        var tables = writer.WriteTables(
            rewritings,
            (done, total) => progress?.Report(new IngestProgress("writing the lake", done, total, rows)),
            cancellation
        );
        var kept = manifest.Files.Except(rewritings.Select(rewriting => rewriting.File));
        var next = manifest with
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
            Suppressions = suppressions.State,
        };
        if (erases)
            ErasedText.Scrub(layout, next, _salt, suppressions, cancellation);
        var note = LakeNotes.Write(layout, name, manifest, next, ingested, keepFrom);
        next = next with { Notes = [.. manifest.Notes ?? [], note] };
        GivenAddresses.Hand(staging.Connection, options.Addresses, cancellation);
        next.Write(layout);
        LeftOvers.Remove(layout, next, keepTemporary: true);
        return next;

        LakeFile WithHash(LakeFile file) =>
            file.Generation < generation
                ? file
                : file with
                {
                    Sha256 = FileHash.Sha256(layout.InLake(file.Path), cancellation),
                };
    }

    /// <summary>Whom to take out, and the list of the home with those who came again under another id.</summary>
    (Suppressions Suppressions, bool Erases) FindErased(Staging staging, CancellationToken cancellation)
    {
        var again = Erased.NewHashes(staging.Connection);
        var suppressions = staging.Suppressions.With(again);
        var isToBeCleaned = IsToBeCleaned(layout, manifest);
        var erases = isToBeCleaned || again.Count > 0;
        if (erases)
        {
            LakeViews.Create(staging.Connection, _lake, bucket: null);
            Erased.Find(staging.Connection, all: isToBeCleaned, cancellation);
        }
        if (again.Count > 0)
            suppressions.Write(layout);
        return (suppressions, erases);
    }

    /// <summary>A name that depends on nothing but what is in the run.</summary>
    static string RunName(int generation, IReadOnlyList<FileIntake> files, string? suppressions, DateTime? keepFrom)
    {
        var content = files.Select(file => $"{file.File.Source} {file.Sha256}");
        if (files.Count == 0)
            content = [$"erased {suppressions}", $"kept from {keepFrom:O}"];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', content)));
        return $"{generation:000000}-{Convert.ToHexStringLower(hash)[..12]}";
    }
}
