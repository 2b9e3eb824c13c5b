using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Worker.Steps;

/// <summary>What came of a step, in one line.</summary>
static class Words
{
    internal static string Of(IngestReport report)
    {
        var known = report.Files.Count(file => file.State == FileState.Known);
        var ingested = report.Files.Count(file => file.State == FileState.Ingested);
        var refused = report.Refused.Count();
        return Text(
            $"{ingested} new files, {known} known, {refused} refused; {report.Read:N0} rows read = {report.Accepted:N0} accepted + {report.Rejected:N0} rejected + {report.Duplicate:N0} duplicate"
        );
    }

    internal static string Of(StoredModel model)
    {
        var figures = Figures(model);
        return Text(
            $"{model.Id}: {model.Description.Rows:N0} rows, {model.Description.Positives:N0} positive, {model.Trees.Features.Count} features; AUC {figures.Auc:0.000} ({figures.AucLow:0.000} to {figures.AucHigh:0.000}), best baseline {figures.BaselineAuc:0.000}, ECE {figures.Ece:0.0000}"
        );
    }

    internal static string Of(NightFacts facts) =>
        Text(
            $"{facts.Standings.Count:N0} contacts, {facts.WithoutConsent:N0} without consent to be scored; {facts.Signals.Sum(pair => pair.Value.Count):N0} new signals"
        );

    internal static string Of(ScoreRun scores, NightFacts facts) =>
        Text(
            $"{scores.Scores.Count:N0} contacts scored as of {scores.AsOf:yyyy-MM-dd} by {scores.ModelId}, {facts.WithoutConsent:N0} left out for want of consent"
        );

    internal static string Of(FunnelOutcome funnel) =>
        funnel.Repeated
            ? Text($"as before (same day, lake, model and policies); {funnel.Leads:N0} leads on this week's lists")
            : Text(
                $"{funnel.Moved:N0} moved, {funnel.FollowUps:N0} follow-ups planned, {funnel.Leads:N0} leads on this week's lists"
            );

    internal static string Of(IReadOnlyList<ListFigures> lists) =>
        Text($"{lists.Count} lists, {lists.Sum(list => list.Leads):N0} leads");

    internal static ModelFigures Figures(TrainedModel model) =>
        new(
            model.Id,
            model.Evaluation.Auc,
            model.Evaluation.AucLow,
            model.Evaluation.AucHigh,
            model.Evaluation.Ece,
            model.Evaluation.BaselineAuc,
            model.Evaluation.Verdict
        );

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
