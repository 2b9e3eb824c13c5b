using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
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
    public static IReadOnlyList<ListFigures> Run(Night night, LeadStore store, NightFacts facts) =>
        Run(
            night,
            store,
            facts,
            Listed(night, store),
            night.Home.Exports,
            ExportFormat.Csv,
            only: null,
            ReasonLanguage.English
        );

    /// <param name="scores">Of whoever has a place, with reasons; others are not looked at.</param>
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

    /// <summary>The night's scores of those who have a place this week, with their reasons.</summary>
    public static ScoreRun Listed(Night night, LeadStore store) =>
        ScoreFile.ReadSome(
            night.Home.Path,
            night.AsOf.Day,
            store.ListPlaces(IsoWeek.Of(night.AsOf.Day).ToString()).Select(place => place.Contact).Distinct(),
            night.Lake.Buckets,
            night.Cancellation
        );
}

/// <summary>The lines of this week's lists, from the store's places and the day's scores of those who have one.</summary>
sealed class ListRows(Night night, LeadStore store, NightFacts facts, ScoreRun scores, ReasonLanguage language)
{
    readonly ReasonLines _reasons = new(night.Model.Description, language);
    readonly Newcomers _newcomers = Newcomers.Of(night, store, scores);

    internal IReadOnlyList<LeadList> All()
    {
        var byContact = scores
            .Scores.Select(score => score.Score)
            .Concat(_newcomers.Scores)
            .ToDictionary(score => score.Contact);
        var places = store
            .ListPlaces(IsoWeek.Of(scores.AsOf).ToString())
            .Where(place => !place.HasLeft && byContact.ContainsKey(place.Contact))
            .Select(place => (Place: place, Stage: store.PositionOf(place.Contact)?.Stage))
            .Where(one => one.Stage <= Stage.Action && MayBeShown(one.Place))
            .OrderBy(one => one.Place.Part == Part.Explored)
            .ThenByDescending(one => byContact[one.Place.Contact].Likelihood)
            .ThenByDescending(one => byContact[one.Place.Contact].RawScore)
            .ThenBy(one => one.Place.Contact)
            .ToList();
        var prior = MatchContacts.Prior(facts);
        var origins = Origins.Read(
            night.Lake,
            night.Settings,
            places.Select(one => one.Place.Contact),
            _newcomers.Until,
            night.Cancellation
        );
        return
        [
            .. places
                .GroupBy(one => one.Place.Municipality)
                .Select(list => new LeadList(
                    list.Key,
                    [
                        .. list.Select(
                            (one, i) =>
                                Row(one.Place, i + 1, one.Stage!.Value, byContact[one.Place.Contact], prior) with
                                {
                                    Origin = origins.GetValueOrDefault(one.Place.Contact)?.Text(language) ?? "",
                                }
                        ),
                    ]
                )),
        ];
    }

    /// <summary>Shown only while the contact agrees to be shown and was not handed back.</summary>
    bool MayBeShown(ListPlace place) =>
        Of(place.Contact).Standings.GetValueOrDefault(place.Contact) is { MayShare: true } standing
        && !standing.DeclinedBy.Contains(place.Municipality);

    NightFacts Of(ContactId contact) => _newcomers.FactsOf(contact) ?? facts;

    LeadRow Row(ListPlace place, int rank, Stage stage, LeadScore score, RegionalPrior prior)
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
            stage,
            place.Household,
            IsNew: false,
            fit.NextFitsBetter,
            place.Part
        );
        var next = store
            .FollowUpsOf(place.Contact)
            .FirstOrDefault(one =>
                one.State == FollowUpState.Planned && one.FollowUp.Municipality == place.Municipality
            )
            ?.FollowUp;
        return LeadRow.Of(lead, score, [.. score.Reasons.Select(_reasons.Line)], fit, next, scores.AsOf, language);
    }
}
