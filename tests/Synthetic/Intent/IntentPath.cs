using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Intent;

/// <summary>The hidden states a household went through, week by week, and the day it moved.</summary>
sealed class IntentPath
{
    readonly IntentState[] states;

    IntentPath(IntentState[] states, int firstWeek, int movedDay)
    {
        this.states = states;
        FirstWeek = firstWeek;
        MovedDay = movedDay;
    }

    /// <summary>The week in which the chain starts; before it the household is as it was then.</summary>
    public int FirstWeek { get; }

    /// <summary>The day of the move, or <see cref="int.MaxValue"/> when it does not happen in the world's time.</summary>
    public int MovedDay { get; }

    /// <summary>The state at the start of a week; after the move it is <see cref="Intention.Moved"/>.</summary>
    public IntentState At(int week) => states[Math.Max(week, FirstWeek)];

    public bool HasMoved(int day) => day >= MovedDay;

    /// <summary>
    /// Draws the path from the arrival of the household's first contact to the end of the last horizon; the chain starts in
    /// the week after the arrival, so that nobody moves before being known.
    /// </summary>
    public static IntentPath Draw(Chance chance, Hazards hazards, Calendar calendar, Contact first)
    {
        var path = new IntentState[calendar.Weeks + 1];
        var movedDay = int.MaxValue;
        var firstWeek = first.ArrivalDay / 7 + 1;
        path[firstWeek] = Beginning(chance, first.Entry);
        for (var week = firstWeek; week < calendar.Weeks; week++)
        {
            var next = Step(chance, hazards, path[week], week);
            if (next.Intention == Intention.Moved && path[week].Intention != Intention.Moved)
                movedDay = week * 7 + chance.Below(7);
            path[week + 1] = next;
        }
        return new(path, firstWeek, movedDay);
    }

    /// <summary>The true probability that the household moves in the horizon after a day on which it has not moved.</summary>
    public double Likelihood(Likelihood likelihood, int day)
    {
        var from = Math.Max(day, FirstWeek * 7);
        return likelihood.Of(At(from / 7), from, day + Calendar.HorizonDays - from);
    }

    /// <summary>One week of the chain.</summary>
    public static IntentState Step(Chance chance, Hazards hazards, IntentState state, int week)
    {
        var up = hazards.Up(state, week);
        var draw = chance.Unit();
        var change =
            draw < up ? 1
            : draw < up + Hazards.Down(state) ? -1
            : 0;
        return new(
            state.Intention + change,
            chance.Happens(hazards.Glow(state, week)),
            chance.Happens(Hazards.Upheaval(state))
        );
    }

    static IntentState Beginning(Chance chance, Entry entry)
    {
        ReadOnlySpan<double> weights = entry switch
        {
            Entry.Fair => [62, 29, 8, 1],
            Entry.Eures => [55, 32, 11, 2],
            Entry.Event => [62, 30, 7, 1],
            Entry.LeadForm => [80, 17, 3, 0],
            Entry.Import or Entry.Newsletter => [78, 18, 3.5, 0.5],
        };
        return new((Intention)chance.Pick(weights), chance.Happens(0.1), chance.Happens(0.09));
    }
}
