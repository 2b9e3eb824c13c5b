using System.Globalization;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Synthetic.Dialogue;

namespace LeadScoring.Benchmarks.Dialogue;

/// <summary>How a week's places are given in <see cref="PlacesYear"/>.</summary>
enum PlacesRule
{
    NoDialogue,
    FirstCome,
    ByScore,
    ByScoreAllocated,
    Learning,
    LearningAllocated,
}

/// <summary>
/// The simulated year with 14 municipalities that have places of their own: a message of another than the preferred one wins a
/// third. Allocation and learning, each without the other, ranking by score and first come.
/// </summary>
static class PlacesYear
{
    delegate IEnumerable<(SimulatedContact Contact, string Variant, int At)> Choice(
        List<SimulatedContact> waiting,
        int[] places,
        int week
    );

    /// <summary>How many move, of those who were left alone as well.</summary>
    public static int Movers(PlacesRule rule, ulong seed, int arrivals, int capacity)
    {
        capacity = rule == PlacesRule.NoDialogue ? 0 : capacity;
        var learning = rule >= PlacesRule.Learning ? new LearningOrder((int)seed) : null;
        var choose = ChoiceOf(rule, learning, seed);
        return SimulatedYear.Movers(
            learning ?? (IStrategy)FixedOrder.FirstCome(),
            (waiting, week) =>
                choose(waiting, Places(capacity), week)
                    .Select(one => (one.Contact, one.Variant, one.Contact.Moves(one.Variant, week, one.At))),
            seed,
            arrivals
        );
    }

    static Choice ChoiceOf(PlacesRule rule, LearningOrder? learning, ulong seed) =>
        rule switch
        {
            PlacesRule.NoDialogue or PlacesRule.FirstCome => (waiting, places, _) =>
                InTurn(FixedOrder.Dealt(waiting.OrderBy(c => c.Week).ThenBy(c => c.Number)), places, seed),
            PlacesRule.ByScore => (waiting, places, _) =>
                InTurn(FixedOrder.Dealt(waiting.OrderByDescending(c => c.Score).ThenBy(c => c.Number)), places, seed),
            PlacesRule.ByScoreAllocated => (waiting, places, _) =>
                Allocated(waiting, c => c.Score, places, seed, FixedOrder.Dealt),
            PlacesRule.Learning => (waiting, places, week) =>
                InTurn(learning!.Choose(waiting, places.Sum(), week), places, seed),
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
        var byId = waiting.ToDictionary(c => new ContactId(
            string.Create(CultureInfo.InvariantCulture, $"c{c.Number:0000000}")
        ));
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
