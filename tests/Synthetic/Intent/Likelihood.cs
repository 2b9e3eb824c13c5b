namespace LeadScoring.Synthetic.Intent;

/// <summary>The true likelihood to move within the horizon, by backward recursion of the chain.</summary>
/// <remarks>
/// With V_w(s) the probability to move between the start of week w and the end of the horizon from state s:
/// V_w(s) = up(s) [move] + sum over next states s' of P(s, s') V_{w+1}(s'). A move in a week falls on each of its days
/// alike, so the last week counts by the share of its days inside the horizon, and the first by the days that are left,
/// given that the move did not happen on the days before.
/// </remarks>
sealed class Likelihood(Hazards hazards)
{
    double[] later = new double[IntentState.Count];
    double[] now = new double[IntentState.Count];

    /// <summary>P(move on a day in [day, day + horizon) | state at the start of the day's week, not moved before the day).</summary>
    public double Of(IntentState state, int day, int horizon)
    {
        if (state.Intention == Intention.Moved)
            return 0;
        var (firstWeek, passed) = (day / 7, day % 7 / 7.0);
        var (lastWeek, inside) = ((day + horizon) / 7, (day + horizon) % 7 / 7.0);
        for (var i = 0; i < IntentState.Count; i++)
            later[i] = MoveIn(StateAt(i), lastWeek) * inside;
        for (var week = lastWeek - 1; week > firstWeek; week--)
        {
            for (var i = 0; i < IntentState.Count; i++)
                now[i] = MoveIn(StateAt(i), week) + Stay(StateAt(i), week);
            (now, later) = (later, now);
        }
        var move = MoveIn(state, firstWeek);
        return (move * (1 - passed) + Stay(state, firstWeek)) / (1 - move * passed);
    }

    static IntentState StateAt(int index) => new((Intention)(index / 4), (index & 2) != 0, (index & 1) != 0);

    double MoveIn(IntentState state, int week) => state.Intention == Intention.Planning ? hazards.Up(state, week) : 0;

    double Stay(IntentState state, int week)
    {
        var i = (int)state.Intention;
        var (up, down) = (hazards.Up(state, week), Hazards.Down(state));
        var (glow, upheaval) = (hazards.Glow(state, week), Hazards.Upheaval(state));
        var value = (1 - up - down) * Mean(i, glow, upheaval);
        if (state.Intention < Intention.Planning)
            value += up * Mean(i + 1, glow, upheaval);
        return down > 0 ? value + down * Mean(i - 1, glow, upheaval) : value;
    }

    double Mean(int intention, double glow, double upheaval)
    {
        var v = later.AsSpan(intention * 4, 4);
        return (1 - glow) * ((1 - upheaval) * v[0] + upheaval * v[1])
            + glow * ((1 - upheaval) * v[2] + upheaval * v[3]);
    }
}
