using System.Text;
using static System.FormattableString;

namespace LeadScoring.Scoring.Model;

/// <summary>A model's card: one page in Markdown on what it is for, what it learnt from, how good it is, what to mind.</summary>
/// <remarks>After Mitchell et al., Model Cards for Model Reporting, 2019.</remarks>
public static class ModelCard
{
    public static string Markdown(TrainedModel model)
    {
        var (about, judged) = (model.Description, model.Evaluation);
        var text = new StringBuilder();
        Line($"# Model {model.Id}");
        Line($"");
        Line($"**Verdict:** {judged.Verdict}.");
        Line($"");
        Line($"## What it says");
        Line(
            $"The likelihood that a contact is positive ({string.Join(", ", about.Label.Positive)}) {Horizon(about.Label)}, "
        );
        Line(
            $"with a 90 % interval, a grade (A from {about.Grades.A:0.0000}, B from {about.Grades.B:0.0000}, C from {about.Grades.C:0.0000}) and reasons."
        );
        Line(
            $"It is meant to order the contacts that people at a municipality get in touch with. It decides nothing by itself."
        );
        Line($"");
        Line($"## What it learnt from");
        Line(
            $"{about.Rows} rows, {about.Positives} of them positive ({about.BaseRate * 100:0.00} %), {Days(about)}, {about.Features.Count} features."
        );
        Line($"Trees: {model.Trees.Trees.Count}, grown by the {about.Trainer} trainer. Calibration: {Kind(about)}.");
        Line($"");
        Line($"## How good it is");
        Line($"On {judged.Test.Rows} held-out rows ({judged.Test.Positives} positive), with 95 % intervals:");
        Line($"");
        Line($"| figure | value | interval |");
        Line($"|---|---|---|");
        Row("ROC-AUC", judged.Auc, judged.AucLow, judged.AucHigh);
        Row("PR-AUC", judged.PrAuc, judged.PrAucLow, judged.PrAucHigh);
        Row("log loss", judged.LogLoss, judged.LogLossLow, judged.LogLossHigh);
        Row("Brier score", judged.Brier, judged.BrierLow, judged.BrierHigh);
        Row("calibration error", judged.Ece, judged.EceLow, judged.EceHigh);
        Row("lift in the top 10 %", judged.Lift10, judged.Lift10Low, judged.Lift10High);
        foreach (var baseline in judged.Baselines)
            Row($"ROC-AUC of the {baseline.Name}", baseline.Auc, baseline.AucLow, baseline.AucHigh);
        Line($"");
        Line($"## What to mind");
        foreach (var warning in judged.Warnings)
            Line($"- {warning}");
        Line(
            $"- Features are traces of interest, not of need or means; country and language can stand in for other things."
        );
        Line($"- It holds for contacts like those it learnt from, as long as the positive rate stays where it was.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(Invariant(line)).Append('\n');

        void Row(string name, double value, double low, double high) =>
            Line($"| {Cell(name)} | {Number(value)} | {Number(low)} to {Number(high)} |");
    }

    static string Horizon(LabelDefinition label) =>
        label.HorizonDays > 0 ? $"within {label.HorizonDays} days" : "within the time its table covers";

    static string Days(ModelDescription about) =>
        about.SnapshotDays.Count == 0
            ? "without a time"
            : Invariant($"as of {about.SnapshotDays[0]:yyyy-MM-dd} to {about.SnapshotDays[^1]:yyyy-MM-dd}");

    internal static string Kind(ModelDescription about) =>
        about.Calibrator switch
        {
            Calibration.PlattCalibrator => "Platt",
            Calibration.BetaCalibrator => "beta",
            Calibration.IsotonicCalibrator => "isotonic",
            _ => "none, too few positives",
        };

    static string Number(double value) => double.IsNaN(value) ? "unknown" : Invariant($"{value:0.000}");

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
