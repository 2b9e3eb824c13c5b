using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using static LeadScoring.Scoring.Reporting.Markup;

namespace LeadScoring.Scoring.Reporting;

/// <summary>A model's evaluation as one self-contained page: no script, no picture, nothing to load.</summary>
public static class ReportPage
{
    /// <summary>The same model gives the same page. All text from the table (names, levels) is encoded.</summary>
    public static string Html(TrainedModel model)
    {
        var (about, judged) = (model.Description, model.Evaluation);
        return PageTemplate.Fill(
            typeof(ReportPage).Assembly,
            "LeadScoring.Scoring.Reporting.report.html",
            Parts(about, judged)
        );
    }

    static IEnumerable<(string Name, string Html)> Parts(ModelDescription about, ModelEvaluation judged) =>
        [
            ("id", Text(about.Id)),
            ("headline", Text(ReportWords.Headline(judged))),
            ("lead", Text(ReportWords.Lead(about, judged))),
            ("warnings", Warnings(judged)),
            ("tiles", Tiles(judged)),
            ("testRows", Count(judged.Test.Rows)),
            ("forest", Charts.Forest(judged)),
            ("baselines", Baselines(judged)),
            ("calibration", Charts.Calibration(judged)),
            ("gains", Charts.Gains(judged)),
            ("driftText", Text(ReportWords.Drift(judged))),
            ("drift", Charts.Drift(judged)),
            ("driftKey", judged.Drift.Count == 0 ? "" : DriftKey),
            ("features", Charts.Features(judged)),
            ("rates", SeenRates.Of(about, judged)),
            ("figures", Figures(judged)),
            ("splitText", Text(ReportWords.Split(about, judged))),
            ("parts", Split(judged)),
            ("footer", Text(ReportWords.Footer(about))),
        ];

    const string DriftKey =
        "<p><span class=\"key\" style=\"background:var(--own)\"></span>training"
        + "<span class=\"key\" style=\"background:var(--other)\"></span>between (horizon still running at the first test day)"
        + "<span class=\"key\" style=\"background:var(--test)\"></span>test</p>";

    static string Warnings(ModelEvaluation judged) =>
        judged.Warnings.Count == 0
            ? ""
            : "<section class=\"warnings\"><h2>Before you use it</h2><ul>"
                + string.Concat(judged.Warnings.Select(warning => $"<li>{Text(warning)}</li>"))
                + "</ul></section>";

    static string Tiles(ModelEvaluation judged) =>
        Tile(Number(judged.Auc, 3), $"ROC-AUC, best baseline {Number(judged.BaselineAuc, 3)}")
        + Tile($"{Number(judged.Lift10, 1)} x", "as many positives in the top 10 % of the list as in any 10 %")
        + Tile(
            Percent(judged.PrecisionAtCapacity),
            $"of the {Count(judged.Capacity)} highest of a day were positive, against {Percent(judged.Test.Rate)} of all"
        )
        + Tile($"± {Percent(judged.Ece)}", "mean distance of the likelihoods from what happened");

    static string Baselines(ModelEvaluation judged) =>
        Table(
            ["Baseline", "ROC-AUC", "The model is better by", "95 % interval of that"],
            judged.Baselines.Select(b =>
                (IEnumerable<string>)
                    [
                        b.Name,
                        Number(b.Auc, 3),
                        Number(b.AucDelta, 3),
                        $"{Number(b.AucDeltaLow, 3)} to {Number(b.AucDeltaHigh, 3)}",
                    ]
            )
        );

    static string Figures(ModelEvaluation j) =>
        Table(
            ["Figure on the held-out rows", "Value", "95 % interval"],
            [
                Figure("ROC-AUC (1 is best, 0.5 a coin toss)", j.Auc, j.AucLow, j.AucHigh),
                Figure("PR-AUC (the positive rate is a coin toss)", j.PrAuc, j.PrAucLow, j.PrAucHigh),
                Figure("Lift in the top 1 %", j.Lift1, j.Lift1Low, j.Lift1High),
                Figure("Lift in the top 5 %", j.Lift5, j.Lift5Low, j.Lift5High),
                Figure("Lift in the top 10 %", j.Lift10, j.Lift10Low, j.Lift10High),
                Figure(
                    $"Precision at capacity ({Count(j.Capacity)} a day)",
                    j.PrecisionAtCapacity,
                    j.PrecisionAtCapacityLow,
                    j.PrecisionAtCapacityHigh
                ),
                Figure("Log loss (0 is best)", j.LogLoss, j.LogLossLow, j.LogLossHigh),
                Figure("Brier score (0 is best)", j.Brier, j.BrierLow, j.BrierHigh),
                Figure("Calibration error (0 is best)", j.Ece, j.EceLow, j.EceHigh),
            ]
        );

    static IEnumerable<string> Figure(string name, double value, double low, double high) =>
        [name, Number(value, 3), $"{Number(low, 3)} to {Number(high, 3)}"];

    static string Split(ModelEvaluation judged) =>
        Table(
            ["Part", "From", "To", "Rows", "Positive", "Rate"],
            [
                Part("Training", judged.Train),
                Part("Validation (of the training)", judged.Validation),
                Part("Test", judged.Test),
            ]
        );

    static IEnumerable<string> Part(string name, EvaluationPart part) =>
        [
            name,
            part.From is { } from ? Charts.Day(from) : "",
            part.To is { } to ? Charts.Day(to) : "",
            Count(part.Rows),
            Count(part.Positives),
            Percent(part.Rate),
        ];
}
