using System.Text.Json.Serialization;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring;

/// <summary>What the labels of a table mean, kept with the model.</summary>
/// <param name="Positive">Outcome kinds (or the value of a column) that count as 1.</param>
/// <param name="Negative">Outcome kinds that close a contact without relocation.</param>
/// <param name="HorizonDays">Days after the as-of instant within which it has to happen; 0 when a table does not say.</param>
public sealed record LabelDefinition(IReadOnlyList<string> Positive, IReadOnlyList<string> Negative, int HorizonDays)
{
    public static LabelDefinition Default { get; } = new(["moved"], ["declined_by_contact"], 180);
}

/// <summary>How a model is trained, held against later rows and calibrated.</summary>
public sealed record TrainModelOptions
{
    /// <summary>What the labels mean; its horizon keeps training and test apart.</summary>
    public LabelDefinition Label { get; init; } = LabelDefinition.Default;

    /// <summary>First instant (UTC) of the test rows; null chooses one that leaves about a quarter of the rows.</summary>
    public DateTime? TestFrom { get; init; }

    /// <summary>False when the as-of instants mean nothing: the test rows are then picked by a hash of the contact.</summary>
    public bool OrderedByTime { get; init; } = true;

    /// <summary>False when the instants say which row came first but not on which day: rows in the order of a file.</summary>
    public bool Dated { get; init; } = true;

    /// <summary>True when the level of likelihoods may follow the time of year; needs instants wherever it scores.</summary>
    public bool Seasonal { get; init; } = true;

    /// <summary>Positives below which the evaluation warns that its figures say little.</summary>
    public int MinimumPositives { get; init; } = 30;

    /// <summary>Contacts that can be worked on per as-of day, for precision at capacity.</summary>
    public int Capacity { get; init; } = 100;

    /// <summary>The feature (days since the last trace) whose smallest values rank first in the recency rule.</summary>
    public string RecencyFeature { get; init; } = "recency";

    /// <summary>Options of the trees; null chooses them by the rows and positives there are.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>Features with which the likelihood may only rise or fall; <see cref="Training"/> has its own.</summary>
    [JsonIgnore]
    public MonotoneFeatures Monotone { get; init; } = MonotoneFeatures.None;

    /// <summary>True when the trees of <see cref="Training"/> are the number to grow, not the most: a recipe repeated.</summary>
    public bool KeepTrees { get; init; }

    /// <summary>Grade bands to keep, for instance the champion's; null makes them from the held-out likelihoods.</summary>
    public GradeBands? Grades { get; init; }

    /// <summary>What else a reader must know of the rows, before the warnings about the figures.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Which clicks the table's features took for a machine's; kept with the model, null where none are.</summary>
    [JsonIgnore]
    public ClickRule? Clicks { get; init; }

    /// <summary>The zone in which instants are told as days; it decides nothing else.</summary>
    [JsonIgnore]
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The local day of an as-of instant (UTC).</summary>
    public DateOnly DayOf(DateTime asOf) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(asOf, DateTimeKind.Utc), TimeZone));

    /// <summary>Threads to use, 0 is all; the result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of folds, samples and bootstrap.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>How far a long training is.</summary>
/// <param name="Step">What is being done, in words.</param>
public readonly record struct TrainingProgress(string Step, int Done, int Total);
