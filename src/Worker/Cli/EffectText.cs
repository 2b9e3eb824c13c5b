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
        Left(output, report.StillOpen, "are not counted: their horizon is not over");
        Left(output, report.MovedBefore, "are not counted: they had moved before they were drawn");
        Left(
            output,
            report.WithoutCounterpart,
            "count for no effect: the other group has nobody of their municipality and stage"
        );
        output.WriteLine();
        foreach (var (code, effect) in report.Municipalities.Select(m => (m.Part, m.Effect)))
            output.WriteLine($"{Municipality.Find(code)?.Name ?? Words.Text($"{code}"), -14} {Of(effect)}");
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
        output.WriteLine(
            ranking.Area switch
            {
                { Low: > 0 } => "It finds those whom contact moves better than chance does.",
                { High: < 0 } => "It finds those whom contact moves worse than chance does.",
                _ => "Whether it finds those whom contact moves better than chance does cannot be told.",
            }
        );
        for (var step = 1; step <= Steps; step++)
        {
            var point = ranking.Points.Last(p => p.Depth <= (double)step / Steps + 1e-9);
            output.WriteLine(
                Words.Text($"  best {100 * step / Steps, 3} %  {100 * point.Gain:+0.00;-0.00;0.00} points gained")
            );
        }
    }

    static void Left(TextWriter output, long contacts, string why)
    {
        if (contacts > 0)
            output.WriteLine(Words.Text($"           {contacts:N0} contacts {why}"));
    }

    static string Of(Moved group) =>
        group.Contacts == 0
            ? "nobody"
            : Words.Text($"{group.Movers:N0} of {group.Contacts:N0} moved ({100 * group.Share:0.00} %)");

    static string Of(Effect effect) =>
        effect.Uplift is not { } uplift
            ? "too few to tell: one of the groups has nobody"
            : effect.Verdict switch
            {
                EffectVerdict.TooFew =>
                    $"too few to tell: {Points(uplift)}, {Movers(effect)}; nothing follows from it in either direction",
                EffectVerdict.NoneShown => $"no difference is shown: {Points(uplift)}, {Movers(effect)}",
                EffectVerdict.More => $"more of the contacted moved: {Points(uplift)}, {Extra(effect)}",
                EffectVerdict.Fewer => $"fewer of the contacted moved: {Points(uplift)}, {Extra(effect)}",
            };

    static string Movers(Effect effect) =>
        Words.Text(
            $"{effect.Contacted.Movers + effect.HeldOut.Movers:N0} of {effect.Contacted.Contacts + effect.HeldOut.Contacts:N0} moved"
        );

    static string Extra(Effect effect) =>
        effect.ExtraMovers is { } extra
            ? Words.Text(
                $"{extra.Value:+0.0;-0.0;0.0} movers by it ({extra.Low:+0.0;-0.0;0.0} to {extra.High:+0.0;-0.0;0.0})"
            )
            : "";

    static string Points(Interval share) =>
        Words.Text(
            $"{100 * share.Value:+0.00;-0.00;0.00} points ({100 * share.Low:+0.00;-0.00;0.00} to {100 * share.High:+0.00;-0.00;0.00})"
        );
}
