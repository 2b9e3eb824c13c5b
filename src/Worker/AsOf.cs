using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Worker;

/// <summary>The day a run is as of, and its instant: the local midnight with which the day begins.</summary>
/// <remarks>Everything strictly before the instant counts, so a night's run sees the whole day before.</remarks>
public readonly record struct AsOf(DateOnly Day, DateTime Instant)
{
    /// <summary>The day asked for, else today in the home's time zone.</summary>
    public static AsOf Of(DateOnly? asked, HomeSettings settings, TimeProvider time)
    {
        var calendar = new LocalCalendar(settings.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), settings.TimeZone).DateTime);
        var day = asked ?? today;
        return new(day, calendar.StartOf(day));
    }

    /// <summary>The first day on which everything the lake knows counts; null when it knows nothing.</summary>
    public static DateOnly? AfterEverythingKnown(Lake lake, HomeSettings settings, CancellationToken cancellation) =>
        LakeSpan.Read(lake, DateTime.MaxValue.AddYears(-1), cancellation) is { } span
            ? new LocalCalendar(settings.TimeZone).DateOf(span.Last).AddDays(1)
            : null;
}
