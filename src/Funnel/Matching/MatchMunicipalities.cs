using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>Ranks the municipalities for one contact.</summary>
/// <remarks>
/// share(m) = (points(m) + K prior(m)) / (points + K): the posterior mean of a multinomial under a Dirichlet prior with
/// mean <see cref="RegionalPrior"/> and weight <see cref="PriorPoints"/> (empirical Bayes; Robbins 1956, Casella 1985).
/// One page read moves a contact a little off the region, a declared wish moves it all the way.
/// A contact without any evidence goes where there are hands: see <see cref="SpreadByPlaces"/>.
/// </remarks>
public static class MatchMunicipalities
{
    /// <summary>K: the region's leaning weighs as much as ten points of the contact's own evidence.</summary>
    public const double PriorPoints = 10;

    /// <param name="evidence">Any number of municipalities, each at most once; codes outside the 14 are passed over.</param>
    /// <param name="declinedBy">Municipalities that handed the contact back: never named again.</param>
    /// <returns>Null when all 14 are out.</returns>
    public static MunicipalityFit? Match(
        ContactId contact,
        IReadOnlyList<MunicipalityEvidence> evidence,
        RegionalPrior prior,
        PolicySet policies,
        IReadOnlyCollection<int>? declinedBy = null
    )
    {
        var open = Municipality.All.Where(m => declinedBy?.Contains(m.Code) != true).ToList();
        if (open.Count == 0)
            return null;
        var byCode = evidence.ToDictionary(e => e.Municipality);
        var points = open.ToDictionary(m => m.Code, m => byCode.GetValueOrDefault(m.Code).Points);
        var total = points.Values.Sum();
        var weight = open.Sum(m => prior.Share(m.Code));
        double Share(int code) => (points[code] + PriorPoints * prior.Share(code) / weight) / (total + PriorPoints);

        var codes = open.Select(m => m.Code);
        List<int> ranked =
            total > 0
                ? [.. codes.OrderByDescending(Share).ThenBy(code => code)]
                : SpreadByPlaces.Ranked(contact, [.. codes], policies);
        var (best, second) = (ranked[0], ranked.Count > 1 ? ranked[1] : 0);
        var (why, whySwedish) = FitText.Of(best, byCode.GetValueOrDefault(best), total > 0);
        return new(best, Share(best), second, second == 0 ? 0 : Share(second), why, whySwedish);
    }

    /// <summary>The shares of all 14 in the order of their codes, those included that handed the contact back.</summary>
    public static double[] Shares(IReadOnlyList<MunicipalityEvidence> evidence, RegionalPrior prior)
    {
        var byCode = evidence.ToDictionary(e => e.Municipality);
        double[] points = [.. Municipality.All.Select(m => byCode.GetValueOrDefault(m.Code).Points)];
        var total = points.Sum() + PriorPoints;
        return [.. Municipality.All.Select((m, i) => (points[i] + PriorPoints * prior.Share(m.Code)) / total)];
    }
}
