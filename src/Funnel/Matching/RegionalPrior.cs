using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>How the region's contacts as a whole lean: the expectation for a contact of whom little is known.</summary>
/// <remarks>
/// Every contact with any points has one vote, however much it shows, shared out as its points are. One more vote, spread evenly,
/// keeps all 14 above 0: all(m) = (1/14 + sum of votes) / (1 + voters). What people would choose is said by those who chose:
///   q(m) = (30 all(m) + sum of the votes of those who declared a preference) / (30 + those),
/// and among those who gave d as a reason for moving, q_d(m) alike, beginning with 20 votes of q, in which the municipalities
/// that offer something of the kind (<see cref="MunicipalityProfile"/>) count half as much again: a profile is a guess, and
/// gives way to what people with that reason look at.
/// </remarks>
public sealed class RegionalPrior
{
    const double WeightOfAll = 30;
    const double WeightOfProfile = 20;
    const double Offered = 1.5;

    /// <summary>Readers until whose number hardly anything is taken for background.</summary>
    const double WeightOfNoBackground = 30;

    readonly double[] _shares;
    readonly Dictionary<string, double[]> _byDriver;

    RegionalPrior(double[] shares, Dictionary<string, double[]> byDriver) => (_shares, _byDriver) = (shares, byDriver);

    /// <summary>The leaning whole, to the last digit, so that it need not be worked out from all contacts again.</summary>
    public string Text() => WrittenPrior.Of(_shares, _byDriver, Shrinkage, Background).Text();

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    /// <exception cref="FunnelException">It is no leaning towards the 14.</exception>
    public static RegionalPrior Parse(string text)
    {
        var written = WrittenPrior.Read(text);
        var byDriver = written.ByDriver.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new(written.Shares, byDriver) { Shrinkage = written.Shrinkage, Background = written.Background };
    }

    /// <summary>All 14 alike.</summary>
    public static RegionalPrior Even { get; } = From([]);

    /// <summary>How much what contacts read weighs against this leaning.</summary>
    public Shrinkage Shrinkage { get; private init; } = Shrinkage.Usual;

    /// <summary>
    /// What everybody reads, by municipality in the order of the codes: the share of the usual reader's points, one vote a
    /// reader, less than 1 in all while readers are few. Only what a contact reads beyond that speaks for a place.
    /// </summary>
    public IReadOnlyList<double> Background { get; private init; } = new double[Municipality.All.Count];

    internal RegionalPrior With(Shrinkage shrinkage) =>
        new(_shares, _byDriver) { Shrinkage = shrinkage, Background = Background };

    /// <summary>The prior of these contacts, each given by its evidence; the order does not matter beyond rounding.</summary>
    public static RegionalPrior From(IEnumerable<ContactEvidence> contacts)
    {
        var all = new Votes();
        all.Add([.. Municipality.All.Select(_ => 1.0 / Municipality.All.Count)]);
        var (declared, readers) = (new Votes(), new Votes());
        var byDriver = new SortedDictionary<string, Votes>(StringComparer.Ordinal);
        foreach (var contact in contacts)
        {
            double[] read = [.. Municipality.All.Select(m => contact.At(m.Code).Read)];
            if (read.Sum() is > 0 and var pages)
                readers.Add([.. read.Select(r => r / pages)]);
            double[] points = [.. Municipality.All.Select(m => contact.At(m.Code).Points)];
            var total = points.Sum();
            if (total <= 0)
                continue;
            double[] vote = [.. points.Select(p => p / total)];
            all.Add(vote);
            if (contact.Places.Any(place => place.IsPreferred))
                declared.Add(vote);
            foreach (var driver in contact.Drivers)
            {
                if (!byDriver.TryGetValue(driver, out var votes))
                    byDriver.Add(driver, votes = new());
                votes.Add(vote);
            }
        }
        var shares = declared.After(all.After([.. new double[Municipality.All.Count]], 0), WeightOfAll);
        var drivers = byDriver.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.After(Profiled(shares, pair.Key), WeightOfProfile),
            StringComparer.Ordinal
        );
        var background = readers.After([.. new double[Municipality.All.Count]], WeightOfNoBackground);
        var prior = new RegionalPrior(shares, drivers) { Background = background };
        return prior.With(Shrinkage.Estimate(contacts, prior.Mean, background));
    }

    /// <summary>Share of this municipality; the 14 add up to 1.</summary>
    public double Share(int municipality) => _shares[Municipality.IndexOf(municipality)];

    /// <summary>The leaning of contacts with these reasons, by municipality in the order of the codes; of all when there are none.</summary>
    public IReadOnlyList<double> Mean(IReadOnlyList<string> drivers)
    {
        if (drivers.Count == 0)
            return _shares;
        double[][] each = [.. drivers.Select(d => _byDriver.GetValueOrDefault(d) ?? Profiled(_shares, d))];
        return [.. _shares.Select((_, place) => each.Average(one => one[place]))];
    }

    static double[] Profiled(double[] shares, string driver)
    {
        double[] tilted =
        [
            .. MunicipalityProfile.All.Select(
                (profile, place) => shares[place] * (profile.Offers(driver) is null ? 1 : Offered)
            ),
        ];
        var sum = tilted.Sum();
        return [.. tilted.Select(share => share / sum)];
    }

    sealed class Votes
    {
        readonly double[] _sums = new double[Municipality.All.Count];
        int _voters;

        public void Add(double[] vote)
        {
            _voters++;
            for (var place = 0; place < vote.Length; place++)
                _sums[place] += vote[place];
        }

        /// <summary>The mean of these votes and of a prior that weighs as much as so many.</summary>
        public double[] After(double[] prior, double weight) =>
            [.. prior.Select((share, place) => (_sums[place] + weight * share) / (_voters + weight))];
    }
}
