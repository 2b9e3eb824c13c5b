using LeadScoring.Funnel.Calendar;

namespace LeadScoring.Funnel.Tests.Calendar;

sealed class SwedishHolidaysTests
{
    /// <summary>As printed in Swedish almanacs.</summary>
    static readonly Dictionary<int, string[]> Almanac = new()
    {
        [2024] =
        [
            "01-01",
            "01-06",
            "03-29",
            "03-31",
            "04-01",
            "05-01",
            "05-09",
            "05-19",
            "06-06",
            "06-22",
            "11-02",
            "12-25",
            "12-26",
        ],
        [2026] =
        [
            "01-01",
            "01-06",
            "04-03",
            "04-05",
            "04-06",
            "05-01",
            "05-14",
            "05-24",
            "06-06",
            "06-20",
            "10-31",
            "12-25",
            "12-26",
        ],
        // Ascension Day falls on the first of May.
        [2008] =
        [
            "01-01",
            "01-06",
            "03-21",
            "03-23",
            "03-24",
            "05-01",
            "05-11",
            "06-06",
            "06-21",
            "11-01",
            "12-25",
            "12-26",
        ],
        // The last year of Whit Monday, without the National Day.
        [2004] =
        [
            "01-01",
            "01-06",
            "04-09",
            "04-11",
            "04-12",
            "05-01",
            "05-20",
            "05-30",
            "05-31",
            "06-26",
            "11-06",
            "12-25",
            "12-26",
        ],
    };

    [TestCase(2004)]
    [TestCase(2008)]
    [TestCase(2024)]
    [TestCase(2026)]
    public void The_holidays_of_a_year_are_those_of_its_almanac(int year) =>
        Assert.That(Days(year, SwedishHolidays.IsPublic), Is.EqualTo(Almanac[year]));

    [TestCase(2024, "03-30", "06-21")]
    [TestCase(2026, "04-04", "06-19")]
    public void The_eves_are_those_on_which_offices_are_shut(int year, string easter, string midsummer) =>
        Assert.That(
            Days(year, SwedishHolidays.IsEve),
            Is.EqualTo(new[] { easter, midsummer, "12-24", "12-31" }.Order(StringComparer.Ordinal))
        );

    // The earliest and latest possible Easter, a rule-breaking year of the naive formula, and the near past.
    [TestCase(1818, 3, 22)]
    [TestCase(1943, 4, 25)]
    [TestCase(1954, 4, 18)]
    [TestCase(1981, 4, 19)]
    [TestCase(2000, 4, 23)]
    [TestCase(2025, 4, 20)]
    [TestCase(2027, 3, 28)]
    [TestCase(2038, 4, 25)]
    [TestCase(2285, 3, 22)]
    public void Easter_falls_where_the_almanac_has_it(int year, int month, int day) =>
        Assert.That(SwedishHolidays.Easter(year), Is.EqualTo(new DateOnly(year, month, day)));

    /// <summary>The slow twin: the Sunday after the first ecclesiastical full moon from 21 March on (Gauss's moon).</summary>
    [Test]
    public void Easter_of_every_year_is_the_Sunday_after_the_full_moon_of_spring()
    {
        for (var year = 1583; year <= 4000; year++)
        {
            var century = year / 100;
            var epact = (14 + 11 * (year % 19) - 3 * (century + 1) / 4 + (5 + 8 * (century + 1)) / 25 + 30_000) % 30;
            if (epact == 0 || (epact == 1 && year % 19 > 10))
                epact++;
            var day = new DateOnly(year, 4, 19).AddDays(-epact).AddDays(1);
            while (day.DayOfWeek != DayOfWeek.Sunday)
                day = day.AddDays(1);
            Assert.That(SwedishHolidays.Easter(year), Is.EqualTo(day), $"{year}");
        }
    }

    static string[] Days(int year, Predicate<DateOnly> isOne) =>
        [
            .. Enumerable
                .Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
                .Select(i => new DateOnly(year, 1, 1).AddDays(i))
                .Where(day => isOne(day))
                .Select(day => day.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ];
}
