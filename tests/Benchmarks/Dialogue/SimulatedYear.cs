using LeadScoring.Synthetic.Dialogue;

namespace LeadScoring.Benchmarks.Dialogue;

/// <summary>A year in which contacts come, wait, are contacted as a strategy says, and move or not.</summary>
static class SimulatedYear
{
    public const int Weeks = 52;
    const int WaitingWeeks = 8;

    /// <summary>Horizons are 26 weeks in life and 8 here, so that a year has room to learn from them.</summary>
    const int HorizonWeeks = 8;

    /// <summary>Who is contacted in a week, with which variant, and whether it moves by it.</summary>
    public delegate IEnumerable<(SimulatedContact Contact, string Variant, bool Moves)> Choice(
        List<SimulatedContact> waiting,
        int week
    );

    /// <summary>How many move, of those who were left alone as well.</summary>
    /// <param name="arrivals">Contacts that come a week.</param>
    /// <param name="capacity">Of whom so many can be contacted.</param>
    public static int Movers(IStrategy strategy, ulong seed, int arrivals, int capacity) =>
        Movers(
            strategy,
            (waiting, week) =>
                strategy
                    .Choose(waiting, capacity, week)
                    .Select(one => (one.Contact, one.Variant, one.Contact.Moves(one.Variant, week))),
            seed,
            arrivals
        );

    /// <param name="strategy">Holds out and learns; the choice is another's.</param>
    /// <inheritdoc cref="Movers(IStrategy, ulong, int, int)"/>
    public static int Movers(IStrategy strategy, Choice choose, ulong seed, int arrivals)
    {
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
                if (!strategy.HoldsOut(contact))
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
                strategy.Learn(next.Contact, next.Variant, next.Answered, next.Moved);
            }
            (strategy as LearningOrder)?.EndWeek();
            var gone = new HashSet<SimulatedContact>(ReferenceEqualityComparer.Instance);
            foreach (var (contact, variant, moves) in choose(waiting, week).ToList())
            {
                movers += moves ? 1 : 0;
                known.Enqueue((week + HorizonWeeks, contact, variant, contact.Answers(variant), moves));
                gone.Add(contact);
            }
            waiting.RemoveAll(gone.Contains);
        }
        return movers + waiting.Count(c => c.MovesAlone);
    }
}
