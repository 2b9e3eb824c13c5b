using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>
/// How many points of reading weigh as much as the region's leaning: for the size of the place (<paramref name="Class"/>) and for
/// the place among those of its size (<paramref name="Within"/>).
/// </summary>
/// <remarks>
/// Both are estimated where the answer is known: from contacts who declared a preferred municipality p and also read. What
/// they read must foretell what they declared; reading that misleads (tourists read about Kiruna) weighs less. With n the points
/// of reading, k the class of p, q the region's leaning and Q its sum over a class, the log-likelihoods are
///   class:  sum log (n_k + c Q_k) / (n + c)          within: sum log (n_p + w q_p) / (n_k + w Q_k)
/// (Dirichlet-multinomial with a known mean; Minka, Estimating a Dirichlet distribution, 2000). Each is maximised over a grid
/// of powers of two: the shares change little between neighbours, and a grid gives the same result on every machine.
/// </remarks>
public readonly record struct Shrinkage(double Class, double Within)
{
    /// <summary>Below so many contacts the data say too little.</summary>
    public const int FewestContacts = 30;

    /// <summary>What is taken then: reading weighs as its points say, as much as the region at ten points.</summary>
    public static Shrinkage Usual { get; } = new(MatchMunicipalities.PriorPoints, MatchMunicipalities.PriorPoints);

    /// <summary>
    /// From eight times its points down to an eighth: however little reading foretells among those who declared something, it is
    /// all there is to tell the others apart by, and without it they would all go where most people want to go.
    /// </summary>
    static readonly double[] Grid = [.. Enumerable.Range(-3, 7).Select(power => 10 * Math.Pow(2, power))];

    /// <param name="mean">The region's leaning towards each of the 14 in the order of the codes, in the light of what drives the contact.</param>
    /// <param name="background">What everybody reads; reading beyond it counts.</param>
    public static Shrinkage Estimate(
        IEnumerable<ContactEvidence> contacts,
        Func<IReadOnlyList<string>, IReadOnlyList<double>> mean,
        IReadOnlyList<double> background
    )
    {
        var (byClass, within) = (new double[Grid.Length], new double[Grid.Length]);
        var (count, countWithin) = (0, 0);
        foreach (var contact in contacts)
        {
            var preferred = Preferred(contact);
            if (preferred < 0)
                continue;
            var pages = Municipality.All.Sum(m => contact.At(m.Code).Read);
            double[] read = [.. Municipality.All.Select((m, i) => contact.At(m.Code).ReadBeyond(pages, background[i]))];
            if (read.Sum() <= 0)
                continue;
            var leaning = mean(contact.Drivers);
            var (readClass, meanClass) = (0.0, 0.0);
            for (var place = 0; place < read.Length; place++)
            {
                if (MunicipalityProfile.All[place].Population != MunicipalityProfile.All[preferred].Population)
                    continue;
                readClass += read[place];
                meanClass += leaning[place];
            }
            count++;
            countWithin += readClass > 0 ? 1 : 0;
            for (var i = 0; i < Grid.Length; i++)
            {
                byClass[i] += Math.Log((readClass + Grid[i] * meanClass) / (read.Sum() + Grid[i]));
                within[i] += Math.Log(
                    (read[preferred] + Grid[i] * leaning[preferred]) / (readClass + Grid[i] * meanClass)
                );
            }
        }
        return new(
            count < FewestContacts ? Usual.Class : Grid[Best(byClass)],
            countWithin < FewestContacts ? Usual.Within : Grid[Best(within)]
        );
    }

    /// <summary>Of equal ones the first: the one that trusts the contact's own reading more.</summary>
    static int Best(double[] likelihoods) => Array.IndexOf(likelihoods, likelihoods.Max());

    static int Preferred(ContactEvidence contact)
    {
        for (var place = 0; place < Municipality.All.Count; place++)
            if (contact.At(Municipality.All[place].Code).IsPreferred)
                return place;
        return -1;
    }
}
