using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Learning;

/// <summary>How many of a municipality's places of a week are kept for the explored.</summary>
/// <remarks>
/// A tenth of five places is none when it is rounded down and a fifth when it is rounded up. So the share is kept over the
/// weeks: week n gets floor(u + (n + 1) x) - floor(u + n x) for x places a week on average, hence any run of k weeks
/// k x to within one place. The offset u, drawn from the seed by municipality, spreads them over the weeks.
/// </remarks>
static class ExploredPlaces
{
    public static int On(DateOnly day, Policy policy, int seed)
    {
        // Day 0 of the calendar, 0001-01-01, is a Monday.
        var week = day.DayNumber / 7;
        var average = policy.PlacesOn(day) * policy.Exploration;
        var offset = new Draws(Draws.Hash($"explored places of {policy.Municipality:0000}", seed)).Unit();
        return (int)(Math.Floor(offset + (week + 1) * average) - Math.Floor(offset + week * average));
    }
}
