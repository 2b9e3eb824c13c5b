using System.Text;
using static System.FormattableString;

namespace LeadScoring.Scoring.Model;

/// <summary>The card of a model that was made elsewhere: what the file tells, and what nobody here knows.</summary>
static class ImportedCard
{
    public static string Markdown(TrainedModel model)
    {
        var about = model.Description;
        var text = new StringBuilder();
        Line($"# Model {model.Id}");
        Line($"");
        Line($"**Verdict:** {model.Evaluation.Verdict}.");
        Line($"");
        Line($"## What it says");
        Line(
            $"The likelihood LightGBM gives for label 1, without calibration of our own and with no interval (0 to 1)."
        );
        Line(
            $"Grades: A from {about.Grades.A:0.0000}, B from {about.Grades.B:0.0000}, C from {about.Grades.C:0.0000}, by odds beside {Beside(about)}."
        );
        Line($"It is meant to order contacts or rows for people to look at. It decides nothing by itself.");
        Line($"");
        Line($"## What it learnt from");
        Line($"Unknown. Its first tree saw {about.Rows} rows; the share of positives is {Rate(about)}.");
        Line(
            $"Trees: {model.Trees.Trees.Count} of at most {about.Training.Leaves} leaves, {about.Features.Count} features."
        );
        Line($"SHA-256 of the file: `{about.DataHash}`.");
        Line($"");
        Line($"## How good it is");
        Line(
            $"Not evaluated here. `leads table evaluate FILE --label COLUMN --model {model.Id}` judges it on labelled rows."
        );
        Line($"");
        Line($"## What to mind");
        foreach (var warning in model.Evaluation.Warnings)
            Line($"- {warning}");
        Line($"- Reasons are told without base rates, which the file does not hold.");
        Line($"- Whether consent, objections and time order were heeded in its training cannot be seen from the file.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(Invariant(line)).Append('\n');
    }

    static string Beside(ModelDescription about) =>
        double.IsNaN(about.BaseRate) ? "the likelihood at the mean raw score" : "the base rate";

    internal static string Rate(ModelDescription about) =>
        double.IsNaN(about.BaseRate)
            ? "not known"
            : Invariant($"{about.BaseRate * 100:0.##} %, as was said when it was imported");
}
