using System.Globalization;

namespace LeadScoring.Ingestion.Tables;

/// <summary>What the text of a cell can be read as, strictly and whatever the machine's culture.</summary>
static class Cell
{
    static readonly string[] _missing = ["", "?", "na", "n/a", "nan", "null"];
    static readonly string[] _yes = ["yes", "true"];
    static readonly string[] _no = ["no", "false"];
    static readonly string[] _instants =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFF",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFK",
        "yyyy-MM-dd HH:mm:sszz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFzz",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK",
    ];

    /// <summary>Empty, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> or <c>null</c>: no number stands there.</summary>
    public static bool IsMissing(string text) => text.Length <= 4 && Is(text, _missing);

    /// <summary>A finite number with a decimal point; with leading zeros (a postal code) it is none.</summary>
    public static double? Number(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
            return null;
        const NumberStyles style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    /// <summary>A number with a decimal comma and no point, as in <c>12,5</c>.</summary>
    public static double? CommaNumber(string text) =>
        text.Contains('.', StringComparison.Ordinal) || text.Count(c => c == ',') > 1
            ? null
            : Number(text.Replace(',', '.'));

    /// <summary>1 for yes and true, 0 for no and false.</summary>
    public static double? Truth(string text) =>
        Is(text, _yes) ? 1
        : Is(text, _no) ? 0
        : null;

    /// <summary>A date or instant (ISO 8601; UTC without an offset) in days since 1970.</summary>
    public static double? Day(string text) => Instant(text)?.Subtract(DateTime.UnixEpoch).TotalDays;

    /// <summary>A date or instant (ISO 8601; UTC without an offset).</summary>
    public static DateTime? Instant(string text)
    {
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return
            text.Length >= 10
            && DateTime.TryParseExact(text, _instants, CultureInfo.InvariantCulture, style, out var instant)
            ? instant
            : null;
    }

    /// <summary>A number of whichever sort of the above.</summary>
    public static double? Scalar(string text) => Number(text) ?? Truth(text) ?? Day(text) ?? CommaNumber(text);

    static bool Is(string text, string[] words) => words.Contains(text, StringComparer.OrdinalIgnoreCase);
}
