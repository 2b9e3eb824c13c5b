using LeadScoring.Funnel.Learning;
using LeadScoring.Scoring.Reporting;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Reports;

/// <summary>The pictures of <see cref="EffectPage"/>.</summary>
static class EffectCharts
{
    /// <summary>Uplifts as dots with intervals on one scale, around the line of no effect; parts without one are left out.</summary>
    public static string Forest(string title, IReadOnlyList<NamedEffect> effects)
    {
        var rows = effects.Where(one => one.Effect.Uplift is not null).ToArray();
        if (rows.Length == 0)
            return "";
        var ticks = Scale(
            rows.Min(row => row.Effect.Uplift!.Value.Low),
            rows.Max(row => row.Effect.Uplift!.Value.High)
        );
        var drawing = new Drawing(
            title,
            720,
            44 + rows.Length * 30,
            (150, 110, 8, 28),
            (ticks[0], ticks[^1]),
            rows.Length
        );
        drawing.AlongAxis(ticks, Tick);
        drawing.Line(0, 0, 0, rows.Length, "chance");
        for (var i = 0; i < rows.Length; i++)
        {
            var (name, uplift) = (rows[i].Name, rows[i].Effect.Uplift!.Value);
            var kind = uplift.HoldsZero ? "other" : "own";
            var y = rows.Length - i - 0.5;
            drawing.Label(ticks[0], y, name, "end", dx: -10, kind: "name");
            drawing.Line(uplift.Low, y, uplift.High, y, kind);
            drawing.Dot(uplift.Value, y, kind, 5, $"{name}: {EffectText.Points(uplift)}");
            drawing.Label(ticks[^1], y, EffectText.Points(uplift.Value), "start", dx: 10, kind: "name");
        }
        return drawing.End();
    }

    /// <summary>Gain over the share contacted, best first, beside the straight line of any order.</summary>
    public static string Curve(Qini ranking)
    {
        var gains = ranking.Points.Select(point => point.Gain).ToList();
        var ticks = Scale(gains.Min(), gains.Max());
        var drawing = new Drawing("Qini curve", 720, 380, (70, 26, 12, 48), (0, 1), ticks[^1] - ticks[0]);
        drawing.UpAxis(ticks.Select(Up), tick => Tick(tick + ticks[0]));
        drawing.AlongAxis([0, 0.2, 0.4, 0.6, 0.8, 1], share => Words.Text($"{100 * share:0} %"));
        drawing.Line(0, Up(0), 1, Up(gains[^1]), "chance");
        drawing.Curve(ranking.Points.Select(point => (point.Depth, Up(point.Gain))));
        foreach (var share in (double[])[0.1, 0.3, 0.5])
        {
            var point = ranking.At(share);
            var words = Words.Text($"best {100 * share:0} %: {EffectText.Points(point.Gain)}");
            drawing.Dot(point.Depth, Up(point.Gain), "own", 4, words);
        }
        drawing.Label(0.5, 0, "contacted, best first", "middle", dy: 40);
        return drawing.End();

        double Up(double gain) => gain - ticks[0];
    }

    /// <summary>Round numbers that hold both ends and zero.</summary>
    static double[] Scale(double low, double high)
    {
        var step = Drawing.Ticks(Math.Max(Math.Max(high, 0) - Math.Min(low, 0), 1e-4))[1];
        var first = (int)Math.Floor(Math.Min(low, 0) / step);
        var last = Math.Max((int)Math.Ceiling(Math.Max(high, 0) / step), first + 1);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => i * step)];
    }

    static string Tick(double points) => Words.Text($"{100 * points:+0.##;-0.##;0}");
}
