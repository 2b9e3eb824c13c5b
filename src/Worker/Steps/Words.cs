using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Mail.Returns;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps.Ahead;

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
            $"{ingested} new files, {known} known, {refused} refused; {report.Read:N0} rows read = {report.Accepted:N0} accepted + {report.Rejected:N0} rejected + {report.Duplicate:N0} duplicate{OfErased(report.Erased)}"
        );
    }

    /// <summary>Said only where there are any: most homes have erased nobody.</summary>
    internal static string OfErased(long rows) => rows == 0 ? "" : Text($" + {rows:N0} of erased contacts");

    internal static string Of(HomeErasure erasure) =>
        Text(
            $"{erasure.Lake.Ids.Count:N0} ids with {erasure.Lake.Subjects:N0} addresses and devices; removed {erasure.Lake.Rows:N0} rows of the lake, {erasure.Positions:N0} positions, {erasure.Scores:N0} scores, {erasure.Lists:N0} leads on lists"
        );

    internal static string Of(Retention retention) =>
        retention.Traces + retention.Visitors == 0
            ? Text($"no trace is older than {retention.From:yyyy-MM-dd HH:mm}Z, from which on they are kept")
            : Text(
                $"{retention.Traces:N0} traces of contacts and {retention.Visitors:N0} of visitors from before {retention.From:yyyy-MM-dd HH:mm}Z were dropped"
            );

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

    internal static string Of(AheadOutcome ahead) =>
        ahead.WaitsFor is { } held ? $"waits for the {held} to be over"
        : ahead.Heard == 0 ? "nobody has said anything new"
        : Text(
            $"{ahead.Heard:N0} have said something, {ahead.Moved:N0} moved, {ahead.FollowUps:N0} follow-ups planned, {ahead.Leads:N0} new on this week's lists"
        );

    internal static string Of(IReadOnlyList<ListFigures> lists) =>
        Text($"{lists.Count} lists, {lists.Sum(list => list.Leads):N0} leads");

    /// <summary>Only what there is: an officer has ten seconds.</summary>
    internal static string Of(DispatchFigures figures)
    {
        string[] parts =
        [
            Text($"{figures.Sent:N0} sent"),
            ByCause(figures.Waiting, "waiting"),
            ByCause(figures.Lapsed, "lapsed"),
            Counted(figures.Done, "calls done"),
            Counted(figures.Unreachable + figures.Left, "not taken by the server"),
            Counted(figures.Uncertain, "uncertain"),
        ];
        return $"{Called(figures.Municipality)}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    internal static string Of(MailboxFigures figures) =>
        Text(
            $"{figures.Hard:N0} addresses that lead nowhere, {figures.Soft:N0} returned for now, {figures.Complaints:N0} complaints, {figures.Stops:N0} stops, {figures.Strange + figures.Unreadable:N0} left to a person"
        );

    static string Called(int municipality) => Municipality.Find(municipality)?.Name ?? "no municipality";

    static string Counted(int count, string what) => count == 0 ? "" : Text($"{count:N0} {what}");

    static string ByCause(IReadOnlyDictionary<string, int> counts, string what) =>
        counts.Count == 0
            ? ""
            : Text(
                $"{counts.Values.Sum():N0} {what} ({string.Join(", ", counts.Select(c => Text($"{c.Value} {c.Key.Replace('_', ' ')}")))})"
            );

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
