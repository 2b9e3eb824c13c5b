using LeadScoring.Funnel;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
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
    public static IReadOnlyList<ListFigures> Run(Night night, LeadStore store, NightFacts facts) =>
        Run(night, store, facts, night.Home.Exports, ExportFormat.Csv, only: null, ReasonLanguage.English);

    /// <param name="exports">The folder the day's folder lies in.</param>
    /// <param name="only">Code of the one municipality whose list is written, null for all 14.</param>
    /// <param name="language">What reasons are told in; headings and codes stay as they are.</param>
    public static IReadOnlyList<ListFigures> Run(
        Night night,
        LeadStore store,
        NightFacts facts,
        string exports,
        ExportFormat format,
        int? only,
        ReasonLanguage language
    )
    {
        var lists = new ListRows(night, store, facts, language).All();
        return
        [
            .. LeadListFile
                .Write(exports, night.AsOf.Day, lists, format, only)
                .Select(file => new ListFigures(file.Municipality.Name, file.Municipality.Code, file.Leads, file.Path)),
        ];
    }
}

/// <summary>The lines of this week's lists, from the store's places and the day's scores of those who have one.</summary>
sealed class ListRows(Night night, LeadStore store, NightFacts facts, ReasonLanguage language)
{
    readonly ReasonLines _reasons = new(night.Model.Description, language);

    internal IReadOnlyList<LeadList> All()
    {
        var given = store.ListPlaces(IsoWeek.Of(night.AsOf.Day).ToString());
        var scores = ScoreFile.ReadSome(
            night.Home.Path,
            night.AsOf.Day,
            given.Select(place => place.Contact).Distinct(),
            night.Cancellation
        );
        var byContact = scores.Scores.ToDictionary(score => score.Score.Contact, score => score.Score);
        var places = given
            .Where(place => !place.HasLeft && byContact.ContainsKey(place.Contact))
            .Select(place => (Place: place, Position: store.PositionOf(place.Contact)))
            .Where(one => IsOpen(one.Place, one.Position))
            .OrderBy(one => one.Place.Part == Part.Explored)
            .ThenBy(one => byContact[one.Place.Contact].Rank)
            .ToList();
        var prior = MatchContacts.Prior(facts);
        return
        [
            .. places
                .GroupBy(one => one.Place.Municipality)
                .Select(list => new LeadList(
                    list.Key,
                    [
                        .. list.Select(
                            (one, i) =>
                                Row(
                                    one.Place,
                                    i + 1,
                                    one.Position!.Stage,
                                    byContact[one.Place.Contact],
                                    scores.ModelId,
                                    prior
                                )
                        ),
                    ]
                )),
        ];
    }

    /// <summary>Shown only while the dialogue is open, the contact agrees to be shown and was not handed back.</summary>
    bool IsOpen(ListPlace place, FunnelPosition? position) =>
        facts.Standings.GetValueOrDefault(place.Contact) is { MayShare: true } standing
        && !standing.DeclinedBy.Contains(place.Municipality)
        && position is { Stage: <= Stage.Action };

    LeadRow Row(ListPlace place, int rank, Stage stage, LeadScore score, string model, RegionalPrior prior)
    {
        var fit = MatchMunicipalities.At(
            place.Municipality,
            place.Contact,
            facts.Shown(place.Contact),
            prior,
            night.Policies,
            facts.Standings[place.Contact].DeclinedBy
        );
        var likelihood = new Likelihood(score.Likelihood, night.Model.Description.BaseRate, model);
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
        return LeadRow.Of(lead, score, [.. score.Reasons.Select(_reasons.Line)], fit, next, night.AsOf.Day, language);
    }
}
