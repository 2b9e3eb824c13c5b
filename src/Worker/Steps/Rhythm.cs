using System.Globalization;

namespace LeadScoring.Worker.Steps;

/// <summary>How often something usually happens: the gaps between the days on which it did.</summary>
/// <param name="UsualDays">
/// Median gap in days, 1 for daily: of the last <see cref="Remembered"/> gaps, the lower of the two in the middle.
/// </param>
/// <param name="LongDays">A gap that nineteen of twenty do not exceed.</param>
public readonly record struct Rhythm(int UsualDays, int LongDays)
{
    /// <summary>Fewer gaps than these are no rhythm.</summary>
    public const int Needed = 5;

    /// <summary>Older gaps than these are forgotten, so that a new rhythm is learned.</summary>
    public const int Remembered = 60;

    /// <summary>A gap counts as silence when it is more than so many times the usual one, and longer than a long one.</summary>
    const int Silence = 3;

    /// <summary>The rhythm of some days, each once and in order; null when they are too few to have one.</summary>
    public static Rhythm? Of(IReadOnlyList<DateOnly> days)
    {
        var gaps = days.Zip(days.Skip(1), (day, next) => next.DayNumber - day.DayNumber)
            .TakeLast(Remembered)
            .Order()
            .ToList();
        return gaps.Count < Needed ? null : new(gaps[(gaps.Count - 1) / 2], gaps[(gaps.Count * 19 - 1) / 20]);
    }

    /// <summary>Whole days without anything between the last day on which it happened and the morning of another.</summary>
    public static int QuietDays(DateOnly last, DateOnly asOf) => Math.Max(0, asOf.DayNumber - last.DayNumber - 1);

    /// <summary>Whether so many quiet days are more than this rhythm explains.</summary>
    public bool IsBrokenBy(int quietDays) => quietDays + 1 > Math.Max(Silence * UsualDays, LongDays);

    /// <summary>The rhythm in a word or three.</summary>
    public override string ToString() =>
        UsualDays switch
        {
            1 => "daily",
            7 => "weekly",
            14 => "every two weeks",
            >= 28 and <= 31 => "monthly",
            _ => string.Create(CultureInfo.InvariantCulture, $"every {UsualDays} days"),
        };
}
