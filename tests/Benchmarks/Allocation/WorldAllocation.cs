using System.Globalization;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Tests.Allocation;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Synthetic;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Benchmarks.Allocation;

/// <summary>
/// The contacts of a synthetic world, as its lake shows them, allocated by the exact plan and by rules of thumb: how many offers
/// go to the place that the contact truly prefers, and how many movers the true likelihoods let expect there.
/// </summary>
/// <remarks>
/// All rules rank by the same likelihood (the world's own through noise, as a model sees it) and see the same shares; they are
/// judged by the world's truth, which none of them sees.
/// </remarks>
static class WorldAllocation
{
    public static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        var places = arguments.Number("--places", 10);
        var seed = arguments.Number("--seed", 7);
        var contacts = arguments.Number("--contacts", 20_000);
        List<double[]> truths = [];
        for (var world = 0; world < arguments.Number("--worlds", 1); world++)
            truths.Add(OneWorld(contacts, seed + world, places));
        if (truths.Count > 1)
            for (var rule = 1; rule < truths[0].Length; rule++)
                Say($"exact - rule {rule}: {Mean([.. truths.Select(t => t[0] - t[rule])])} movers at preferred places");
        return 0;
    }

    static double[] OneWorld(int contacts, int seed, int places)
    {
        var options = SyntheticOptions.Sample with { Contacts = contacts, Months = 36, Seed = (ulong)seed };
        var home = Directory.CreateTempSubdirectory("leads-allocation-").FullName;
        try
        {
            SyntheticWorld.Write(options, home);
            Ingest.Run(home, new IngestOptions(), progress: null, CancellationToken.None);
            var truth = Truth(home);
            var settings = new HomeSettings();
            var facts = NightFacts.Read(
                Lake.Open(home),
                settings,
                MachineRules.Load(home).Clicks,
                truth.AsOf,
                seen: null,
                CancellationToken.None
            );
            var known = facts.Standings.Where(s => s.Value.MayShare && truth.Of.ContainsKey(s.Key.Value)).ToList();
            var prior = RegionalPrior.From([
                .. facts.Evidence.Keys.Where(c => facts.Standings[c].MayScore).Order().Select(facts.Shown),
            ]);
            var chance = new Random(seed);
            Prospect[] prospects =
            [
                .. known
                    .OrderBy(s => s.Key)
                    .Select(s => new Prospect(
                        s.Key,
                        Math.Min(1, truth.Of[s.Key.Value].Likelihood * Math.Exp(chance.NextDouble() - 0.5)),
                        MatchMunicipalities.Shares(facts.Shown(s.Key), prior),
                        Household: s.Value.Household
                    )),
            ];
            Say($"seed {seed}: {prospects.Length:N0} contacts, {prior.Shrinkage}");
            var flat = Flat(facts);
            Prospect[] asBefore = [.. prospects.Select(p => p with { Shares = flat(facts.Shown(p.Contact)) })];
            Say(
                $" fit as it was (ten points for the region, whatever was read), log loss {Loss(asBefore, truth.Of):0.000}"
            );
            Tell(asBefore, MadeUpRegion.Quotas(places), truth.Of);
            Say($" fit as it is, log loss {Loss(prospects, truth.Of):0.000}");
            return Tell(prospects, MadeUpRegion.Quotas(places), truth.Of);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>Of the shares, against the place that each contact prefers.</summary>
    static double Loss(Prospect[] prospects, Dictionary<string, (double Likelihood, int Preferred)> truth) =>
        prospects.Average(p => -Math.Log(p.Shares[Municipality.IndexOf(truth[p.Contact.Value].Preferred)]));

    /// <summary>Shares as they were before: one Dirichlet of ten points, its mean the votes of all.</summary>
    static Func<ContactEvidence, double[]> Flat(NightFacts facts)
    {
        double[] Points(ContactEvidence of) => [.. Municipality.All.Select(m => of.At(m.Code).Points)];
        var votes = new double[Municipality.All.Count];
        var voters = 0;
        foreach (
            var points in facts
                .Evidence.Keys.Where(c => facts.Standings[c].MayScore)
                .Select(c => Points(facts.Shown(c)))
        )
        {
            if (points.Sum() is not (> 0 and var total))
                continue;
            voters++;
            for (var place = 0; place < votes.Length; place++)
                votes[place] += points[place] / total;
        }
        return of =>
        {
            var points = Points(of);
            var total = points.Sum();
            return
            [
                .. points.Select((p, i) => (p + 10 * (votes[i] + 1.0 / votes.Length) / (voters + 1)) / (total + 10)),
            ];
        };
    }

    static double[] Tell(
        Prospect[] prospects,
        IReadOnlyList<Quota> quotas,
        Dictionary<string, (double Likelihood, int Preferred)> truth
    )
    {
        var exact = AllocateLeads.Among(prospects, quotas, []).Result.Offers;
        (string Name, IReadOnlyList<(ContactId, int)> Pairs)[] rules =
        [
            ("exact", [.. exact.Select(o => (o.Contact, o.Municipality))]),
            ("greedy, contacts", RuleOfThumb.PairsByLikelihood(prospects, quotas)),
            ("greedy, two choices", RuleOfThumb.PairsByTwoChoices(prospects, quotas)),
            ("first come", RuleOfThumb.PairsFirstCome(prospects, quotas)),
        ];
        var shown = prospects.ToDictionary(p => p.Contact);
        var found = new List<double>();
        foreach (var (name, pairs) in rules)
        {
            var expected = pairs.Sum(p => shown[p.Item1].Gain(Municipality.IndexOf(p.Item2)) / Prospect.MoversUnit);
            var there = pairs.Where(p => truth[p.Item1.Value].Preferred == p.Item2).ToList();
            found.Add(there.Sum(p => truth[p.Item1.Value].Likelihood));
            Say(
                $"  {name, -20} {expected, 8:0.000} expected movers by the shares; {there.Count} of {pairs.Count} offers at the preferred place, {found[^1]:0.000} movers there in truth"
            );
        }
        return [.. found];
    }

    /// <summary>The last snapshot: its instant, and each contact's likelihood and preferred municipality.</summary>
    static (DateTime AsOf, Dictionary<string, (double Likelihood, int Preferred)> Of) Truth(string home)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        var rows = connection
            .Rows(
                "truth",
                $"select contact, as_of, likelihood, preferred_municipality from read_parquet({LakeViews.Quoted(Path.Combine(home, "truth.parquet"))}) qualify as_of = max(as_of) over ()",
                (chunk, row) =>
                    (
                        Contact: chunk.Text(0, row)!,
                        AsOf: Time.Instant(chunk.Span<long>(1)[row]),
                        Likelihood: (double)chunk.Span<float>(2)[row],
                        Preferred: (int)chunk.Span<ushort>(3)[row]
                    )
            )
            .ToList();
        return (rows[0].AsOf, rows.ToDictionary(r => r.Contact, r => (r.Likelihood, r.Preferred)));
    }

    static string Mean(double[] figures)
    {
        var mean = figures.Average();
        var variance = figures.Sum(f => (f - mean) * (f - mean)) / (figures.Length - 1);
        var half = (figures.Length <= 4 ? 3.18 : 2.26) * Math.Sqrt(variance / figures.Length);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{mean:0.000} ({mean - half:0.000} to {mean + half:0.000})"
        );
    }

    static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
