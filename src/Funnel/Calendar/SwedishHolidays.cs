namespace LeadScoring.Funnel.Calendar;

/// <summary>Sweden's public holidays of any year, by the law of 1989 (1989:253) as it stands since 2005.</summary>
public static class SwedishHolidays
{
    /// <summary>Year in which the National Day took the place of Whit Monday.</summary>
    const int NationalDaySince = 2005;

    /// <summary>Whether it is a public holiday; ordinary Sundays are none here.</summary>
    public static bool IsPublic(DateOnly day)
    {
        var afterEaster = day.DayNumber - Easter(day.Year).DayNumber;
        return (day.Month, day.Day) switch
        {
            (1, 1) or (1, 6) or (5, 1) or (12, 25) or (12, 26) => true,
            (6, 6) => day.Year >= NationalDaySince || afterEaster is 39 or 49 or 50,
            _ => afterEaster is -2 or 0 or 1 or 39 or 49
                || (afterEaster == 50 && day.Year < NationalDaySince)
                || day == Midsummer(day.Year)
                || day == AllSaints(day.Year),
        };
    }

    /// <summary>
    /// The eves on which offices are shut although they are no public holidays: Easter, Midsummer, Christmas and New
    /// Year's Eve.
    /// </summary>
    public static bool IsEve(DateOnly day) =>
        (day.Month, day.Day) is (12, 24) or (12, 31)
        || day == Easter(day.Year).AddDays(-1)
        || day == Midsummer(day.Year).AddDays(-1);

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher; Meeus 1991, chapter 8).</summary>
    public static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = (year / 100, year % 100);
        var moonShift = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * golden + century - century / 4 - moonShift + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var count = epact + weekday - 7 * late + 114;
        return new(year, count / 31, count % 31 + 1);
    }

    /// <summary>Midsummer Day: the Saturday from 20 to 26 June.</summary>
    static DateOnly Midsummer(int year) => SaturdayFrom(new(year, 6, 20));

    /// <summary>All Saints' Day: the Saturday from 31 October to 6 November.</summary>
    static DateOnly AllSaints(int year) => SaturdayFrom(new(year, 10, 31));

    static DateOnly SaturdayFrom(DateOnly first) => first.AddDays(DayOfWeek.Saturday - first.DayOfWeek);
}
