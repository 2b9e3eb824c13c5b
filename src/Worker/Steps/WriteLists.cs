using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps.Ahead;
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
    readonly Newcomers _newcomers = Newcomers.Of(night, store, scores);

    readonly ILookup<(ContactId, int), FollowUp> _due = store
        .FollowUpsPlanned()
        .Select(planned => planned.FollowUp)
        .ToLookup(planned => (planned.Contact, planned.Municipality));

    internal IReadOnlyList<LeadList> All()
    {
        var week = store.ListPlaces(IsoWeek.Of(scores.AsOf).ToString()).Where(place => !place.HasLeft).ToList();
        var listed = week.Select(place => place.Contact).ToHashSet();
        var byContact = scores
            .Scores.Select(score => score.Score)
            .Where(score => listed.Contains(score.Contact))
            .Concat(_newcomers.Scores)
            .ToDictionary(score => score.Contact);
        var places = week.Where(place => byContact.ContainsKey(place.Contact) && IsOpen(place))
            .OrderBy(place => place.Part == Part.Explored)
            .ThenByDescending(place => byContact[place.Contact].Likelihood)
            .ThenByDescending(place => byContact[place.Contact].RawScore)
            .ThenBy(place => place.Contact)
            .ToList();
        var prior = MatchContacts.Prior(facts);
        var origins = Origins.Read(
            night.Lake,
            night.Settings,
            places.Select(place => place.Contact),
            _newcomers.Until,
            night.Cancellation
        );
        return
        [
            .. places
                .GroupBy(place => place.Municipality)
                .Select(list => new LeadList(
                    list.Key,
                    [
                        .. list.Select(
                            (place, i) =>
                                Row(place, i + 1, byContact[place.Contact], prior) with
                                {
                                    Origin = origins.GetValueOrDefault(place.Contact)?.Text(language) ?? "",
                                }
                        ),
                    ]
                )),
        ];
    }

    /// <summary>Shown only while the dialogue is open, the contact agrees to be shown and was not handed back.</summary>
    bool IsOpen(ListPlace place) =>
        Of(place.Contact).Standings.GetValueOrDefault(place.Contact) is { MayShare: true } standing
        && !standing.DeclinedBy.Contains(place.Municipality)
        && _positions.TryGetValue(place.Contact, out var position)
        && position.Stage <= Stage.Action;

    NightFacts Of(ContactId contact) => _newcomers.FactsOf(contact) ?? facts;

    LeadRow Row(ListPlace place, int rank, LeadScore score, RegionalPrior prior)
    {
        var fit = MatchMunicipalities.At(
            place.Municipality,
            place.Contact,
            Of(place.Contact).Shown(place.Contact),
            prior,
            night.Policies,
            Of(place.Contact).Standings[place.Contact].DeclinedBy
        );
        var likelihood = new Likelihood(score.Likelihood, night.Model.Description.BaseRate, scores.ModelId);
        var lead = new Lead(
            place.Municipality,
            rank,
            place.Contact,
            likelihood,
            _positions[place.Contact].Stage,
            place.Household,
            IsNew: false,
            fit.NextFitsBetter,
            place.Part
        );
        var next = _due[(place.Contact, place.Municipality)].FirstOrDefault();
        return LeadRow.Of(lead, score, [.. score.Reasons.Select(_reasons.Line)], fit, next, scores.AsOf, language);
    }
}
