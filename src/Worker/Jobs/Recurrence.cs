using System.Globalization;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>When a job comes round: every day, or one day of every month, at a local time; or every few minutes.</summary>
/// <param name="DayOfMonth">1 to 28; null is every day.</param>
/// <param name="CatchUp">How late a beat that nobody heard is still made up for.</param>
public sealed record Recurrence(string Job, TimeOnly At, int? DayOfMonth, TimeZoneInfo Zone, TimeSpan CatchUp)
{
    /// <summary>Minutes from beat to beat, a divisor of 60, counted from the full hour; null is once a day or month.</summary>
    public int? Minutes { get; init; }

    /// <summary>What a beat is divided into, empty when there is nothing to do; null is one piece.</summary>
    public Func<LeadStore, DateTime, IReadOnlyList<string>>? Pieces { get; init; }

    /// <summary>A job that comes round every few minutes; of beats that nobody heard only the latest is made up for.</summary>
    public static Recurrence Every(int minutes, string job, Func<LeadStore, DateTime, IReadOnlyList<string>> pieces) =>
        new(job, default, DayOfMonth: null, TimeZoneInfo.Utc, CatchUp: TimeSpan.FromMinutes(minutes))
        {
            Minutes = minutes,
            Pieces = pieces,
        };

    /// <summary>The piece that a part of a beat is about: <c>2582</c> of <c>09:05Z 2582</c>, empty for a whole.</summary>
    public static string PieceOf(string part) =>
        part.IndexOf(' ', StringComparison.Ordinal) is var space and >= 0 ? part[(space + 1)..] : "";

    /// <summary>The units of the latest beat at or before an instant, and when it was.</summary>
    public (IReadOnlyList<JobUnit> Units, DateTime At) LatestPieces(LeadStore store, DateTime utc)
    {
        var (unit, at) = Latest(utc);
        return Pieces is null
            ? ([unit], at)
            : ([.. Pieces(store, utc).Select(piece => unit with { Part = $"{unit.Part} {piece}".TrimEnd() })], at);
    }

    /// <summary>The latest beat at or before an instant: its unit, and when it was.</summary>
    /// <remarks>A local time that the clocks leave out is the first one after the gap; of one that comes twice the first counts.</remarks>
    public (JobUnit Unit, DateTime At) Latest(DateTime utc)
    {
        if (Minutes is { } minutes)
        {
            var beat = utc.AddTicks(-(utc.Ticks % TimeSpan.FromMinutes(minutes).Ticks));
            return (
                new(Job, DateOnly.FromDateTime(beat), beat.ToString("HH:mm'Z'", CultureInfo.InvariantCulture)),
                beat
            );
        }
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone));
        for (; ; day = day.AddDays(-1))
        {
            if (DayOfMonth is { } number && day.Day != number)
                continue;
            var at = Instant(day);
            if (at <= utc)
                return (new(Job, day), at);
        }
    }

    DateTime Instant(DateOnly day)
    {
        var local = day.ToDateTime(At);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
