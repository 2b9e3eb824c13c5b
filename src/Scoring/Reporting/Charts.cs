using LeadScoring.Scoring.Evaluation;
using static System.FormattableString;
using static LeadScoring.Scoring.Reporting.Markup;

namespace LeadScoring.Scoring.Reporting;

/// <summary>The report's pictures, each from the figures of one evaluation.</summary>
static class Charts
{
    /// <summary>The model's AUC and those of the baselines as dots with intervals on one scale.</summary>
    public static string Forest(ModelEvaluation judged)
    {
        var rows = judged
            .Baselines.Select(b => (b.Name, b.Auc, Low: b.AucLow, High: b.AucHigh, Kind: "other"))
            .Prepend((Name: "this model", judged.Auc, Low: judged.AucLow, High: judged.AucHigh, Kind: "own"))
            .Where(row => double.IsFinite(row.Auc))
            .ToArray();
        if (rows.Length == 0)
            return "";
        var least = Math.Min(0.5, Math.Floor(rows.Min(row => Known(row.Low, row.Auc)) * 20) / 20);
        var most = Math.Min(1, Math.Ceiling(rows.Max(row => Known(row.High, row.Auc)) * 20) / 20);
        var drawing = new Drawing(
            "ROC-AUC of the model and the baselines",
            720,
            44 + rows.Length * 30,
            (210, 64, 8, 28),
            (least, most),
            rows.Length
        );
        drawing.AlongAxis(Steps(least, most), tick => Number(tick, 2));
        for (var i = 0; i < rows.Length; i++)
        {
            var (name, auc, low, high, kind) = rows[i];
            var y = rows.Length - i - 0.5;
            drawing.Label(least, y, Short(name, 32), "end", dx: -10, kind: "name");
            drawing.Line(Known(low, auc), y, Known(high, auc), y, kind);
            drawing.Dot(auc, y, kind, 5, $"{name}: {Number(auc, 3)} ({Number(low, 3)} to {Number(high, 3)})");
            drawing.Label(most, y, Number(auc, 3), "start", dx: 10, kind: "name");
        }
        return drawing.End();
    }

    /// <summary>Observed rate over foretold likelihood, with intervals, beside the line where both are equal.</summary>
    public static string Calibration(ModelEvaluation judged)
    {
        var most =
            judged.CalibrationBins.Count == 0
                ? 1
                : judged.CalibrationBins.Max(bin => Math.Max(bin.Likelihood, bin.High));
        var ticks = Drawing.Ticks(most);
        var drawing = new Drawing(
            "Foretold likelihood and observed rate",
            460,
            380,
            (58, 26, 12, 48),
            (0, ticks[^1]),
            ticks[^1]
        );
        drawing.UpAxis(ticks, TickPercent);
        drawing.AlongAxis(ticks, TickPercent);
        drawing.Line(0, 0, ticks[^1], ticks[^1], "chance");
        foreach (var bin in judged.CalibrationBins)
        {
            drawing.Line(bin.Likelihood, bin.Low, bin.Likelihood, bin.High, "own");
            var hint =
                $"{Percent(bin.Likelihood)} foretold, {Percent(bin.Observed)} observed among {Count(bin.Rows)} rows";
            drawing.Dot(bin.Likelihood, bin.Observed, "own", 4, hint);
        }
        drawing.Label(ticks[^1] / 2, 0, "foretold", "middle", dy: 40);
        return drawing.End();
    }

    /// <summary>Share of the positives found over the share of contacts called.</summary>
    public static string Gains(ModelEvaluation judged)
    {
        var drawing = new Drawing(
            "Share of the positives found in the top of the list",
            460,
            380,
            (58, 26, 12, 48),
            (0, 1),
            1
        );
        double[] ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
        drawing.UpAxis(ticks, TickPercent);
        drawing.AlongAxis(ticks, TickPercent);
        drawing.Line(0, 0, 1, 1, "chance");
        drawing.Curve(judged.Gains.Select(point => (point.Share, point.Found)).Prepend((0, 0)));
        foreach (var point in judged.Gains.Where(point => point.Share is 0.1 or 0.2))
        {
            var words = $"{Percent(point.Found)} in the top {Percent(point.Share)}";
            drawing.Dot(point.Share, point.Found, "own", 4, words);
            drawing.Label(point.Share, point.Found, words, "start", dx: 10, dy: 12, kind: "name");
        }
        drawing.Label(0.5, 0, "contacts called, best first", "middle", dy: 40);
        return drawing.End();
    }

    /// <summary>Positive rate of each slice of time with its interval, coloured by the part it was used in.</summary>
    public static string Drift(ModelEvaluation judged)
    {
        var slices = judged.Drift;
        if (slices.Count == 0)
            return "";
        var ticks = Drawing.Ticks(slices.Max(slice => slice.High));
        var drawing = new Drawing("Positive rate over time", 960, 260, (58, 16, 12, 34), (0, slices.Count), ticks[^1]);
        drawing.UpAxis(ticks, TickPercent);
        var every = (slices.Count + 11) / 12;
        var before = 0;
        for (var i = 0; i < slices.Count; i++)
        {
            var slice = slices[i];
            var kind = slice.Part switch
            {
                "test" => "test",
                "train" => "own",
                _ => "other",
            };
            drawing.Line(i + 0.5, slice.Low, i + 0.5, slice.High, kind);
            var (label, days) = Stretch(slice, before, slices.Count > 8);
            before += slice.Rows;
            drawing.Dot(i + 0.5, slice.Rate, kind, 4.5, $"{days}: {Percent(slice.Rate)} of {Count(slice.Rows)} rows");
            if (i % every == 0)
                drawing.Label(i + 0.5, 0, label, "middle", dy: 18);
        }
        return drawing.End();
    }

    /// <summary>What a slice is called on the axis, and in full: its days, or its rows when no day is known.</summary>
    static (string Label, string Full) Stretch(TimeSlice slice, int before, bool narrow) =>
        slice is { From: { } from, To: { } to }
            ? (Day(from)[..(narrow ? 7 : 10)], from == to ? Day(from) : $"{Day(from)} to {Day(to)}")
            : ($"row {Count(before + 1)}", $"rows {Count(before + 1)} to {Count(before + slice.Rows)}");

    /// <summary>The features with the largest mean contribution, as bars.</summary>
    public static string Features(ModelEvaluation judged)
    {
        var top = judged.TopFeatures.Take(15).Where(feature => feature.Weight > 0).ToArray();
        if (top.Length == 0)
            return "<p>The trees use no feature: every contact gets the same likelihood.</p>";
        var drawing = new Drawing(
            "Features by mean contribution",
            720,
            16 + top.Length * 26,
            (300, 60, 4, 4),
            (0, top[0].Weight),
            top.Length
        );
        for (var i = 0; i < top.Length; i++)
        {
            var y = top.Length - i - 0.5;
            drawing.Label(0, y, Short(top[i].Feature, 44), "end", dx: -10, kind: "name");
            drawing.Bar(y, top[i].Weight, 14, $"{top[i].Feature}: {Number(top[i].Weight, 3)}");
            drawing.Label(top[i].Weight, y, Number(top[i].Weight, 3), "start", dx: 8);
        }
        return drawing.End();
    }

    public static string Day(DateOnly day) => Invariant($"{day:yyyy-MM-dd}");

    static IEnumerable<double> Steps(double from, double to) =>
        Enumerable
            .Range(0, (int)Math.Round((to - from) * 20) + 1)
            .Select(i => from + i / 20.0)
            .Where((_, i) => to - from < 0.4 || i % 2 == 0);

    static string TickPercent(double share) => Invariant($"{share * 100:0.##} %");

    static double Known(double value, double otherwise) => double.IsFinite(value) ? value : otherwise;

    static string Short(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
