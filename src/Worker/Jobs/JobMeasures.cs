using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>What traces and metrics are made of; it costs next to nothing while nobody listens.</summary>
/// <remarks>Attributes are words of this program, days and numbers: never a contact, an address or a file's name.</remarks>
static class JobMeasures
{
    /// <summary>The name of both the traces' source and the meter.</summary>
    public const string Name = "LeadScoring";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Units = Meter.CreateCounter<long>(
        "leads.units",
        "{unit}",
        "Units of work that a worker is through with, by job and state"
    );

    public static readonly Histogram<double> UnitSeconds = Seconds(
        "leads.unit.duration",
        "How long a worker was at a unit, by job and state",
        [1, 5, 15, 60, 300, 900, 3600, 7200, 14_400]
    );

    public static readonly Histogram<double> StepSeconds = Seconds(
        "leads.step.duration",
        "How long a step took, by step",
        [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600]
    );

    static readonly Counter<long> Rows = Meter.CreateCounter<long>(
        "leads.rows",
        "{row}",
        "Rows that the ingest has read, by what became of them"
    );

    static readonly Counter<long> Scored = Meter.CreateCounter<long>(
        "leads.contacts.scored",
        "{contact}",
        "Contacts scored; a night's are those of its buckets together"
    );

    static readonly Counter<long> FollowUps = Meter.CreateCounter<long>(
        "leads.follow_ups",
        "{follow_up}",
        "Follow-ups by what became of them"
    );

    /// <summary>Counts of the runs table that are measured, by their names there.</summary>
    static readonly Dictionary<string, (Counter<long> Counter, string State)> Counted = new(StringComparer.Ordinal)
    {
        ["accepted"] = (Rows, "accepted"),
        ["rejected"] = (Rows, "rejected"),
        ["duplicate"] = (Rows, "duplicate"),
        ["scored"] = (Scored, "scored"),
        ["followUps"] = (FollowUps, "planned"),
        ["sent"] = (FollowUps, "sent"),
        ["lapsed"] = (FollowUps, "lapsed"),
    };

    /// <param name="counts">A JSON object of the runs table.</param>
    public static void Count(string job, string counts)
    {
        using var read = JsonDocument.Parse(counts);
        foreach (var count in read.RootElement.EnumerateObject())
            if (Counted.TryGetValue(count.Name, out var known) && Number(count.Value) is { } number)
                known.Counter.Add(number, new("leads.job", job), new("leads.state", known.State));
    }

    /// <summary>A number, or what there is by cause all together; null for anything else.</summary>
    static long? Number(JsonElement count) =>
        count.ValueKind switch
        {
            JsonValueKind.Number when count.TryGetInt64(out var number) => number,
            JsonValueKind.Object => count.EnumerateObject().Sum(cause => Number(cause.Value) ?? 0),
            _ => null,
        };

    static Histogram<double> Seconds(string name, string description, IReadOnlyList<double> bounds) =>
        Meter.CreateHistogram(
            name,
            "s",
            description,
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );
}

/// <summary>A unit as a span, and its measures when a worker is through with it.</summary>
sealed class MeasuredUnit : IDisposable
{
    readonly Activity? _span;
    readonly StoreRun _unit;
    readonly TimeProvider _time;
    readonly long _begun;
    string _state = "left";

    public MeasuredUnit(StoreRun unit, TimeProvider time)
    {
        (_unit, _time, _begun) = (unit, time, time.GetTimestamp());
        _span = JobMeasures
            .Source.StartActivity(unit.Job)
            ?.SetTag("leads.job", unit.Job)
            .SetTag("leads.day", StoreText.Day(unit.AsOf))
            .SetTag("leads.part", unit.Part)
            .SetTag("leads.unit", unit.Id)
            .SetTag("leads.attempt", unit.Attempts);
    }

    public void Ended(RunState state, string counts)
    {
        _state = StoreText.Word(state);
        JobMeasures.Count(_unit.Job, counts);
    }

    public void Failed(Exception problem)
    {
        _state = StoreText.Word(_unit.Attempts < _unit.MaxAttempts ? RunState.Failed : RunState.Dead);
        // The words may name files; they stand in the runs table.
        _span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", problem.GetType().Name);
    }

    public void Dispose()
    {
        KeyValuePair<string, object?> job = new("leads.job", _unit.Job);
        KeyValuePair<string, object?> state = new("leads.state", _state);
        JobMeasures.Units.Add(1, job, state);
        JobMeasures.UnitSeconds.Record(_time.GetElapsedTime(_begun).TotalSeconds, job, state);
        _span?.SetTag("leads.state", _state);
        _span?.Dispose();
    }
}

/// <summary>A step as a span within its unit's.</summary>
sealed class MeasuredStep(string name) : IDisposable
{
    readonly Activity? _span = JobMeasures.Source.StartActivity(name)?.SetTag("leads.step", name);
    readonly long _begun = Stopwatch.GetTimestamp();
    bool _isDone;

    public void Done() => _isDone = true;

    public void Dispose()
    {
        JobMeasures.StepSeconds.Record(
            Stopwatch.GetElapsedTime(_begun).TotalSeconds,
            new KeyValuePair<string, object?>("leads.step", name)
        );
        if (!_isDone)
            _span?.SetStatus(ActivityStatusCode.Error);
        _span?.Dispose();
    }
}
