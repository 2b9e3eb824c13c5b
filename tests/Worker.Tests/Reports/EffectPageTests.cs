using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Reports;

namespace LeadScoring.Worker.Tests.Reports;

public sealed class EffectPageTests
{
    static readonly DateOnly Day = new(2026, 12, 1);

    /// <summary>From 5 of 100 held out to 15 of 100 contacted: two municipalities, of which one has nobody held out.</summary>
    static EffectReport Report(bool isRanked = true) =>
        new(
            Day,
            180,
            StillOpen: 3,
            MovedBefore: 0,
            WithoutCounterpart: 40,
            Of(new(15, 100), new(5, 100), new Interval(0.1, 0.0125, 0.1875), EffectVerdict.More),
            [
                new(2580, Of(new(15, 60), new(5, 100), new Interval(0.2, 0.1, 0.3), EffectVerdict.More)),
                new(2584, Of(new(0, 40), default, null, EffectVerdict.TooFew)),
            ],
            [new(Stage.Desire, Of(new(15, 100), new(5, 100), new Interval(0.1, -0.1, 0.3), EffectVerdict.NoneShown))],
            isRanked ? new([new(0, 0), new(0.5, 0.12), new(1, 0.1)], new Interval(0.035, 0.01, 0.06), 0.78) : null
        );

    static Effect Of(Moved contacted, Moved heldOut, Interval? uplift, EffectVerdict verdict) =>
        new(
            contacted,
            heldOut,
            uplift,
            uplift is { } u ? new Interval(u.Value * 100, u.Low * 100, u.High * 100) : null,
            verdict
        );

    [Test]
    public void The_page_says_first_what_is_shown_and_how_sure_that_is()
    {
        var html = EffectPage.Html(Report());
        Assert.That(html, Does.Contain("<h1>More of the contacted moved</h1>"));
        Assert.That(
            html,
            Does.Contain(
                "15 of 100 contacted moved (15.00 %), 5 of 100 held out by chance and left alone moved (5.00 %)"
            )
        );
        Assert.That(html, Does.Contain("<b>&#x2B;10.00 points</b><span>difference, &#x2B;1.25 to &#x2B;18.75</span>"));
        Assert.That(html, Does.Contain("<b>&#x2B;10.0</b><span>movers by contact, &#x2B;1.3 to &#x2B;18.8</span>"));
        Assert.That(html, Does.Contain("<li>3 contacts are not counted: their horizon is not over</li>"));
        Assert.That(html, Does.Contain("<li>40 contacts count for no effect"));
        Assert.That(html, Does.Not.Contain("had moved before"));
        Assert.That(html, Does.Not.Contain("{{"));
    }

    /// <summary>A scale from 0 to 30 points over 460 pixels that begin at 150: 20 points lie at 150 + 2/3 of 460; one row, 38 high above 46.</summary>
    [Test]
    public void A_part_stands_at_its_uplift_and_one_that_tells_nothing_only_in_the_table()
    {
        var html = EffectPage.Html(Report());
        Assert.That(html, Does.Contain("<circle cx=\"456.7\""));
        Assert.That(html, Does.Contain("<line x1=\"303.3\" y1=\"27\" x2=\"610\" y2=\"27\" class=\"own\"/>"));
        Assert.That(html, Does.Contain("<td>Kiruna</td><td class=\"n\">0 of 40</td><td class=\"n\">0 of 0</td>"));
        Assert.That(html.Split(">Kiruna<"), Has.Length.EqualTo(2), "named in the table alone");
        Assert.That(html, Does.Contain("too few to tell: one of the groups has nobody"));
    }

    /// <summary>Gains from 0 to 12 points on a scale to 12.5, 320 pixels high above 332; depths over 624 pixels that begin at 70.</summary>
    [Test]
    public void The_Qini_curve_goes_through_its_points()
    {
        var html = EffectPage.Html(Report());
        Assert.That(html, Does.Contain("class=\"curve\" points=\"70,332 382,24.8 694,76\""));
        Assert.That(html, Does.Contain("It finds those whom contact moves better than chance does."));
        Assert.That(
            EffectPage.Html(Report(isRanked: false)),
            Does.Contain("Nothing to rank by").And.Not.Contain("class=\"curve\"")
        );
    }
}
