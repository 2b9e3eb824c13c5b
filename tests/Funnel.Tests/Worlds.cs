using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests;

/// <summary>Values and generators that the funnel's tests share.</summary>
static class Worlds
{
    public static readonly DateOnly Day = new(2026, 3, 11);
    public static readonly ContactId Anna = new("c-001");
    public static readonly Policy Policy = PolicySet.BuiltIn.Default;
    public static readonly MunicipalityFit Arjeplog = new(2506, 0.6, 2510, 0.2, "why", "varför");

    static readonly DateTime Start = new(2025, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A likelihood of this lift over a base rate of 1 %.</summary>
    public static Likelihood Lift(double lift)
    {
        var odds = lift * 0.01 / 0.99;
        return new(odds / (1 + odds), 0.01, "m1");
    }

    public static Signal At(SignalKind kind, DateTime at) => new(kind, at, 0, Automated: false);

    public static Signal At(SignalKind kind, DateOnly day, int hour = 12) =>
        At(kind, day.ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Utc));

    public static FunnelStep Look(
        FunnelPosition? position,
        DateOnly asOf,
        IReadOnlyList<Signal> signals,
        Likelihood? likelihood = null
    ) => AdvanceFunnel.Advance(position, Anna, signals, likelihood, Arjeplog, Policy, asOf);

    /// <summary>A contact who stands there since <see cref="Day"/>, with a sign of life that day.</summary>
    public static FunnelPosition Standing(Stage stage, Word? word = null) =>
        new(
            Anna,
            stage,
            Day,
            Day.ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc),
            2506,
            2510,
            Cause.Entered,
            null,
            Day,
            word
        );

    public static Gen<SignalKind> Kinds => Gen.Elements(Enum.GetValues<SignalKind>());

    /// <summary>Up to 12 signals in 800 days, many at the same few instants, one in six by a machine.</summary>
    public static Gen<Signal[]> Signals =>
        from count in Gen.Choose(0, 12)
        from signals in (
            from kind in Kinds
            from day in Gen.OneOf(Gen.Choose(0, 5), Gen.Choose(0, 800))
            from municipality in Gen.Elements(0, 2506, 2580)
            from machine in Gen.Choose(0, 5)
            select new Signal(kind, Start.AddDays(day), municipality, machine == 0)
        ).ArrayOf(count)
        select signals;

    public static Gen<Likelihood?> Likelihoods =>
        Gen.OneOf(Gen.Constant<Likelihood?>(null), Gen.Choose(0, 80).Select(l => (Likelihood?)Lift(l / 10.0)));

    /// <summary>The first as-of day that sees every signal of <see cref="Signals"/>.</summary>
    public static DateOnly AfterAll => DateOnly.FromDateTime(Start).AddDays(801);

    public static DateOnly BeforeAll => DateOnly.FromDateTime(Start);
}
