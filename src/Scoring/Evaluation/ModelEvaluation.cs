namespace LeadScoring.Scoring.Evaluation;

/// <summary>What <c>evaluation.json</c> holds: how the model did on rows later than those it learnt from.</summary>
/// <remarks>
/// Low and high are 95 % bootstrap intervals by contact. A figure the test rows cannot give is NaN here and null in
/// the file. Figures are rounded to six decimals.
/// </remarks>
public sealed record ModelEvaluation
{
    /// <summary>Plain words: better than which baseline, no better than which.</summary>
    public required string Verdict { get; init; }
    public required double Auc { get; init; }
    public required double AucLow { get; init; }
    public required double AucHigh { get; init; }

    /// <summary>ROC-AUC of the better baseline.</summary>
    public required double BaselineAuc { get; init; }
    public required double PrAuc { get; init; }
    public required double PrAucLow { get; init; }
    public required double PrAucHigh { get; init; }
    public required double LogLoss { get; init; }
    public required double LogLossLow { get; init; }
    public required double LogLossHigh { get; init; }
    public required double Brier { get; init; }
    public required double BrierLow { get; init; }
    public required double BrierHigh { get; init; }
    public required double Ece { get; init; }
    public required double EceLow { get; init; }
    public required double EceHigh { get; init; }
    public required double Lift1 { get; init; }
    public required double Lift1Low { get; init; }
    public required double Lift1High { get; init; }
    public required double Lift5 { get; init; }
    public required double Lift5Low { get; init; }
    public required double Lift5High { get; init; }
    public required double Lift10 { get; init; }
    public required double Lift10Low { get; init; }
    public required double Lift10High { get; init; }

    /// <summary>Share that relocated among the <see cref="Capacity"/> highest of an as-of day.</summary>
    public required double PrecisionAtCapacity { get; init; }
    public required double PrecisionAtCapacityLow { get; init; }
    public required double PrecisionAtCapacityHigh { get; init; }
    public required int Capacity { get; init; }

    /// <summary>How often the intervals held the share of movers in small groups of test rows; null when not measured.</summary>
    public IntervalCoverage? IntervalCoverage { get; init; }
    public required IReadOnlyList<BaselineEvaluation> Baselines { get; init; }

    /// <summary>How test rows were held apart: laterDays, laterDaysOverlapping or contacts.</summary>
    public required SplitKind Split { get; init; }

    /// <summary>How the number of trees was chosen: laterDays or foldsByContact.</summary>
    public required string ValidationKind { get; init; }
    public required EvaluationPart Train { get; init; }
    public required EvaluationPart Validation { get; init; }
    public required EvaluationPart Test { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public required IReadOnlyList<CalibrationBin> CalibrationBins { get; init; }
    public required IReadOnlyList<GainsPoint> Gains { get; init; }
    public required IReadOnlyList<TimeSlice> Drift { get; init; }
    public required IReadOnlyList<FeatureWeight> TopFeatures { get; init; }
}

/// <summary>A baseline on the same test rows; the delta is the model's AUC less the baseline's, by paired bootstrap.</summary>
public sealed record BaselineEvaluation(
    string Name,
    double Auc,
    double AucLow,
    double AucHigh,
    double AucDelta,
    double AucDeltaLow,
    double AucDeltaHigh
);

/// <summary>Rows of one part of the split; from and to are null when the rows have no time.</summary>
public sealed record EvaluationPart(DateOnly? From, DateOnly? To, int Rows, int Positives, double Rate);

/// <summary>Test rows with like likelihoods: their mean, the rate observed, and its 95 % interval by contacts.</summary>
public sealed record CalibrationBin(double Likelihood, double Observed, double Low, double High, int Rows);

/// <summary>Share of the positives found in the top share of the test rows.</summary>
public sealed record GainsPoint(double Share, double Found);

/// <summary>Positive rate of the labelled rows of a stretch of time, with its 95 % interval by contacts.</summary>
/// <param name="From">First as-of day; null, as <paramref name="To"/>, when only the order of the rows is known.</param>
/// <param name="Part">train, test, or between when the horizon keeps the rows out of both.</param>
public sealed record TimeSlice(
    DateOnly? From,
    DateOnly? To,
    int Rows,
    int Positives,
    double Rate,
    double Low,
    double High,
    string Part
);

/// <summary>Mean size of a feature's contribution (SHAP, log-odds) over held-out rows.</summary>
public sealed record FeatureWeight(string Feature, double Weight);
