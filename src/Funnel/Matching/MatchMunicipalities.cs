using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>Ranks the municipalities for one contact.</summary>
/// <remarks>
/// A nested Dirichlet: first the size of the place, then the place among those of its size. With p(m) the contact's points, k
/// the class of m, sums over a class in capitals, q the region's leaning for contacts with its reasons for moving and K ten points,
///   share(m) = (P_k + K Q_k) / (P + K) * (p(m) + K q(m)) / (P_k + K Q_k),
/// the posterior mean under <see cref="RegionalPrior"/> (empirical Bayes; Robbins 1956, Casella 1985). Were points the same in
/// both factors, the class would cancel out. They differ in what a point of reading is worth (<see cref="Shrinkage"/>): somebody
/// who reads of many small places shows a liking for small places before it shows one for any of them.
/// One page read moves a contact a little off the region, a declared wish moves it all the way.
/// A contact without any evidence goes where there are hands: see <see cref="SpreadByPlaces"/>.
/// </remarks>
public static class MatchMunicipalities
{
    /// <summary>K: the region's leaning weighs as much as ten points of the contact's own evidence.</summary>
    public const double PriorPoints = 10;

    /// <param name="declinedBy">Municipalities that handed the contact back: never named again.</param>
    /// <returns>Null when all 14 are out.</returns>
    public static MunicipalityFit? Match(
        ContactId contact,
        ContactEvidence evidence,
        RegionalPrior prior,
        PolicySet policies,
        IReadOnlyCollection<int>? declinedBy = null
    )
    {
        var (ranked, shares) = Ranked(contact, evidence, prior, policies, declinedBy);
        if (ranked.Count == 0)
            return null;
        var (best, second) = (ranked[0], ranked.Count > 1 ? ranked[1] : 0);
        var (why, whySwedish) = FitText.Of(best, evidence, prior);
        return new(best, shares[best], second, second == 0 ? 0 : shares[second], why, whySwedish);
    }

    /// <summary>The contact as one municipality sees it, whether it fits best there or not.</summary>
    public static PlaceFit At(
        int municipality,
        ContactId contact,
        ContactEvidence evidence,
        RegionalPrior prior,
        PolicySet policies,
        IReadOnlyCollection<int>? declinedBy = null
    )
    {
        var (ranked, shares) = Ranked(contact, evidence, prior, policies, declinedBy);
        var next = ranked.FirstOrDefault(code => code != municipality);
        var own = shares.GetValueOrDefault(municipality);
        var (why, whySwedish) = FitText.Of(municipality, evidence, prior);
        var (nextWhy, nextWhySwedish) = next == 0 ? ("", "") : FitText.Of(next, evidence, prior);
        return new(
            municipality,
            why,
            whySwedish,
            next,
            nextWhy,
            nextWhySwedish,
            NextFitsBetter: next != 0 && HasShown(evidence) && shares[next] > own + 1e-12
        );
    }

    /// <summary>The shares of all 14 in the order of their codes, those included that handed the contact back.</summary>
    public static double[] Shares(ContactEvidence evidence, RegionalPrior prior) =>
        [.. SharesOf(Municipality.All, evidence, prior).Values];

    /// <summary>The municipalities still open to the contact, best first, with their shares.</summary>
    static (List<int> Ranked, Dictionary<int, double> Shares) Ranked(
        ContactId contact,
        ContactEvidence evidence,
        RegionalPrior prior,
        PolicySet policies,
        IReadOnlyCollection<int>? declinedBy
    )
    {
        var open = Municipality.All.Where(m => declinedBy?.Contains(m.Code) != true).ToList();
        var shares = SharesOf(open, evidence, prior);
        var shown = open.Any(m => evidence.At(m.Code).Points > 0);
        return (
            shown
                ? [.. shares.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => s.Key)]
                : SpreadByPlaces.Ranked(contact, [.. shares.Keys], policies),
            shares
        );
    }

    static bool HasShown(ContactEvidence evidence) => Municipality.All.Any(m => evidence.At(m.Code).Points > 0);

    /// <summary>By code; the shares of these municipalities, be they all 14 or fewer, add up to 1.</summary>
    static Dictionary<int, double> SharesOf(
        IReadOnlyList<Municipality> open,
        ContactEvidence evidence,
        RegionalPrior prior
    )
    {
        var mean = prior.Mean(evidence.Drivers);
        var (trustClass, trustWithin) = (PriorPoints / prior.Shrinkage.Class, PriorPoints / prior.Shrinkage.Within);
        var pages = Municipality.All.Sum(m => evidence.At(m.Code).Read);
        var places = new Odds[open.Count];
        for (int i = 0, place = 0; i < open.Count; i++, place++)
        {
            while (Municipality.All[place] != open[i])
                place++;
            var shown = evidence.At(open[i].Code);
            places[i] = new(
                MunicipalityProfile.All[place].Population,
                mean[place],
                trustClass * shown.ReadBeyond(pages, prior.Background[place]) + shown.Said,
                trustWithin * shown.ReadBeyond(pages, prior.Background[place]) + shown.Said
            );
        }
        var weight = places.Sum(p => p.Mean);
        var total = places.Sum(p => p.ForClass) + PriorPoints;
        var shares = new Dictionary<int, double>(open.Count);
        for (var i = 0; i < open.Count; i++)
        {
            double mine = PriorPoints * places[i].Mean / weight + places[i].Within;
            double byClass = 0,
                within = 0;
            foreach (var other in places)
            {
                if (other.Class != places[i].Class)
                    continue;
                byClass += other.ForClass + PriorPoints * other.Mean / weight;
                within += other.Within + PriorPoints * other.Mean / weight;
            }
            shares.Add(open[i].Code, byClass / total * mine / within);
        }
        return shares;
    }

    /// <summary>One municipality for one contact: the region's leaning and the contact's points in either factor.</summary>
    readonly record struct Odds(Population Class, double Mean, double ForClass, double Within);
}
