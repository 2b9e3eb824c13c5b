using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>What the status page tells: read from the runs table and from small files, so that it may be asked for often.</summary>
sealed record StatusView(
    IReadOnlyList<string> Alarms,
    DateTime? LastGoodNight,
    DateOnly? ScoredAsOf,
    string? Model,
    int Files,
    long Rows,
    DateTime? LakeChanged,
    IReadOnlyList<StatusLine> Lines
)
{
    const int Latest = 25;

    /// <summary>As many as a few days have, with a unit a bucket and what comes round every few minutes.</summary>
    const int Runs = 2_000;

    /// <exception cref="WorkerException">The store cannot be used.</exception>
    public static StatusView Read(Home home, JobSettings settings, DateTime now)
    {
        using var store = LeadStore.Open(home.Path, patienceSeconds: 2);
        var book = new AlarmBook(store);
        var runs = store.Runs(Runs);
        var older = new JobUnits(store).Unfinished().Where(unit => runs.All(run => run.Id != unit.Id));
        var lake = Read(() => Lake.Open(home.Path));
        var manifest = new FileInfo(new LakeLayout(home.Path).ManifestFile);
        return new(
            [.. book.Standing(now, settings.Silence).Select(alarm => alarm.Words)],
            book.LastGoodNight(),
            ScoreFile.Latest(home.Path),
            Read(() => new ModelRegistry(home.Models).ChampionId),
            lake?.Manifest.Batches.Count ?? 0,
            lake?.Manifest.Batches.Sum(batch => batch.Accepted) ?? 0,
            manifest.Exists ? manifest.LastWriteTimeUtc : null,
            StatusLine.Of([.. runs, .. older], Latest)
        );
    }

    /// <summary>What is damaged is told by the runs that need it; the page shows what it can.</summary>
    static T? Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IngestionException or Scoring.ScoringException or IOException)
        {
            return null;
        }
    }
}

/// <summary>One run, or the parts of one day's job together.</summary>
/// <param name="Words">Its step, its parts, or its counts.</param>
sealed record StatusLine(
    string Job,
    DateOnly Day,
    RunState State,
    DateTime? Due,
    DateTime? Begun,
    double? Seconds,
    int Attempts,
    string AskedBy,
    string Words,
    double? Share,
    string? Error
)
{
    /// <summary>What is not over first, then the latest.</summary>
    public static IReadOnlyList<StatusLine> Of(IReadOnlyList<StoreRun> runs, int latest) =>
        [
            .. runs.GroupBy(run => (run.Job, run.AsOf, Alone: run.Part is "" or JobUnit.Whole ? run.Id : 0))
                .Select(group => (Latest: group.Max(run => run.Id), Line: Of([.. group])))
                .OrderBy(line => line.Line.State is RunState.Running or RunState.Queued or RunState.Dead ? 0 : 1)
                .ThenByDescending(line => line.Latest)
                .Take(latest)
                .Select(line => line.Line),
        ];

    static StatusLine Of(StoreRun[] parts)
    {
        // The part that most needs to be looked at stands for all.
        var worst = parts.OrderBy(part => Weight(part.State)).ThenByDescending(part => part.Id).First();
        var over = parts.Count(part => part.State is RunState.Done or RunState.Warned or RunState.Lapsed);
        var begun = parts.Min(part => part.StartedAt);
        var ended = parts.Max(part => part.EndedAt);
        return new(
            worst.Job,
            worst.AsOf,
            worst.State,
            worst.DueAt,
            begun,
            ended is { } end && begun is { } start && worst.State is not (RunState.Running or RunState.Queued)
                ? (end - start).TotalSeconds
                : null,
            parts.Max(part => part.Attempts),
            worst.StartedBy,
            parts.Length > 1 ? FormattableString.Invariant($"{over} of {parts.Length} parts") : WordsOf(worst),
            parts.Length > 1 && over < parts.Length ? (double)over / parts.Length : worst.Share,
            worst.Error
        );
    }

    static int Weight(RunState state) =>
        state switch
        {
            RunState.Dead => 0,
            RunState.Running => 1,
            RunState.Failed => 2,
            RunState.Queued => 3,
            RunState.Warned => 4,
            RunState.Lapsed => 5,
            RunState.Done => 6,
        };

    static string WordsOf(StoreRun run) =>
        run.State is RunState.Running
            ? (run.Doing is { } doing ? $"{run.Step}: {doing}" : run.Step)
            : string.Join(", ", Counts(run.Counts));

    static IEnumerable<string> Counts(string json)
    {
        using var counts = JsonDocument.Parse(json);
        foreach (var count in counts.RootElement.EnumerateObject())
            yield return count.Value.ValueKind is JsonValueKind.Number && count.Value.TryGetInt64(out var number)
                ? FormattableString.Invariant($"{number:N0} {Apart(count.Name)}")
                : $"{Apart(count.Name)} {count.Value}";
    }

    /// <summary><c>followUps</c> is follow ups.</summary>
    static string Apart(string name) =>
        string.Concat(
            name.Select(letter => char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")
        );
}
