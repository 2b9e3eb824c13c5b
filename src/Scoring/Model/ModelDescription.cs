using System.Text.Json.Serialization;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Model;

/// <summary>What <c>model.json</c> holds: everything but the trees that a score needs, and where the model comes from.</summary>
public sealed record ModelDescription
{
    /// <summary>Layout of the file; another number is refused.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Last snapshot day and eight hex digits of the hash of data, options and trees.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the trainer that grew the trees.</summary>
    public required string Trainer { get; init; }
    public required LabelDefinition Label { get; init; }

    /// <summary>Which clicks its features take for a machine's; null in models of tables, and in those from before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClickRule? Clicks { get; init; }

    /// <summary>The same as a rule: none for a model that says nothing of it.</summary>
    [JsonIgnore]
    public ClickRule ClickRule => Clicks ?? ClickRule.None;

    /// <summary>As-of days of the training rows, rising; of more than 100 the first and the last.</summary>
    public required IReadOnlyList<DateOnly> SnapshotDays { get; init; }
    public required int Rows { get; init; }
    public required int Positives { get; init; }
    public required double BaseRate { get; init; }
    public SeasonShift Season { get; init; } = SeasonShift.None;
    public required Calibrator Calibrator { get; init; }
    public required LikelihoodInterval Interval { get; init; }
    public required GradeBands Grades { get; init; }
    public required TrainingOptions Training { get; init; }
    public required int Seed { get; init; }

    /// <summary>SHA-256 of the labelled table, hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>Commit of the program that trained it; null when the build did not know.</summary>
    public required string? GitCommit { get; init; }

    /// <summary>The frozen features in the trees' order.</summary>
    public required IReadOnlyList<FeatureProfile> Features { get; init; }

    /// <summary>How often rows with like values were positive, for telling reasons; empty when the model does not know.</summary>
    public IReadOnlyList<FeatureRates> Rates { get; init; } = [];
}

/// <summary>A frozen feature and how its values lay in training, so that a later night can be held against it.</summary>
/// <param name="Missing">Share of rows without a value.</param>
/// <param name="Quantiles">Of the known values of a number: 0 %, 10 % ... 100 %; empty when there is none.</param>
/// <param name="LevelShares">Share of all rows a level has, in level order; empty for numbers.</param>
public sealed record FeatureProfile(
    string Name,
    string Unit,
    FeatureType Type,
    IReadOnlyList<string> Levels,
    double Missing,
    IReadOnlyList<double> Quantiles,
    IReadOnlyList<double> LevelShares
)
{
    /// <summary>Median of the known values; NaN when there is none.</summary>
    public double Median => Quantiles.Count == 0 ? double.NaN : Quantiles[Quantiles.Count / 2];

    public Feature Feature => new(Name, Unit, Type, Levels);

    internal static FeatureProfile Of(Feature feature, float[] column)
    {
        var known = column.Where(float.IsFinite).Select(value => (double)value).Order().ToArray();
        var missing = 1 - (double)known.Length / Math.Max(1, column.Length);
        double[] shares = feature.Type == FeatureType.Categorical ? LevelSharesOf(feature, known, column.Length) : [];
        double[] quantiles =
            feature.Type == FeatureType.Categorical || known.Length == 0
                ? []
                : [.. Enumerable.Range(0, 11).Select(i => Evaluation.Bootstrap.Quantile(known, i / 10.0))];
        return new FeatureProfile(
            feature.Name,
            feature.Unit,
            feature.Type,
            feature.Levels,
            Math.Round(missing, 6),
            quantiles,
            shares
        );
    }

    static double[] LevelSharesOf(Feature feature, double[] known, int rows)
    {
        var counts = new int[feature.Levels.Count];
        foreach (var code in known)
        {
            if (code >= 0 && code < counts.Length)
                counts[(int)code]++;
        }
        return Array.ConvertAll(counts, count => Math.Round((double)count / rows, 6));
    }
}
