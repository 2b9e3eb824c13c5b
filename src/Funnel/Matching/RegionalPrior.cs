using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>How the region's contacts as a whole lean: the expectation for a contact of whom little is known.</summary>
/// <remarks>
/// prior(m) = (1/14 + sum over contacts of points(contact, m) / points(contact)) / (1 + contacts with any points).
/// Every contact has one vote, however much it reads; one more vote, spread evenly, keeps all 14 above 0.
/// </remarks>
public sealed class RegionalPrior
{
    readonly Dictionary<int, double> _shares;

    RegionalPrior(Dictionary<int, double> shares) => _shares = shares;

    /// <summary>All 14 alike.</summary>
    public static RegionalPrior Even { get; } = From([]);

    /// <summary>The prior of these contacts, each given by its evidence; the order does not matter beyond rounding.</summary>
    public static RegionalPrior From(IEnumerable<IReadOnlyList<MunicipalityEvidence>> contacts)
    {
        var votes = Municipality.All.ToDictionary(m => m.Code, _ => 1.0 / Municipality.All.Count);
        var voters = 1.0;
        foreach (var evidence in contacts)
        {
            var total = evidence.Where(e => votes.ContainsKey(e.Municipality)).Sum(e => e.Points);
            if (total <= 0)
                continue;
            voters++;
            foreach (var one in evidence.Where(e => votes.ContainsKey(e.Municipality)))
                votes[one.Municipality] += one.Points / total;
        }
        return new(votes.ToDictionary(v => v.Key, v => v.Value / voters));
    }

    /// <summary>Share of this municipality; the 14 add up to 1.</summary>
    public double Share(int municipality) => _shares[municipality];
}
