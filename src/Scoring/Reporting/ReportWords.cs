using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using static LeadScoring.Scoring.Reporting.Markup;

namespace LeadScoring.Scoring.Reporting;

/// <summary>The report's sentences.</summary>
static class ReportWords
{
    /// <summary>The verdict as a sentence.</summary>
    public static string Headline(ModelEvaluation judged) =>
        $"{char.ToUpperInvariant(judged.Verdict[0])}{judged.Verdict[1..]}.";

    /// <summary>What the AUC means, in people.</summary>
    public static string Lead(ModelDescription about, ModelEvaluation judged)
    {
        if (double.IsNaN(judged.Auc))
            return "The held-out rows hold one outcome only: the ranking could not be tested.";
        var best = judged.Baselines.Where(baseline => double.IsFinite(baseline.Auc)).MaxBy(baseline => baseline.Auc);
        var own =
            "Of two contacts, one positive and one not, the model ranks the positive one first in "
            + $"{Hundred(judged.Auc)} of 100 cases (between {Hundred(judged.AucLow)} and {Hundred(judged.AucHigh)})";
        var compared = best is null ? "." : $"; the best baseline, the {best.Name}, in {Hundred(best.Auc)}.";
        return $"{own}{compared} Positive means: {Meaning(about.Label)}.";
    }

    public static string Drift(ModelEvaluation judged)
    {
        if (judged.Drift.Count == 0)
            return "The rows have no time, so whether the rate shifts cannot be seen.";
        var (train, test) = (judged.Train, judged.Test);
        var rates =
            $"{Percent(train.Rate)} of the training rows and {Percent(test.Rate)} of the test rows are positive.";
        return Evaluation.Drift.Shifted((train.Rows, train.Positives), (test.Rows, test.Positives))
            ? $"The rate shifted: {rates} Likelihoods learnt at the old rate do not hold at the new one; train again as soon as newer outcomes are known."
            : $"{rates} Chance alone can make such a difference, or it is too small to matter.";
    }

    public static string Split(ModelDescription about, ModelEvaluation judged)
    {
        var apart = judged.Split switch
        {
            SplitKind.LaterDays when about.Label.HorizonDays > 0 =>
                $"The test rows are later than the training rows, and every training row's horizon of {about.Label.HorizonDays} days "
                    + "had ended when the first test day began: the model was judged on a future it could not know.",
            SplitKind.LaterDays => "The test rows are later than the training rows.",
            SplitKind.LaterDaysOverlapping =>
                "The test rows are later than the training rows, but horizons of training rows reach into the test days (see the warning).",
            SplitKind.Contacts =>
                "Test contacts were picked by a hash of their id. That says how well the model ranks contacts of the same time, not of a later one.",
        };
        var chosen = string.Equals(judged.ValidationKind, "laterDays", StringComparison.Ordinal)
            ? "the later part of the training days"
            : "five folds of training contacts, each held out once";
        return $"{apart} The number of trees, the options and the calibration were chosen on {chosen}. "
            + "The model that is used was then grown on all rows.";
    }

    public static string Footer(ModelDescription about) =>
        $"{Count(about.Rows)} labelled rows, {Count(about.Positives)} positive, {Count(about.Features.Count)} features; "
        + $"{Count(about.Training.Trees)} trees of at most {Count(about.Training.Leaves)} leaves by the {about.Trainer} trainer; "
        + $"calibration: {ModelCard.Kind(about)}. "
        + "A likelihood orders contacts for people to look at; it decides nothing by itself.";

    static string Meaning(LabelDefinition label) =>
        string.Join(" or ", label.Positive)
        + (label.HorizonDays > 0 ? $" within {Count(label.HorizonDays)} days after the as-of day" : "");

    static string Hundred(double share) => double.IsFinite(share) ? Number(share * 100, 0) : "unknown";
}
