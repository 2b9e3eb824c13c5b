using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Sources;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>What is where in a home.</summary>
public sealed record Status
{
    const int StaleDays = 3;

    public required string Home { get; init; }

    /// <summary>The day in whose morning it is looked at.</summary>
    public required DateOnly AsOf { get; init; }
    public required int Generation { get; init; }
    public required int Batches { get; init; }
    public required RowCounts Rows { get; init; }

    /// <summary>When the last thing the lake knows of happened or became known (UTC).</summary>
    public required DateTime? LatestFact { get; init; }
    public required IReadOnlyList<SourceStatus> Sources { get; init; }
    public required string? Champion { get; init; }
    public required int Models { get; init; }
    public required DateOnly? ScoredAsOf { get; init; }
    public required int? ScoreAgeDays { get; init; }
    public required int Positions { get; init; }
    public required IReadOnlyDictionary<Stage, int> Stages { get; init; }
    public required int FollowUpsPlanned { get; init; }
    public required IReadOnlyList<StoreRun> Runs { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads it; nothing is changed but a store that is not there yet is made.</summary>
    /// <param name="asked">The day to look at it as of; null is today.</param>
    public static Status Read(Home home, DateOnly? asked, TimeProvider time, CancellationToken cancellation)
    {
        var settings = HomeSettings.Load(home.Path);
        var lake = Lake.Open(home.Path);
        var asOf = Worker.AsOf.Of(asked, settings, time);
        var today = asOf.Day;
        var sources = Freshness(home, lake, settings, asOf, cancellation);
        var models = new ModelRegistry(home.Models).List();
        var scored = ScoreFile.Latest(home.Path);
        var age = scored is { } day ? today.DayNumber - day.DayNumber : (int?)null;
        using var store = LeadStore.Open(home.Path);
        var stages = store.Stages();
        return new()
        {
            Home = home.Path,
            AsOf = today,
            Generation = lake.Generation,
            Batches = lake.Manifest.Batches.Count,
            Rows = RowCounts.Of(lake),
            LatestFact = LakeSpan.Read(lake, DateTime.MaxValue.AddYears(-1), cancellation)?.Last,
            Sources = sources,
            Champion = models.FirstOrDefault(model => model.IsChampion)?.Id,
            Models = models.Count,
            ScoredAsOf = scored,
            ScoreAgeDays = age,
            Positions = stages.Values.Sum(),
            Stages = stages,
            FollowUpsPlanned = store.Planned(),
            Runs = store.Runs(5),
            Warnings =
            [
                .. age > StaleDays ? [$"the scores are {age} days old; run leads run"] : Array.Empty<string>(),
                .. sources.Select(source => source.Warning()).OfType<string>(),
                .. new AlarmBook(store)
                    .Standing(time.GetUtcNow().UtcDateTime, JobSettings.Load(home.Path).Silence)
                    .Select(alarm => alarm.Words),
            ],
        };
    }

    static IReadOnlyList<SourceStatus> Freshness(
        Home home,
        Lake lake,
        HomeSettings settings,
        AsOf asOf,
        CancellationToken cancellation
    )
    {
        var calendar = new LocalCalendar(settings.TimeZone);
        var days = SourceDays.Read(lake, SourceCatalog.Load(home.Path), calendar, asOf.Instant, cancellation);
        return SourceStatus.Of(lake.Manifest.Batches, days, asOf.Day);
    }
}
