using System.Globalization;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

public sealed class WordsTests
{
    [Test]
    public void A_funnel_s_run_is_told_with_its_counts() =>
        Assert.That(
            Words.Of(new FunnelOutcome(Repeated: false, 1234, 56, 7)),
            Is.EqualTo("1,234 moved, 56 follow-ups planned, 7 leads on this week's lists")
        );

    [Test]
    public void A_repeated_run_says_that_it_was_one() =>
        Assert.That(
            Words.Of(new FunnelOutcome(Repeated: true, 0, 0, 7)),
            Does.StartWith("as before").And.Contain("7 leads")
        );

    [Test]
    public void Lists_are_counted() =>
        Assert.That(
            Words.Of([new ListFigures("Boden", 2582, 3, "a.csv"), new ListFigures("Kiruna", 2584, 4, "b.csv")]),
            Is.EqualTo("2 lists, 7 leads")
        );

    [Test]
    public void Figures_are_the_same_under_a_culture_with_commas()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            Assert.That(Words.Text($"{1234.5:N1}"), Is.EqualTo("1,234.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
