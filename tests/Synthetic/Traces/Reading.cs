using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>Why somebody sits down to read: the same page view can come from each motive.</summary>
enum Motive
{
    Idle,
    Holiday,
    Intent,
    Dream,
}

/// <summary>How often a contact reads in a week, from which motive, and about what.</summary>
static class Reading
{
    static readonly double[] ByIntention = [0.006, 0.28, 0.8, 1.1, 0.02];

    // Rows: motive or intention; columns: nature, housing, jobs, family, quiet, travel, culture.
    static readonly double[] HolidayThemes = [5, 0.5, 0.2, 0.4, 0.8, 8, 3];
    static readonly double[] IdleThemes = [2, 1.4, 1.4, 1.4, 1.4, 1.5, 1];
    static readonly double[] DreamThemes = [3, 5, 0.6, 0.8, 2.5, 1, 1];
    static readonly double[][] IntentThemes =
    [
        [3, 0.8, 0.6, 0.6, 2, 2, 2],
        [3, 1.5, 1.2, 1.2, 2.5, 1, 1.5],
        [1.5, 4, 3.5, 3, 1.5, 0.5, 0.8],
        [0.8, 6, 4.5, 4, 1, 0.4, 0.6],
        [1, 1, 0.5, 1, 0.5, 0.3, 1],
    ];

    /// <summary>Expected visits to the site in a week, one entry a motive.</summary>
    public static void Rates(Contact contact, IntentState state, Calendar calendar, int week, Span<double> rates)
    {
        var household = contact.Household;
        var holiday = Math.Pow(household.Drivers.Travel, 2) * calendar.Holiday(week) + (state.Glow ? 0.35 : 0);
        rates[(int)Motive.Idle] = 0.035 * contact.Habit;
        rates[(int)Motive.Holiday] = state.Intention == Intention.Moved ? 0 : 0.12 * contact.Habit * holiday;
        // Intent shows off-season too: a plan does not wait for the holidays.
        rates[(int)Motive.Intent] = contact.Voice * Math.Sqrt(contact.Habit) * ByIntention[(int)state.Intention];
        rates[(int)Motive.Dream] = household.Dreamer && state.Intention != Intention.Moved ? 0.09 * contact.Habit : 0;
    }

    public static Theme Theme(Chance chance, Contact contact, IntentState state, Motive motive)
    {
        var themes = motive switch
        {
            Motive.Idle => IdleThemes,
            Motive.Holiday => HolidayThemes,
            Motive.Intent => IntentThemes[(int)state.Intention],
            Motive.Dream => DreamThemes,
        };
        Span<double> weights = stackalloc double[Themes.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var own = contact.Household.Drivers[(Theme)i];
            weights[i] = themes[i] * (motive is Motive.Intent or Motive.Idle ? 0.1 + own * own : 0.5 + own);
        }
        return (Theme)chance.Pick(weights);
    }

    /// <summary>The municipality a page is about, 0 for none: those with an intent mostly look at the one they prefer.</summary>
    public static int Municipality(Chance chance, Contact contact, Motive motive)
    {
        if (motive is Motive.Intent or Motive.Dream && chance.Happens(0.55))
            return chance.Happens(0.7) ? contact.Household.Preferred : Places.Toured(chance);
        return chance.Happens(0.3) ? Places.Toured(chance) : 0;
    }
}
