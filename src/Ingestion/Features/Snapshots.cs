using System.Globalization;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Features;

/// <summary>The cut-offs at which training looks back on the contacts' past.</summary>
public static class Snapshots
{
    /// <summary>The cut-offs that a home's settings ask for, within what its lake knows of.</summary>
    /// <exception cref="IngestionException">The file of cut-offs is missing or cannot be read.</exception>
    public static Cutoffs Of(
        string home,
        HomeSettings settings,
        LakeSpan span,
        CancellationToken cancellation = default
    )
    {
        var snapshots = settings.Snapshots;
        var calendar = new LocalCalendar(settings.TimeZone);
        if (snapshots.File is { } file)
            return Cutoffs.PerContact(ReadFile(Path.Combine(home, file), calendar, cancellation));
        if (snapshots.AfterFirstTraceDays is { } days)
            return Cutoffs.AfterFirstTrace(TimeSpan.FromDays(days));
        return Cutoffs.AtAll(
            snapshots.Days.Count > 0
                ? [.. snapshots.Days.Select(calendar.StartOf)]
                : Regular(snapshots.Every, span, calendar)
        );
    }

    /// <summary>Local midnights of a rhythm, after the first fact and up to the last.</summary>
    public static IReadOnlyList<DateTime> Regular(SnapshotEvery every, LakeSpan span, LocalCalendar calendar)
    {
        List<DateTime> cutoffs = [];
        for (var day = StartOfPeriod(every, calendar.DateOf(span.First)); ; day = Next(every, day))
        {
            var cutoff = calendar.StartOf(day);
            if (cutoff > span.Last)
                return cutoffs;
            if (cutoff > span.First)
                cutoffs.Add(cutoff);
        }
    }

    static DateOnly StartOfPeriod(SnapshotEvery every, DateOnly day) =>
        every switch
        {
            SnapshotEvery.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            SnapshotEvery.Month => new DateOnly(day.Year, day.Month, 1),
            SnapshotEvery.Quarter => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
            SnapshotEvery.Year => new DateOnly(day.Year, 1, 1),
        };

    static DateOnly Next(SnapshotEvery every, DateOnly day) =>
        every switch
        {
            SnapshotEvery.Week => day.AddDays(7),
            SnapshotEvery.Month => day.AddMonths(1),
            SnapshotEvery.Quarter => day.AddMonths(3),
            SnapshotEvery.Year => day.AddYears(1),
        };

    static List<(string, DateTime)> ReadFile(string path, LocalCalendar calendar, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new IngestionException($"{path} is missing; leads.json names it in snapshots.file. Put it there.");
        var table = RawTable.Read(path, cancellation);
        var contacts = table.Column("contact", "contact of a cut-off");
        var instants = table.Column("at", "instant of a cut-off");
        return
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Select(row => (contacts[row], InstantOf(instants[row], Path.GetFileName(path), row + 1, calendar))),
        ];
    }

    // a day is its local midnight; an instant without an offset is UTC
    static DateTime InstantOf(string text, string file, int row, LocalCalendar calendar)
    {
        var culture = CultureInfo.InvariantCulture;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day))
            return calendar.StartOf(day);
        if (Cell.Instant(text) is { } instant)
            return instant;
        throw new IngestionException(
            $"{file} row {row}: at is '{text}', expected a day as yyyy-mm-dd or an instant as yyyy-mm-ddThh:mm:ssZ."
        );
    }
}
