using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>Writes each municipality's list of the week: who, how likely, why, what next.</summary>
public static class WriteLists
{
    /// <summary>Writes them below the home's <c>exports</c>.</summary>
    public static IReadOnlyList<ListFigures> Run(Night night, LeadStore store, NightFacts facts, ScoreRun scores) =>
        Run(night, store, facts, scores, night.Home.Exports, ExportFormat.Csv, only: null, ReasonLanguage.English);

    /// <param name="exports">The folder the day's folder lies in.</param>
    /// <param name="only">Code of the one municipality whose list is written, null for all 14.</param>
    /// <param name="language">What reasons are told in; headings and codes stay as they are.</param>
    public static IReadOnlyList<ListFigures> Run(
        Night night,
        LeadStore store,
        NightFacts facts,
        ScoreRun scores,
        string exports,
        ExportFormat format,
        int? only,
        ReasonLanguage language
    )
    {
        var lists = new ListRows(night, store, facts, scores, language).All();
        return
        [
            .. LeadListFile
                .Write(exports, scores.AsOf, lists, format, only)
                .Select(file => new ListFigures(file.Municipality.Name, file.Municipality.Code, file.Leads, file.Path)),
        ];
    }
}

/// <summary>The lines of this week's lists, from the store's places and the day's scores.</summary>
sealed class ListRows(Night night, LeadStore store, NightFacts facts, ScoreRun scores, ReasonLanguage language)
{
    readonly IReadOnlyDictionary<ContactId, FunnelPosition> _positions = store.Positions();
    readonly ReasonLines _reasons = new(night.Model.Description, language);

    readonly ILookup<(ContactId, int), FollowUp> _due = store
        .FollowUpsPlanned()
        .Select(planned => planned.FollowUp)
        .ToLookup(planned => (planned.Contact, planned.Municipality));

    internal IReadOnlyList<LeadList> All()
    {
        var byContact = scores.Scores.ToDictionary(score => score.Score.Contact, score => score.Score);
        var places = store
            .ListPlaces(IsoWeek.Of(scores.AsOf).ToString())
            .Where(place => !place.HasLeft && byContact.ContainsKey(place.Contact) && IsOpen(place.Contact))
            .OrderBy(place => byContact[place.Contact].Rank)
            .ToList();
        var fits = MatchContacts.Run(places.Select(place => place.Contact), facts, night.Policies);
        return
        [
            .. places
                .GroupBy(place => place.Municipality)
                .Select(list => new LeadList(
                    list.Key,
                    [.. list.Select((place, i) => Row(place, i + 1, byContact[place.Contact], fits[place.Contact]))]
                )),
        ];
    }

    /// <summary>Shown only while the dialogue is open and the contact agrees to be shown.</summary>
    bool IsOpen(ContactId contact) =>
        facts.Standings.GetValueOrDefault(contact)?.MayShare == true
        && _positions.TryGetValue(contact, out var position)
        && position.Stage <= Stage.Action;

    LeadRow Row(ListPlace place, int rank, LeadScore score, MunicipalityFit fit)
    {
        var likelihood = new Likelihood(score.Likelihood, night.Model.Description.BaseRate, scores.ModelId);
        var lead = new Lead(
            place.Municipality,
            rank,
            place.Contact,
            likelihood,
            _positions[place.Contact].Stage,
            place.Household,
            IsNew: false,
            IsRunnerUp: place.Municipality != fit.Best
        );
        var next = _due[(place.Contact, place.Municipality)].FirstOrDefault();
        return LeadRow.Of(lead, score, [.. score.Reasons.Select(_reasons.Line)], fit, next, scores.AsOf, language);
    }
}
