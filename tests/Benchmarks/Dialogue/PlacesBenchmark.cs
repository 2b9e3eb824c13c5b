using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Synthetic.Dialogue;

namespace LeadScoring.Benchmarks.Dialogue;

/// <summary>
/// The simulated year with 14 municipalities that have places of their own: a message of another than the preferred one wins a
/// third. Allocation and learning, each without the other, ranking by score and first come.
/// </summary>
static class PlacesBenchmark
{
    const int Weeks = 52;
    const int WaitingWeeks = 8;
    const int HorizonWeeks = 8;

    delegate IEnumerable<(SimulatedContact Contact, string Variant, int At)> Rule(
        List<SimulatedContact> waiting,
        int[] places,
        int week
    );

    internal static int Run(Arguments arguments)
    {
        var (arrivals, capacity) = (arguments.Number("--arrivals", 2000), arguments.Number("--capacity", 400));
        var seeds = Math.Max(10, arguments.Number("--seeds", 10));
        string[] names =
        [
            "no dialogue",
            "first come",
            "by score",
            "by score, allocated",
            "learning",
            "learning, allocated",
        ];
        var movers = names.Select(_ => new List<double>()).ToArray();
        for (var seed = 1; seed <= seeds; seed++)
        for (var rule = 0; rule < names.Length; rule++)
            movers[rule].Add(Movers(rule, (ulong)seed, arrivals, rule == 0 ? 0 : capacity));
        Console.WriteLine(
            DialogueBenchmark.Text(
                $"{seeds} seeds, {arrivals} contacts and {capacity} places a week in 14 municipalities, {Weeks} weeks; 95 % intervals"
            )
        );
        for (var rule = 0; rule < names.Length; rule++)
            DialogueBenchmark.Tell(names[rule], movers[rule], movers[0]);
        foreach (var rule in new[] { 1, 2, 4 })
            DialogueBenchmark.Tell(
                $"last - {names[rule]}",
                movers[^1].Zip(movers[rule], (a, b) => a - b).ToList(),
                against: null
            );
        return 0;
    }

    static int Movers(int rule, ulong seed, int arrivals, int capacity)
    {
        var learning = rule >= 4 ? new LearningOrder((int)seed) : null;
        var choose = RuleOf(rule, learning, seed);
        List<SimulatedContact> waiting = [];
        var known = new Queue<(int Week, SimulatedContact Contact, string? Variant, bool Answered, bool Moved)>();
        var movers = 0;
        for (var week = 0; week < Weeks; week++)
        {
            movers += waiting.RemoveAll(c => week - c.Week >= WaitingWeeks && c.MovesAlone);
            waiting.RemoveAll(c => week - c.Week >= WaitingWeeks);
            for (var i = 0; i < arrivals; i++)
            {
                var contact = SimulatedContact.Draw(seed, week * arrivals + i, week);
                if (learning?.HoldsOut(contact) != true)
                {
                    waiting.Add(contact);
                    continue;
                }
                movers += contact.MovesAlone ? 1 : 0;
                known.Enqueue((week + HorizonWeeks, contact, null, false, contact.MovesAlone));
            }
            while (known.TryPeek(out var next) && next.Week <= week)
            {
                known.Dequeue();
                learning?.Learn(next.Contact, next.Variant, next.Answered, next.Moved);
            }
            learning?.EndWeek();
            var gone = new HashSet<SimulatedContact>(ReferenceEqualityComparer.Instance);
            foreach (var (contact, variant, at) in choose(waiting, Places(capacity), week).ToList())
            {
                var moves = contact.Moves(variant, week, at);
                movers += moves ? 1 : 0;
                known.Enqueue((week + HorizonWeeks, contact, variant, contact.Answers(variant), moves));
                gone.Add(contact);
            }
            waiting.RemoveAll(gone.Contains);
        }
        return movers + waiting.Count(c => c.MovesAlone);
    }

    static Rule RuleOf(int rule, LearningOrder? learning, ulong seed) =>
        rule switch
        {
            0 or 1 => (waiting, places, _) =>
                InTurn(Dealt(waiting.OrderBy(c => c.Week).ThenBy(c => c.Number)), places, seed),
            2 => (waiting, places, _) =>
                InTurn(Dealt(waiting.OrderByDescending(c => c.Score).ThenBy(c => c.Number)), places, seed),
            3 => (waiting, places, _) => Allocated(waiting, c => c.Score, places, seed, Dealt),
            4 => (waiting, places, week) => InTurn(learning!.Choose(waiting, places.Sum(), week), places, seed),
            _ => (waiting, places, week) =>
            {
                var tried = learning!.Explored(waiting, places.Sum());
                var chance = InTurn(learning.WithVariants([.. tried]), places, seed).ToList();
                var rest = waiting.Where(c => !tried.Contains(c)).ToList();
                return chance.Concat(
                    Allocated(rest, learning.Values(week), places, seed, chosen => learning.WithVariants([.. chosen]))
                );
            },
        };

    /// <summary>Small municipalities have as many hands as large ones: 1, 2 or 3 parts of the places each.</summary>
    static int[] Places(int capacity) => [.. Enumerable.Range(0, 14).Select(i => capacity * (1 + i % 3) / 27)];

    static IEnumerable<(SimulatedContact Contact, string Variant)> Dealt(IEnumerable<SimulatedContact> order)
    {
        string[] variants = [.. SimulatedContact.AnswerRates.Keys];
        return order.Select(c => (c, variants[c.Number % variants.Length]));
    }

    /// <summary>Each goes where it seems to prefer, and where most places are free when there is none.</summary>
    static IEnumerable<(SimulatedContact Contact, string Variant, int At)> InTurn(
        IEnumerable<(SimulatedContact Contact, string Variant)> turn,
        int[] places,
        ulong seed
    )
    {
        foreach (var (contact, variant) in turn)
        {
            var at = contact.SeemsToPrefer(seed);
            if (places[at] == 0)
                at = Array.IndexOf(places, places.Max());
            if (places[at] == 0)
                yield break;
            places[at]--;
            yield return (contact, variant, at);
        }
    }

    static IEnumerable<(SimulatedContact Contact, string Variant, int At)> Allocated(
        List<SimulatedContact> waiting,
        Func<SimulatedContact, double> value,
        int[] places,
        ulong seed,
        Func<IEnumerable<SimulatedContact>, IEnumerable<(SimulatedContact Contact, string Variant)>> withVariants
    )
    {
        var byId = waiting.ToDictionary(c => new ContactId(DialogueBenchmark.Text($"c{c.Number:0000000}")));
        var prospects = byId.Select(pair => new Prospect(
            pair.Key,
            Math.Min(1, value(pair.Value)),
            [.. places.Select((_, at) => SimulatedContact.ExpectedShare(at == pair.Value.SeemsToPrefer(seed)))]
        ));
        var quotas = Municipality.All.Select((m, i) => new Quota(m.Code, places[i])).ToList();
        var at = AllocateLeads
            .Among([.. prospects], quotas, [])
            .Result.Offers.ToDictionary(
                offer => byId[offer.Contact],
                offer => quotas.FindIndex(quota => quota.Municipality == offer.Municipality)
            );
        return withVariants(at.Keys).Select(chosen => (chosen.Contact, chosen.Variant, at[chosen.Contact]));
    }
}
