using LeadScoring.Funnel;
using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>All that stands behind one contact's place: for the officer, the analyst and the contact itself.</summary>
/// <param name="BaseRate">Share that relocated among all rows the model learnt from.</param>
public sealed record Explanation(
    string Contact,
    DateOnly AsOf,
    string Model,
    double BaseRate,
    LeadScore? Score,
    IReadOnlyList<string> Reasons,
    FunnelPosition? Position,
    Standing Standing,
    MunicipalityFit? Fit,
    IReadOnlyList<StageChange> History,
    IReadOnlyList<StoredFollowUp> FollowUps
);

/// <summary>Gathers what is known of one contact.</summary>
public static class ExplainContact
{
    /// <param name="language">What the reasons are told in.</param>
    /// <exception cref="WorkerException">Neither lake nor store knows the contact.</exception>
    public static Explanation Run(Night night, LeadStore store, ContactId contact, ReasonLanguage language)
    {
        var facts = Facts(night, store, contact);
        var position = store.PositionOf(contact);
        if (!facts.Standings.TryGetValue(contact, out var standing) && position is null)
        {
            throw new WorkerException(
                $"Contact {contact} is not known to this home. Contacts are named by their id in the register; "
                    + "see the column contact of a list."
            );
        }
        var scores = ScoreFile.ReadSome(night.Home.Path, night.AsOf.Day, [contact], buckets: null, night.Cancellation);
        var score = scores.Scores.SingleOrDefault()?.Score;
        var fit = MatchContacts.Run([contact], facts, night.Policies).GetValueOrDefault(contact);
        var reasons = new ReasonLines(night.Model.Description, language);
        return new(
            contact.Value,
            scores.AsOf,
            scores.ModelId,
            night.Model.Description.BaseRate,
            score,
            [.. (score?.Reasons ?? []).Select(reasons.Line)],
            position,
            standing ?? new(false, false, null, [], null),
            fit,
            store.History(contact),
            store.FollowUpsOf(contact)
        );
    }

    // How all lean is known from the last night; as of another day everyone's facts must tell.
    static NightFacts Facts(Night night, LeadStore store, ContactId contact) =>
        store.Watermark()?.AsOf == night.AsOf.Day && store.Leaning() is { } leaning
            ? night.FactsOf(contact, leaning)
            : night.Facts();
}
