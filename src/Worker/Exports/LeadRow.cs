using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Worker.Exports;

/// <summary>One municipality's list as it is handed out.</summary>
/// <param name="Municipality">Official code.</param>
/// <param name="Leads">By rank; may be empty.</param>
public sealed record LeadList(int Municipality, IReadOnlyList<LeadRow> Leads);

/// <summary>One line of a list: whom to call, how likely, and why.</summary>
/// <param name="Reasons">In words, strongest first; up to three are shown.</param>
/// <param name="WhyThisMunicipality">In words, with what chance or others' needs had to do with it.</param>
/// <param name="RunnerUp">Name of the best fit of all other municipalities, empty when none is left.</param>
/// <param name="WhyRunnerUp">Why that one, in words.</param>
/// <param name="DueFollowUp">What is to be done next, null when nothing is planned.</param>
/// <param name="DueOn">Day (Europe/Stockholm) from which it may be done.</param>
public sealed record LeadRow(
    int Rank,
    ContactId Contact,
    double Likelihood,
    double Low,
    double High,
    char Grade,
    Stage Stage,
    IReadOnlyList<string> Reasons,
    string WhyThisMunicipality,
    string RunnerUp,
    string WhyRunnerUp,
    FollowUpKind? DueFollowUp,
    DateOnly? DueOn,
    string Model,
    DateOnly AsOf
)
{
    /// <summary>Where the lead came from, in words; empty when nothing is known of it.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The line of a lead.</summary>
    /// <param name="reasons">The score's reasons in words.</param>
    /// <param name="language">What the choice of municipality is told in.</param>
    /// <param name="due">The earliest follow-up still planned with this municipality, null when there is none.</param>
    public static LeadRow Of(
        Lead lead,
        LeadScore score,
        IReadOnlyList<string> reasons,
        PlaceFit fit,
        FollowUp? due,
        DateOnly asOf,
        ReasonLanguage language
    ) =>
        new(
            lead.Rank,
            lead.Contact,
            score.Likelihood,
            score.Low,
            score.High,
            score.Grade,
            lead.Stage,
            reasons,
            Why(lead, fit, language),
            Name(fit.Next),
            language == ReasonLanguage.Swedish ? fit.NextWhySwedish : fit.NextWhy,
            due?.Kind,
            due is null ? null : StockholmTime.Day(due.DueAt),
            lead.Likelihood.ModelId,
            asOf
        );

    static string Why(Lead lead, PlaceFit fit, ReasonLanguage language)
    {
        var isSwedish = language == ReasonLanguage.Swedish;
        var why = isSwedish ? fit.WhySwedish : fit.Why;
        if (lead.Part == Part.Explored)
            return isSwedish
                ? $"lottad trots låg sannolikhet, för att se vad samtal ger: {why}"
                : $"drawn by lot though unlikely, to see what calls bring: {why}";
        if (!lead.IsRunnerUp)
            return why;
        return isSwedish
            ? $"{why} ({Name(fit.Next)} passar bättre, men platserna där går till andra)"
            : $"{why} ({Name(fit.Next)} fits better, but its places go to others)";
    }

    static string Name(int code) => Municipality.Find(code)?.Name ?? "";
}
