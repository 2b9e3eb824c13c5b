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
    public const int Weeks = 52;
    const int WaitingWeeks = 8;
    const int HorizonWeeks = 8;

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

    static Choice ChoiceOf(PlacesRule rule, LearningOrder? learning, ulong seed) =>
        rule switch
        {
            PlacesRule.NoDialogue or PlacesRule.FirstCome => (waiting, places, _) =>
                InTurn(Dealt(waiting.OrderBy(c => c.Week).ThenBy(c => c.Number)), places, seed),
            PlacesRule.ByScore => (waiting, places, _) =>
                InTurn(Dealt(waiting.OrderByDescending(c => c.Score).ThenBy(c => c.Number)), places, seed),
            PlacesRule.ByScoreAllocated => (waiting, places, _) =>
                Allocated(waiting, c => c.Score, places, seed, Dealt),
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
