using static System.FormattableString;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>What a reader must know before believing the figures, in plain words.</summary>
static class EvaluationWarnings
{
    const double SuspiciousAuc = 0.95;

    public static IReadOnlyList<string> Of(
        BacktestSplit split,
        EvaluationPart train,
        EvaluationPart test,
        TestFigures figures,
        HeldOut rows,
        IReadOnlyList<CalibrationBin> bins,
        TrainModelOptions options
    )
    {
        List<string> warnings = [.. options.Notes, .. split.Warnings];
        if (test.Positives < options.MinimumPositives)
            warnings.Add(
                $"Only {test.Positives} of {test.Rows} test rows are positive (at least {options.MinimumPositives} are "
                    + "wanted): the figures say little and their intervals are wide."
            );
        if (train.Positives < options.MinimumPositives)
            warnings.Add(
                $"Only {train.Positives} of {train.Rows} training rows are positive (at least "
                    + $"{options.MinimumPositives} are wanted): the model cannot have learnt much."
            );
        if (Drift.Shifted((train.Rows, train.Positives), (test.Rows, test.Positives)))
            warnings.Add(
                $"The positive rate shifted from {Percent(train.Rate)} in training to {Percent(test.Rate)} in the test: "
                    + "likelihoods learnt before the shift do not hold after it."
            );
        if (Calibration(figures, rows, bins) is { } calibration)
            warnings.Add(calibration);
        if (figures.Auc.Low <= 0.5)
            warnings.Add(
                Invariant(
                    $"The ranking cannot be told from chance: the interval of the AUC reaches down to {figures.Auc.Low:0.000}."
                )
            );
        if (figures.Auc.Value > SuspiciousAuc)
            warnings.Add(
                Invariant(
                    $"An AUC of {figures.Auc.Value:0.000} is too good to be believed: look for a feature that knows the outcome."
                )
            );
        return warnings;
    }

    /// <summary>Bad when the error is well above what chance alone gives, and not small beside the positive rate.</summary>
    static string? Calibration(TestFigures figures, HeldOut rows, IReadOnlyList<CalibrationBin> bins)
    {
        var rate = rows.Labels.Average(label => (double)label);
        // Mean absolute deviation of a binomial share is sqrt(2 / pi) of its standard error; rows of one contact tell
        // hardly more than one, so the contacts count.
        var contacts = rows.Contacts.Distinct(StringComparer.Ordinal).Count();
        var chance =
            bins.Sum(bin => Math.Sqrt(2 / Math.PI * bin.Likelihood * (1 - bin.Likelihood) * bin.Rows))
            / Math.Sqrt((double)rows.Rows * contacts);
        if (!(figures.Ece.Value > 2 * chance && figures.Ece.Value > 0.15 * Math.Min(rate, 1 - rate)))
            return null;
        return "The likelihoods are badly calibrated on the test rows: on average "
            + $"{Percent(rows.Likelihoods.Average())} was foretold and {Percent(rate)} happened "
            + Invariant($"(calibration error {figures.Ece.Value:0.000}). ")
            + "The ranking may still be used; the likelihoods should not.";
    }

    static string Percent(double share) => Invariant($"{share * 100:0.0} %");
}
