using LeadScoring.Funnel;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>One thing that was looked at.</summary>
/// <param name="Sound">False when somebody has to do something.</param>
/// <param name="Words">What was found, and what to do.</param>
/// <param name="Fault">What is wrong with a file of the lake; null for other parts.</param>
public sealed record Check(string Part, bool Sound, string Words, LakeFault? Fault = null);

/// <summary>Looks at every part of a home and changes none.</summary>
public static class Checkup
{
    /// <param name="quick">Leaves out the checksums of the lake's files, which take reading every byte.</param>
    public static IReadOnlyList<Check> Run(Home home, bool quick, CancellationToken cancellation) =>
        [
            Look("engine", () => $"DuckDB {Database.Version}"),
            Look("settings", () => Settings(home)),
            Look("policies", () => $"{ReadPolicies.Run(home).All.Count} municipalities"),
            Look("sources", () => $"{SourceCatalog.Load(home.Path).Sources.Count} sources"),
            .. LakeChecks(home, quick, cancellation),
            Look("models", () => Models(home)),
            Look("scores", () => Scores(home, cancellation)),
            Look("store", () => Store(home)),
        ];

    static string Settings(Home home)
    {
        HomeSettings.Load(home.Path);
        return File.Exists(Path.Combine(home.Path, "leads.json"))
            ? "leads.json is sound"
            : "no leads.json: defaults hold";
    }

    static IReadOnlyList<Check> LakeChecks(Home home, bool quick, CancellationToken cancellation)
    {
        LakeFindings? found = null;
        var sum = Look("lake", () => OfLake(found = CheckLake.Run(home.Path, hashing: !quick, cancellation), quick));
        return
        [
            sum,
            .. found?.Findings.Select(finding => new Check(finding.Path, Sound: false, finding.Words, finding.Fault))
                ?? [],
        ];
    }

    static string OfLake(LakeFindings found, bool quick)
    {
        var manifest = found.Manifest;
        var compared =
            quick ? "sizes and row counts compared"
            : found.WithoutChecksum == 0 ? "sizes, row counts and checksums compared"
            : Words.Text(
                $"sizes, row counts and checksums compared; {found.WithoutChecksum:N0} files of an older version have no checksum"
            );
        var writer = found.Writer is null ? "" : $"; not looked for left-overs while {found.Writer}, writes it";
        return Words.Text(
            $"generation {manifest.Generation}, {manifest.Files.Count:N0} files in {manifest.Buckets} buckets, {manifest.Batches.Count:N0} ingested files; {compared}{writer}"
        );
    }

    static string Models(Home home)
    {
        var registry = new ModelRegistry(home.Models);
        var models = registry.List();
        foreach (var model in models)
            registry.Load(model.Id);
        return models.Count == 0
            ? "none yet: run leads train or leads run"
            : $"{models.Count} models; champion {registry.Champion()?.Id ?? "none: run leads promote MODEL"}";
    }

    static string Scores(Home home, CancellationToken cancellation) =>
        ScoreFile.Latest(home.Path) is { } day
            ? Words.Text($"{ScoreFile.Check(home.Path, day, cancellation):N0} contacts as of {day:yyyy-MM-dd}")
            : "none yet: run leads run";

    static string Store(Home home)
    {
        if (!LeadStore.Exists(home.Path))
            return "none yet: leads run makes it";
        using var store = LeadStore.Open(home.Path);
        return Words.Text($"{store.Stages().Values.Sum():N0} positions, {store.Planned():N0} follow-ups planned");
    }

    static Check Look(string part, Func<string> look)
    {
        try
        {
            return new(part, Sound: true, look());
        }
        catch (Exception problem)
            when (problem
                    is IngestionException
                        or ScoringException
                        or FunnelException
                        or WorkerException
                        or DuckDbException
                        or IOException
                        or UnauthorizedAccessException
                        or DllNotFoundException
            )
        {
            return new(part, Sound: false, problem.Message);
        }
    }
}
