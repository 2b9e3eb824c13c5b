using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>Local calendar days and months of instants in µs since 1970 (UTC), by one look at a table.</summary>
/// <remarks>The zone's days from 1970 to 2100 are laid out once; outside of these, days are UTC days.</remarks>
public sealed class LocalCalendar
{
    /// <summary>A day of 24 hours in µs.</summary>
    public const long Day = 86_400_000_000;

    const int Week = 7;
    const int FirstDay = 719_162; // DateOnly.DayNumber of 1970-01-01
    const int Days = 47_482; // up to 2100-01-01

    readonly long[] _starts = new long[Days + 1]; // instant at which local day d begins
    readonly byte[] _months = new byte[Days];

    public LocalCalendar(TimeZoneInfo zone)
    {
        Zone = zone;
        var next = Start(0);
        for (var first = 0; first <= Days; first += Week)
        {
            (_starts[first], next) = (next, Start(first + Week));
            // the zone is asked for every day only in weeks that are not seven times 24 hours
            var isEven = next - _starts[first] == Week * Day;
            for (var day = first + 1; day < Math.Min(first + Week, Days + 1); day++)
                _starts[day] = isEven ? _starts[day - 1] + Day : Start(day);
        }
        for (var day = 0; day < Days; day++)
            _months[day] = (byte)DateOfDay(day).Month;

        long Start(int day) => Time.Microseconds(StartOf(DateOfDay(day)));
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>Days since 1970 of an instant's local date.</summary>
    public int DayOf(long at) => DayOf(at, out _);

    /// <summary>Days since 1970 of an instant's local date, and the instant at which that day ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int DayOf(long at, out long end)
    {
        unchecked
        {
            var day = (int)(at / Day);
            var starts = _starts;
            if ((uint)(day - 2) >= Days - 4)
                return Beyond(at, out end);
            if (at >= starts[day + 1])
                day++;
            else if (at < starts[day])
                day--;
            end = starts[day + 1];
            return day;
        }
    }

    // a UTC day
    static int Beyond(long at, out long end)
    {
        unchecked
        {
            var day = (int)Math.DivRem(at, Day, out var rest) - (rest < 0 ? 1 : 0);
            end = (day + 1) * Day;
            return day;
        }
    }

    /// <summary>Month (1 to 12) of a day that <see cref="DayOf(long)"/> gave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte MonthOfDay(int day) => (uint)day < Days ? _months[day] : (byte)DateOfDay(day).Month;

    /// <summary>Month (1 to 12) of an instant's local date.</summary>
    public int MonthOf(long at) => MonthOfDay(DayOf(at));

    /// <summary>Year of an instant's local date.</summary>
    public int YearOf(long at) => DateOfDay(DayOf(at)).Year;

    /// <summary>The local date of an instant (UTC).</summary>
    public DateOnly DateOf(DateTime at) => DateOfDay(DayOf(Time.Microseconds(at)));

    /// <summary>The instant (UTC) at which a local date begins.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(wall))
            wall = wall.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(wall, Zone);
    }

    static DateOnly DateOfDay(int day) => DateOnly.FromDayNumber(FirstDay + day);
}
