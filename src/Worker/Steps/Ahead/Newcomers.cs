using LeadScoring.Funnel.Capacity;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps.Ahead;

/// <summary>Contacts on a list of the week who came after the last night's scores: scored as of the last look.</summary>
sealed class Newcomers
{
    readonly FewContacts? _few;

    Newcomers(DateTime until, FewContacts? few) => (Until, _few) = (until, few);

    /// <summary>The instant (UTC) up to which the lists know what contacts have done.</summary>
    public DateTime Until { get; }

    public IEnumerable<LeadScore> Scores => _few?.Scores.Scores.Select(score => score.Score) ?? [];

    /// <summary>Those of a newcomer, null for anybody else.</summary>
    public NightFacts? FactsOf(ContactId contact) =>
        _few?.Facts.Standings.ContainsKey(contact) == true ? _few.Facts : null;

    public static Newcomers Of(Night night, LeadStore store, ScoreRun scores)
    {
        if (store.LastLook() is not { } look || look.Night != scores.AsOf)
            return new(night.AsOf.Instant, null);
        var seen = AsOf.Of(look.SeenAsOf, night.Settings, TimeProvider.System);
        var scored = scores.Scores.Select(score => score.Score.Contact).ToHashSet();
        ContactId[] missing =
        [
            .. store
                .ListPlaces(IsoWeek.Of(scores.AsOf).ToString())
                .Where(place => !place.HasLeft)
                .Select(place => place.Contact)
                .Distinct()
                .Where(contact => !scored.Contains(contact)),
        ];
        return new(
            seen.Instant,
            missing.Length > 0 && store.Leaning() is { } leaning
                ? FewContacts.Read(night with { AsOf = seen }, missing, seen: null, leaning, scores.AsOf)
                : null
        );
    }
}
