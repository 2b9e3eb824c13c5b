using System.Text.Encodings.Web;
using static System.FormattableString;

namespace LeadScoring.Scoring.Reporting;

/// <summary>Words and numbers as they stand in reports, safe for HTML.</summary>
public static class Markup
{
    /// <summary>Text made safe for HTML.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>With so many decimals; <c>unknown</c> when it is not finite.</summary>
    public static string Number(double value, int decimals) =>
        double.IsFinite(value)
            ? value.ToString("F" + Invariant($"{decimals}"), System.Globalization.CultureInfo.InvariantCulture)
            : "unknown";

    /// <summary>A share in per cent, with a decimal where it is small.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share) ? $"{Number(share * 100, Math.Abs(share) < 0.1 ? 1 : 0)} %" : "unknown";

    /// <summary>Rows in groups of three, parted by a narrow no-break space.</summary>
    public static string Count(long rows) => Invariant($"{rows:N0}").Replace(',', '\u202f');

    /// <summary>A figure above what it means.</summary>
    public static string Tile(string figure, string words) =>
        $"<div class=\"tile\"><b>{Text(figure)}</b><span>{Text(words)}</span></div>";

    /// <summary>A table of text; the first column holds names, the others numbers.</summary>
    public static string Table(IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows) =>
        $"<table><thead><tr>{Cells("th", heads)}</tr></thead><tbody>"
        + string.Concat(rows.Select(row => $"<tr>{Cells("td", row)}</tr>"))
        + "</tbody></table>";

    /// <summary>The first cell is a name and may wrap; the others are numbers and may not.</summary>
    static string Cells(string tag, IEnumerable<string> cells) =>
        string.Concat(cells.Select((cell, i) => $"<{tag}{(i == 0 ? "" : " class=\"n\"")}>{Text(cell)}</{tag}>"));
}
