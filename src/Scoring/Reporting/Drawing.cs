using System.Text;
using static System.FormattableString;

namespace LeadScoring.Scoring.Reporting;

/// <summary>An inline SVG drawn in plot coordinates: x from the left, y up from 0.</summary>
/// <remarks>Colours come from the page's style by class, so that the drawing follows light and dark.</remarks>
public sealed class Drawing
{
    readonly StringBuilder parts = new();
    readonly double width;
    readonly double height;
    readonly double left;
    readonly double bottom;
    readonly double right;
    readonly double top;
    readonly double mostX;
    readonly double mostY;
    readonly double leastX;

    /// <param name="title">What a screen reader says.</param>
    /// <param name="width">Of the whole picture in pixels, as the height and the margins are.</param>
    /// <param name="x">Least and largest value along the bottom.</param>
    /// <param name="mostY">Largest value up the left side.</param>
    public Drawing(
        string title,
        double width,
        double height,
        (double Left, double Right, double Top, double Bottom) margins,
        (double Least, double Most) x,
        double mostY
    )
    {
        (this.width, this.height, this.mostY) = (width, height, mostY);
        (left, right, top, bottom) = margins;
        (leastX, mostX) = x;
        parts.Append(
            Invariant($"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Markup.Text(title)}\">")
        );
    }

    /// <summary>The pixel of a value along the bottom.</summary>
    public double X(double value) => left + (value - leastX) / (mostX - leastX) * (width - left - right);

    /// <summary>The pixel of a value up the left side.</summary>
    public double Y(double value) => height - bottom - value / mostY * (height - top - bottom);

    /// <summary>A straight line between two points of the plot.</summary>
    /// <param name="kind">Its class in the page's style.</param>
    public void Line(double x1, double y1, double x2, double y2, string kind) =>
        parts.Append(
            Invariant(
                $"<line x1=\"{X(x1):0.#}\" y1=\"{Y(y1):0.#}\" x2=\"{X(x2):0.#}\" y2=\"{Y(y2):0.#}\" class=\"{kind}\"/>"
            )
        );

    /// <summary>A dot of a radius in pixels, with what is told when it is pointed at.</summary>
    public void Dot(double x, double y, string kind, double radius, string hint) =>
        parts.Append(
            Invariant($"<circle cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"{radius}\" class=\"{kind}\">")
                + $"<title>{Markup.Text(hint)}</title></circle>"
        );

    /// <summary>A line through points of the plot.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points) =>
        parts.Append(
            $"<polyline class=\"curve\" points=\"{string.Join(' ', points.Select(p => Invariant($"{X(p.X):0.#},{Y(p.Y):0.#}")))}\"/>"
        );

    /// <summary>A bar from the left edge.</summary>
    public void Bar(double y, double to, double thickness, string hint) =>
        parts.Append(
            Invariant($"<rect x=\"{X(leastX):0.#}\" y=\"{Y(y) - thickness / 2:0.#}\" ")
                + Invariant(
                    $"width=\"{Math.Max(1, X(to) - X(leastX)):0.#}\" height=\"{thickness}\" rx=\"2\" class=\"bar\">"
                )
                + $"<title>{Markup.Text(hint)}</title></rect>"
        );

    /// <summary>Words at a point of the plot.</summary>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="dx">Pixels to the right.</param>
    /// <param name="dy">Pixels down.</param>
    public void Label(double x, double y, string text, string anchor, double dx = 0, double dy = 4, string kind = "") =>
        parts.Append(
            Invariant($"<text x=\"{X(x) + dx:0.#}\" y=\"{Y(y) + dy:0.#}\" text-anchor=\"{anchor}\" class=\"{kind}\">")
                + $"{Markup.Text(text)}</text>"
        );

    /// <summary>Grid lines and numbers up the left side.</summary>
    public void UpAxis(IEnumerable<double> ticks, Func<double, string> words)
    {
        foreach (var tick in ticks)
        {
            Line(leastX, tick, mostX, tick, "grid");
            Label(leastX, tick, words(tick), "end", dx: -6);
        }
    }

    /// <summary>Grid lines and numbers along the bottom.</summary>
    public void AlongAxis(IEnumerable<double> ticks, Func<double, string> words)
    {
        foreach (var tick in ticks)
        {
            Line(tick, 0, tick, mostY, "grid");
            Label(tick, 0, words(tick), "middle", dy: 18);
        }
    }

    /// <summary>The picture as it stands in the page.</summary>
    public string End() => parts.Append("</svg>").ToString();

    /// <summary>Round numbers from 0 to at least <paramref name="most"/>, about five of them.</summary>
    public static double[] Ticks(double most)
    {
        var rough = Math.Max(most, 1e-9) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= rough * 0.999) * power;
        return [.. Enumerable.Range(0, (int)Math.Ceiling(most / step * 0.999) + 1).Select(i => i * step)];
    }
}
