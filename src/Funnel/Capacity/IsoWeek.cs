using System.Globalization;

namespace LeadScoring.Funnel.Capacity;

/// <summary>A week by ISO 8601, Monday to Sunday; weekly places are counted in it.</summary>
public readonly record struct IsoWeek(int Year, int Week)
{
    public static IsoWeek Of(DateOnly day)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return new(ISOWeek.GetYear(noon), ISOWeek.GetWeekOfYear(noon));
    }

    /// <summary>The first day of the week that a day lies in.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>As <c>2026-W12</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-W{Week:00}");
}
