using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Synthetic.Dialogue;

namespace LeadScoring.Benchmarks.Dialogue;

/// <summary>Whom to contact first, with which variant, and what to learn from it.</summary>
interface IStrategy
{
    /// <summary>Contacts whom chance leaves out of the dialogue.</summary>
    bool HoldsOut(SimulatedContact contact);

    /// <summary>The week's contacts out of those who wait, no more than the capacity, each with its variant.</summary>
    IReadOnlyList<(SimulatedContact Contact, string Variant)> Choose(
        List<SimulatedContact> waiting,
        int capacity,
        int week
    );

    /// <summary>What is known by now: whose time to answer or horizon is over.</summary>
    void Learn(SimulatedContact contact, string? variant, bool answered, bool moved);
}

/// <summary>An order that learns nothing: variants are dealt in turn, nobody is held out.</summary>
sealed class FixedOrder(Func<IEnumerable<SimulatedContact>, IEnumerable<SimulatedContact>> order) : IStrategy
{
    static readonly string[] Variants = [.. SimulatedContact.AnswerRates.Keys];

    public static FixedOrder FirstCome() => new(all => all.OrderBy(c => c.Week).ThenBy(c => c.Number));

    public static FixedOrder ByScore() => new(all => all.OrderByDescending(c => c.Score).ThenBy(c => c.Number));

    public bool HoldsOut(SimulatedContact contact) => false;

    public IReadOnlyList<(SimulatedContact Contact, string Variant)> Choose(
        List<SimulatedContact> waiting,
        int capacity,
        int week
    ) => [.. Dealt(order(waiting).Take(capacity))];

    /// <summary>Each with its variant, dealt in turn.</summary>
    public static IEnumerable<(SimulatedContact Contact, string Variant)> Dealt(
        IEnumerable<SimulatedContact> contacts
    ) => contacts.Select(c => (c, Variants[c.Number % Variants.Length]));

    public void Learn(SimulatedContact contact, string? variant, bool answered, bool moved) { }
}

/// <summary>
/// Holds some out, explores with some, and gives the other places by the uplift measured so far in each stage, within a
/// stage to who came last (its time is right) and by score; variants by Thompson sampling.
/// </summary>
/// <remarks>
/// A stage's uplift is shrunk towards that of all stages by <c>PriorWeight</c> contacts of Mantel-Haenszel weight, so that
/// a few early movers turn nothing upside down. As long as nothing is known the order is that of the score.
/// </remarks>
sealed class LearningOrder(int seed) : IStrategy
{
    const double HoldOut = 0.05;
    const double Exploration = 0.1;
    const double PriorWeight = 300;
    static readonly string[] Variants = [.. SimulatedContact.AnswerRates.Keys];
    readonly Stratum[] _stages = new Stratum[4];
    VariantCounts _counts = VariantCounts.None;
    readonly List<VariantCount> _news = [];

    public bool HoldsOut(SimulatedContact contact) => Luck(contact, 1) < HoldOut;

    public IReadOnlyList<(SimulatedContact Contact, string Variant)> Choose(
        List<SimulatedContact> waiting,
        int capacity,
        int week
    )
    {
        var explored = Explored(waiting, capacity);
        var uplifts = Uplifts();
        var ranked = uplifts is null
            ? waiting.OrderByDescending(c => c.Score)
            : waiting
                .OrderByDescending(c => uplifts[(int)c.Readiness])
                .ThenByDescending(c => c.Week)
                .ThenByDescending(c => c.Score);
        SimulatedContact[] chosen =
        [
            .. explored,
            .. ranked.ThenBy(c => c.Number).Where(c => !explored.Contains(c)).Take(capacity - explored.Count),
        ];
        return WithVariants(chosen);
    }

    /// <summary>Those who get the places kept for chance.</summary>
    public HashSet<SimulatedContact> Explored(List<SimulatedContact> waiting, int capacity) =>
        [.. waiting.OrderBy(c => Luck(c, 2)).ThenBy(c => c.Number).Take((int)(Exploration * capacity))];

    public IReadOnlyList<(SimulatedContact Contact, string Variant)> WithVariants(
        IReadOnlyList<SimulatedContact> chosen
    )
    {
        var variants = ChooseVariant.ForAll(chosen.Select(Question), Variants, _counts, new(), seed);
        return [.. chosen.Select(c => (c, variants[Question(c).Key]!))];
    }

    /// <summary>What a place is worth to each: the uplift of its stage, a third of it when the right time is over; else the score.</summary>
    public Func<SimulatedContact, double> Values(int week) =>
        Uplifts() is { } uplifts
            ? c => Math.Max(0, uplifts[(int)c.Readiness]) * (week - c.Week < 4 ? 1 : 1.0 / 3) + 1e-3 * c.Score
            : c => c.Score;

    public void Learn(SimulatedContact contact, string? variant, bool answered, bool moved)
    {
        var stratum = _stages[(int)contact.Readiness];
        var one = new Moved(moved ? 1 : 0, 1);
        _stages[(int)contact.Readiness] = variant is null
            ? stratum with
            {
                HeldOut = stratum.HeldOut + one,
            }
            : stratum with
            {
                Contacted = stratum.Contacted + one,
            };
        if (variant is not null)
            _news.Add(new(Code(contact), StageOf(contact), variant, 1, answered ? 1 : 0));
    }

    /// <summary>Takes over what was learnt since; once a week, as counts are stored once a night.</summary>
    public void EndWeek()
    {
        _counts = _counts.With(_news);
        _news.Clear();
    }

    double[]? Uplifts()
    {
        if (PooledUplift.Of(_stages) is not { } all)
            return null;
        return
        [
            .. _stages.Select(s =>
                PooledUplift.Of([s]) is { } own
                    ? (s.Weight * own.Value + PriorWeight * all.Value) / (s.Weight + PriorWeight)
                    : all.Value
            ),
        ];
    }

    static VariantQuestion Question(SimulatedContact contact) =>
        new($"c{contact.Number}", Code(contact), StageOf(contact));

    static int Code(SimulatedContact contact) => Municipality.All[contact.Place].Code;

    static Stage StageOf(SimulatedContact contact) => Enum.Parse<Stage>(contact.Readiness.ToString());

    double Luck(SimulatedContact contact, int purpose) => SimulatedContact.Luck((ulong)seed, purpose, contact.Number);
}
