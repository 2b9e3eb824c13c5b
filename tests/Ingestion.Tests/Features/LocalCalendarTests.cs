using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class LocalCalendarTests
{
    // Besides the usual change twice a year: a day left out, half an hour's summer time, suspended for a month, none.
    [Test]
    public void Days_begin_and_end_when_the_zone_says(
        [Values(
            "Europe/Stockholm",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Pacific/Apia",
            "Pacific/Kiritimati",
            "Asia/Kathmandu",
            "UTC"
        )]
            string name
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var calendar = new LocalCalendar(zone);
        for (var day = new DateOnly(1970, 1, 5); day < new DateOnly(2099, 12, 20); day = day.AddDays(1))
        {
            var start = calendar.StartOf(day);
            if (start == calendar.StartOf(day.AddDays(1)))
                continue; // left out
            var number = calendar.DayOf(Time.Microseconds(start), out var end);
            Assert.That(number, Is.EqualTo(day.DayNumber - new DateOnly(1970, 1, 1).DayNumber), $"{day:o}");
            Assert.That(end, Is.EqualTo(Time.Microseconds(calendar.StartOf(day.AddDays(1)))), $"{day:o}");
            Assert.That(calendar.DayOf(end - 1), Is.EqualTo(number), $"{day:o}");
            Assert.That(calendar.MonthOfDay(number), Is.EqualTo(day.Month), $"{day:o}");
        }
    }
}
