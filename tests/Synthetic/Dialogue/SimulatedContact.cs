namespace LeadScoring.Synthetic.Dialogue;

/// <summary>Where a simulated contact stands when the dialogue could begin.</summary>
public enum Readiness
{
    Attention,
    Interest,
    Desire,
    Action,
}

/// <summary>A contact that reacts to being contacted by a known causal model.</summary>
/// <remarks>
/// Left alone a contact moves within the horizon with a chance of 0.2, 0.6, 2 or 6 % by readiness, times a log-normal
/// factor of its own. A message that is answered adds 0, 1, 6 or 1 points: most can be won where somebody wishes and has
/// not decided; those who act move anyway. It adds all of that in the first four weeks after the contact came to its stage,
/// and a third later. Whether a message is answered depends on its variant. The score sees the chance to move when left
/// alone through noise, as a model of likelihood does; the effect of a message it does not know.
/// Where it matters who writes, a municipality other than the preferred one wins a third of that effect, and seven times in
/// ten it is known which one is preferred; else it seems to be any of the 14.
/// </remarks>
/// <param name="Place">Index of the municipality, 0 to 13.</param>
/// <param name="Week">In which the contact came to its stage.</param>
/// <param name="Score">What a ranking by likelihood goes by.</param>
/// <param name="Alone">Chance to move when left alone.</param>
public sealed record SimulatedContact(int Number, int Place, int Week, Readiness Readiness, double Score, double Alone)
{
    const int RightTimeWeeks = 4;
    static readonly double[] Shares = [0.5, 0.3, 0.15, 0.05];
    static readonly double[] Base = [0.002, 0.006, 0.02, 0.06];
    static readonly double[] Lift = [0, 0.01, 0.06, 0.01];

    /// <summary>Chance that a message is answered, by variant.</summary>
    public static IReadOnlyDictionary<string, double> AnswerRates { get; } =
        new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["plain"] = 0.2,
            ["story"] = 0.4,
            ["question"] = 0.25,
        };

    double MoveDraw { get; init; }

    double AnswerDraw { get; init; }

    /// <summary>The same seed and number give the same contact, and the same luck under every strategy.</summary>
    public static SimulatedContact Draw(ulong seed, int number, int week)
    {
        var chance = Chance.For(seed, Purpose.Dialogue, number);
        var readiness = (Readiness)chance.Pick(Shares);
        var place = chance.Below(14);
        var alone = Math.Min(0.5, Base[(int)readiness] * chance.Spread(0.5));
        var score = alone * chance.Spread(0.5);
        return new(number, place, week, readiness, score, alone)
        {
            MoveDraw = chance.Unit(),
            AnswerDraw = chance.Unit(),
        };
    }

    /// <summary>Uniform on [0, 1): a draw of the strategy's own about a contact, apart from what happens to it.</summary>
    public static double Luck(ulong seed, int purpose, int number) =>
        Chance.For(seed, Purpose.Dialogue, -1 - (4L * number + purpose)).Unit();

    /// <summary>Whether a message of this variant is answered.</summary>
    public bool Answers(string variant) => AnswerDraw < AnswerRates[variant];

    /// <summary>Whether the contact moves when left alone.</summary>
    public bool MovesAlone => MoveDraw < Alone;

    /// <summary>Whether the contact moves when a message of this variant comes in this week.</summary>
    public bool Moves(string variant, int week) =>
        MoveDraw < Alone + (Answers(variant) ? Lift[(int)Readiness] * Timing(week) : 0);

    /// <summary>The same when this municipality (0 to 13) leads the dialogue.</summary>
    public bool Moves(string variant, int week, int at) =>
        MoveDraw < Alone + (Answers(variant) ? Lift[(int)Readiness] * Timing(week) * Won(at == Place) : 0);

    /// <summary>The municipality that the contact seems to prefer.</summary>
    public int SeemsToPrefer(ulong seed) =>
        Luck(seed, 3, Number) < Known ? Place : Math.Min(13, (int)(14 * Luck(seed, 4, Number)));

    /// <summary>Share of the effect that a municipality may expect, by whether it seems to be preferred.</summary>
    public static double ExpectedShare(bool seemsPreferred)
    {
        var preferred = seemsPreferred ? Known + (1 - Known) / 14 : (1 - Known) / 14;
        return preferred + (1 - preferred) * Won(isPreferred: false);
    }

    const double Known = 0.7;

    static double Won(bool isPreferred) => isPreferred ? 1 : 1.0 / 3;

    double Timing(int week) => week - Week < RightTimeWeeks ? 1 : 1.0 / 3;
}
