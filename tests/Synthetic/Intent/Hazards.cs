using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Intent;

/// <summary>A household's weekly transition probabilities: the causal model of the world in one place.</summary>
sealed class Hazards(Household household, Calendar calendar)
{
    const double UpheavalBegins = 0.0045;
    const double UpheavalEnds = 1 / 22.0;
    const double GlowFades = 1 / 9.0;
    static readonly double[] CoolingDown = [0, 0.15, 0.19, 0.15];

    readonly double wonder = Math.Exp(0.8 * (household.Drivers.Nature - 0.5) + 0.35 * household.Push);
    readonly double resolve = Math.Exp(
        1.5 * (Fit(household) - 0.3) + 0.2 * household.Push - 0.4 * (household.Bond - 0.5)
    );
    readonly double brake = household.Dreamer ? 0.2 : 1;
    readonly double mobility = Mobility(household.Age) * household.Country.Paperwork;
    readonly double visits = 0.012 * (0.4 + household.Drivers.Travel);

    /// <summary>Probability that the intent grows by one step in this week; from planning the step is the move itself.</summary>
    public double Up(IntentState state, int week) =>
        Math.Min(
            0.6,
            state.Intention switch
            {
                Intention.Cold => 0.005
                    * wonder
                    * calendar.Winter(week)
                    * (state.Glow ? 3.5 : 1)
                    * (state.Upheaval ? 1.3 : 1),
                Intention.Curious => 0.035 * resolve * brake * (state.Glow ? 1.8 : 1) * (state.Upheaval ? 1.5 : 1),
                Intention.Considering => 0.085 * resolve * brake * (state.Upheaval ? 1.6 : 1),
                Intention.Planning => 0.2 * mobility * calendar.Moving(week),
                Intention.Moved => 0,
            }
        );

    /// <summary>Probability that the intent falls back by one step in this week.</summary>
    public static double Down(IntentState state) =>
        state.Intention == Intention.Moved ? 0 : CoolingDown[(int)state.Intention] * (state.Upheaval ? 0.6 : 1);

    /// <summary>Probability that a visit is fresh next week: more travel, more visits; those who consider come to look.</summary>
    public double Glow(IntentState state, int week) =>
        state.Glow
            ? 1 - GlowFades
            : visits * calendar.Holiday(week) * (state.Intention >= Intention.Considering ? 2 : 1);

    /// <summary>Probability that the household is in upheaval next week.</summary>
    public static double Upheaval(IntentState state) => state.Upheaval ? 1 - UpheavalEnds : UpheavalBegins;

    /// <summary>
    /// How well the north answers what the household looks for, in [0, 1]: work and a house for those of working age, a house
    /// and a school for families, or stillness for the older. Each is a product, and the best of the three counts.
    /// </summary>
    static double Fit(Household household)
    {
        var drivers = household.Drivers;
        var work = household.Age < 55 ? drivers.Jobs * drivers.Housing : 0;
        var school = household.Size >= 3 ? drivers.Family * drivers.Housing : 0;
        var stillness = household.Age >= 50 ? drivers.Quiet * drivers.Nature : 0;
        return Math.Max(work, Math.Max(school, stillness));
    }

    // Two humps: before the children settle at school, and at the pension.
    static double Mobility(int age) =>
        0.2 + Math.Exp(-0.5 * Math.Pow((age - 33) / 6.0, 2)) + 0.9 * Math.Exp(-0.5 * Math.Pow((age - 62) / 4.0, 2));
}
