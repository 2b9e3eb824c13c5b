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
public sealed record Check(string Part, bool Sound, string Words);

/// <summary>Looks at every part of a home and changes none.</summary>
public static class Checkup
{
    public static IReadOnlyList<Check> Run(Home home, CancellationToken cancellation) =>
        [
            Look("engine", () => $"DuckDB {Database.Version}"),
            Look("settings", () => Settings(home)),
            Look("policies", () => $"{ReadPolicies.Run(home).All.Count} municipalities"),
            Look("sources", () => $"{SourceCatalog.Load(home.Path).Sources.Count} sources"),
            .. LakeChecks(home, cancellation),
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

    static IEnumerable<Check> LakeChecks(Home home, CancellationToken cancellation)
    {
        Lake? lake = null;
        yield return Look(
            "lake",
            () =>
            {
                lake = Lake.Open(home.Path);
                return Words.Text(
                    $"generation {lake.Generation}, {lake.Manifest.Files.Count} files in {lake.Buckets} buckets"
                );
            }
        );
        if (lake is null)
            yield break;
        foreach (var file in lake.Manifest.Files)
        {
            var check = Look(file.Path, () => Rows(home, file, cancellation));
            if (!check.Sound)
                yield return check;
        }
    }

    static string Rows(Home home, LakeFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = LakeLayout.Of(home.Path).InLake(file.Path);
        if (!File.Exists(path))
            throw new WorkerException(
                $"{file.Path} is named in the lake's manifest and is missing. Put it back from a copy, or remove lake/ and run leads ingest."
            );
        using var database = Database.Open();
        using var connection = database.Connect();
        var rows = connection.Scalar<long>(
            "rows of a lake file",
            $"select count(*) from read_parquet({LakeViews.Quoted(path)}, hive_partitioning = false)"
        );
        return rows == file.Rows
            ? "sound"
            : throw new WorkerException(
                Words.Text(
                    $"{file.Path} holds {rows:N0} rows and the manifest says {file.Rows:N0}. Put it back from a copy, or remove lake/ and run leads ingest."
                )
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
            ? Words.Text(
                $"{ScoreFile.Read(home.Path, day, cancellation).Scores.Count:N0} contacts as of {day:yyyy-MM-dd}"
            )
            : "none yet: run leads run";

    static string Store(Home home)
    {
        if (!File.Exists(Path.Combine(home.Path, LeadStore.FileName)))
            return "none yet: leads run makes it";
        using var store = LeadStore.Open(home.Path);
        return Words.Text(
            $"{store.Positions().Count:N0} positions, {store.FollowUpsPlanned().Count:N0} follow-ups planned"
        );
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
