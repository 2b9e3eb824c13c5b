namespace LeadScoring.Scoring.Evaluation;

/// <summary>The evaluation of a model that was never held against rows here: every figure is unknown.</summary>
public static class NotEvaluated
{
    /// <param name="why">Where the model comes from, in plain words.</param>
    public static ModelEvaluation Because(string why)
    {
        const double unknown = double.NaN;
        var none = new EvaluationPart(null, null, 0, 0, unknown);
        return new ModelEvaluation
        {
            Verdict = $"not evaluated: {why}",
            Auc = unknown,
            AucLow = unknown,
            AucHigh = unknown,
            BaselineAuc = unknown,
            PrAuc = unknown,
            PrAucLow = unknown,
            PrAucHigh = unknown,
            LogLoss = unknown,
            LogLossLow = unknown,
            LogLossHigh = unknown,
            Brier = unknown,
            BrierLow = unknown,
            BrierHigh = unknown,
            Ece = unknown,
            EceLow = unknown,
            EceHigh = unknown,
            Lift1 = unknown,
            Lift1Low = unknown,
            Lift1High = unknown,
            Lift5 = unknown,
            Lift5Low = unknown,
            Lift5High = unknown,
            Lift10 = unknown,
            Lift10Low = unknown,
            Lift10High = unknown,
            PrecisionAtCapacity = unknown,
            PrecisionAtCapacityLow = unknown,
            PrecisionAtCapacityHigh = unknown,
            Capacity = 0,
            Baselines = [],
            Split = SplitKind.Contacts,
            ValidationKind = "none",
            Train = none,
            Validation = none,
            Test = none,
            Warnings = ["No figures: judge the model on labelled rows before it is used (leads table evaluate)."],
            CalibrationBins = [],
            Gains = [],
            Drift = [],
            TopFeatures = [],
        };
    }

    /// <summary>True when the figures are unknown because there were no rows to judge by.</summary>
    public static bool Is(ModelEvaluation evaluation) => evaluation.Test.Rows == 0;
}
