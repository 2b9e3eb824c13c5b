using System.Globalization;

namespace LeadScoring.Ingestion.Tests.Tables.Twins;

/// <summary>What a cell can be read as, the runtime's own way: strings and lists of formats.</summary>
static class SlowCell
{
    static readonly string[] _missing = ["", "?", "na", "n/a", "nan", "null"];

    static readonly string[] _days = ["yyyy-MM-dd"];

    static readonly string[] _instants =
    [
        .. from separator in new[] { "' '", "'T'" }
        from second in new[]
        {
            "",
            ":ss",
            ":ss.f",
            ":ss.ff",
            ":ss.fff",
            ":ss.ffff",
            ":ss.fffff",
            ":ss.ffffff",
            ":ss.fffffff",
        }
        from zone in new[] { "", "K", "zz", "zzz" }
        select $"yyyy-MM-dd{separator}HH:mm{second}{zone}",
    ];

    public static bool IsMissing(string text) => _missing.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>May be infinite.</summary>
    public static double? Number(string text)
    {
        var digits = text.TrimStart('+', '-');
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
            return null;
        const NumberStyles style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        // the runtime reads its own words for what is no number as well
        return text.Any(char.IsAsciiDigit) && double.TryParse(text, style, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    public static double? CommaNumber(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? null : Number(text.Replace(',', '.'));

    public static double? Truth(string text) =>
        text.ToLowerInvariant() switch
        {
            "yes" or "true" => 1,
            "no" or "false" => 0,
            _ => null,
        };

    public static double? Infinity(string text) =>
        text.TrimStart('+', '-').ToLowerInvariant() is "inf" or "infinity" ? double.PositiveInfinity : null;

    public static double? Day(string text) => Instant(text)?.Subtract(DateTime.UnixEpoch).TotalDays;

    public static DateTime? Instant(string text) =>
        DateTime.TryParseExact(
            text,
            text.Length == 10 ? _days : _instants,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant
        )
            ? instant
            : null;
}
