using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

public sealed class RhythmTests
{
    // Gaps worked out by hand: the median is the lower of the two in the middle, the long gap the one at 95 %.
    [TestCase("1 2 3 4 5 6", 1, 1, Description = "gaps 1 1 1 1 1")]
    [TestCase("1 2 3 6 7 8 9", 1, 3, Description = "gaps 1 1 1 1 1 3")]
    [TestCase("1 8 15 22 29 36", 7, 7, Description = "gaps 7 7 7 7 7")]
    [TestCase("1 2 4 7 11 16 22", 3, 6, Description = "gaps 1 2 3 4 5 6")]
    [TestCase("1 3 5 7 8 9 10", 1, 2, Description = "gaps 1 1 1 2 2 2")]
    public void The_rhythm_is_the_median_gap_between_days(string days, int usual, int @long) =>
        Assert.That(Rhythm.Of(Days(days)), Is.EqualTo(new Rhythm(usual, @long)));

    [TestCase("")]
    [TestCase("1")]
    [TestCase("1 2 3 4 5", Description = "four gaps")]
    public void Too_few_days_have_no_rhythm(string days) => Assert.That(Rhythm.Of(Days(days)), Is.Null);

    [Test]
    public void Only_the_latest_gaps_count()
    {
        var daily = Enumerable.Range(1, 100).Select(day => new DateOnly(2025, 1, 1).AddDays(day));
        var weekly = Enumerable.Range(1, 60).Select(week => new DateOnly(2025, 4, 11).AddDays(7 * week));

        Assert.That(Rhythm.Of([.. daily, .. weekly]), Is.EqualTo(new Rhythm(7, 7)));
    }

    // Of the morning of the 20th: the 19th was yesterday and no day is missing; after the 10th nine days are, 11th to 19th.
    [TestCase(19, 0)]
    [TestCase(18, 1)]
    [TestCase(10, 9)]
    [TestCase(20, 0)]
    public void Quiet_days_are_the_whole_days_in_between(int last, int quiet) =>
        Assert.That(Rhythm.QuietDays(new(2026, 4, last), new(2026, 4, 20)), Is.EqualTo(quiet));

    // Daily: the gap in the making is quiet days + 1, and breaks the rhythm when it is more than three times the usual.
    [TestCase(1, 1, 2, false)]
    [TestCase(1, 1, 3, true)]
    [TestCase(1, 5, 4, false, Description = "such gaps are usual at holidays")]
    [TestCase(1, 5, 5, true)]
    [TestCase(7, 7, 20, false)]
    [TestCase(7, 7, 21, true)]
    public void A_rhythm_is_broken_by_a_silence_that_it_does_not_explain(
        int usual,
        int @long,
        int quiet,
        bool broken
    ) => Assert.That(new Rhythm(usual, @long).IsBrokenBy(quiet), Is.EqualTo(broken));

    [TestCase(1, "daily")]
    [TestCase(7, "weekly")]
    [TestCase(14, "every two weeks")]
    [TestCase(30, "monthly")]
    [TestCase(3, "every 3 days")]
    public void A_rhythm_is_told_in_words(int usual, string words) =>
        Assert.That(new Rhythm(usual, usual).ToString(), Is.EqualTo(words));

    static DateOnly[] Days(string days) =>
        [
            .. days.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(day => new DateOnly(2026, 1, 1).AddDays(int.Parse(day, null) - 1)),
        ];
}
