using System.Globalization;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>Days of a sheet as times: day 1 is 1 January 1900, or day 0 is 1 January 1904.</summary>
/// <remarks>Day 60 of the first system is 29 February 1900, which never was: Lotus 1-2-3 had it, and so has everybody.</remarks>
static class SheetTime
{
    const double MillisecondsPerDay = 86_400_000;

    static readonly DateTime _before1900 = new(1899, 12, 30);
    static readonly DateTime _first1904 = new(1904, 1, 1);

    /// <summary>The time to the millisecond; false when the number is none.</summary>
    public static bool TryRead(string text, bool startsIn1904, out DateTime time)
    {
        time = default;
        if (
            !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days)
            || days is not (>= 0 and < 2_958_466)
        )
            return false;
        if (!startsIn1904 && days is >= 60 and < 61)
            return false;
        var first =
            startsIn1904 ? _first1904
            : days < 60 ? _before1900.AddDays(1)
            : _before1900;
        var milliseconds = Math.Round(days * MillisecondsPerDay);
        if (milliseconds > (DateTime.MaxValue - first).TotalMilliseconds)
            return false;
        time = first.AddMilliseconds(milliseconds);
        return true;
    }
}
