using LeadScoring.Funnel.Learning;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary>The effect of the dialogue in words.</summary>
static class EffectText
{
    const int Steps = 10;

    internal static void Tell(EffectReport report, TextWriter output)
    {
        var all = report.All;
        output.WriteLine(
            Words.Text($"Moved within {report.HorizonDays} days, as of {report.AsOf:yyyy-MM-dd} (95 % intervals)")
        );
        output.WriteLine($"contacted  {Of(all.Contacted)}");
        output.WriteLine($"held out   {Of(all.HeldOut)}");
        output.WriteLine($"effect     {Of(all)}");
        foreach (var left in NotCounted(report))
            output.WriteLine($"           {left}");
        output.WriteLine();
        foreach (var (code, effect) in report.Municipalities.Select(m => (m.Part, m.Effect)))
            output.WriteLine($"{Name(code), -14} {Of(effect)}");
        foreach (var (stage, effect) in report.Stages.Select(s => (s.Part, s.Effect)))
            output.WriteLine($"{stage, -14} {Of(effect)}");
        if (report.Ranking is { } ranking)
            Tell(ranking, output);
    }

    static void Tell(Qini ranking, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            Words.Text($"The ranking (Qini): area over a random order {Points(ranking.Area)}")
                + (ranking.Coefficient is { } q ? Words.Text($", {q:0.00} of the best possible") : "")
        );
        output.WriteLine(Judged(ranking));
        for (var step = 1; step <= Steps; step++)
        {
            var point = ranking.At((double)step / Steps);
            output.WriteLine(Words.Text($"  best {100 * step / Steps, 3} %  {Points(point.Gain)} gained"));
        }
    }

    /// <summary>Whom the figures leave out, and why.</summary>
    internal static IEnumerable<string> NotCounted(EffectReport report) =>
        new (long Contacts, string Why)[]
        {
            (report.StillOpen, "are not counted: their horizon is not over"),
            (report.MovedBefore, "are not counted: they had moved before they were drawn"),
            (
                report.WithoutCounterpart,
                "count for no effect: the other group has nobody of their municipality and stage"
            ),
        }
            .Where(left => left.Contacts > 0)
            .Select(left => Words.Text($"{left.Contacts:N0} contacts {left.Why}"));

    /// <summary>What the Qini area says of the ranking.</summary>
    internal static string Judged(Qini ranking) =>
        ranking.Area switch
        {
            { Low: > 0 } => "It finds those whom contact moves better than chance does.",
            { High: < 0 } => "It finds those whom contact moves worse than chance does.",
            _ => "Whether it finds those whom contact moves better than chance does cannot be told.",
        };

    static string Of(Moved group) =>
        group.Contacts == 0
            ? "nobody"
            : Words.Text($"{group.Movers:N0} of {group.Contacts:N0} moved ({100 * group.Share:0.00} %)");

    static string Of(Effect effect) =>
        effect.Uplift is not { } uplift
            ? Verdict(effect)
            : effect.Verdict switch
            {
                EffectVerdict.TooFew =>
                    $"{Verdict(effect)}: {Points(uplift)}, {Movers(effect)}; nothing follows from it in either direction",
                EffectVerdict.NoneShown => $"{Verdict(effect)}: {Points(uplift)}, {Movers(effect)}",
                _ => $"{Verdict(effect)}: {Points(uplift)}, {Extra(effect)}",
            };

    /// <summary>The verdict in words.</summary>
    internal static string Verdict(Effect effect) =>
        effect.Uplift is null
            ? "too few to tell: one of the groups has nobody"
            : effect.Verdict switch
            {
                EffectVerdict.TooFew => "too few to tell",
                EffectVerdict.NoneShown => "no difference is shown",
                EffectVerdict.More => "more of the contacted moved",
                EffectVerdict.Fewer => "fewer of the contacted moved",
            };

    static string Movers(Effect effect) =>
        Words.Text(
            $"{effect.Contacted.Movers + effect.HeldOut.Movers:N0} of {effect.Contacted.Contacts + effect.HeldOut.Contacts:N0} moved"
        );

    static string Extra(Effect effect) =>
        effect.ExtraMovers is { } extra
            ? Words.Text($"{Movers(extra.Value)} movers by it ({Movers(extra.Low)} to {Movers(extra.High)})")
            : "";

    /// <summary>A difference of shares with its interval, in percentage points.</summary>
    internal static string Points(Interval share) => $"{Points(share.Value)} ({PointsBetween(share)})";

    /// <summary>The ends of its interval.</summary>
    internal static string PointsBetween(Interval share) =>
        Words.Text($"{100 * share.Low:+0.00;-0.00;0.00} to {100 * share.High:+0.00;-0.00;0.00}");

    internal static string Movers(double extra) => Words.Text($"{extra:+0.0;-0.0;0.0}");

    internal static string Name(int municipality) =>
        Municipality.Find(municipality)?.Name ?? Words.Text($"{municipality}");

    internal static string Points(double share) => Words.Text($"{100 * share:+0.00;-0.00;0.00} points");
}
