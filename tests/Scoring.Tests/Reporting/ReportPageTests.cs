using System.Text.RegularExpressions;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Reporting;

namespace LeadScoring.Scoring.Tests.Reporting;

public class ReportPageTests
{
    static string Page(TrainedModel model) => ReportPage.Html(model);

    static TrainedModel With(Func<ModelEvaluation, ModelEvaluation> change) =>
        TrainModelTests.Monthly with
        {
            Evaluation = change(TrainModelTests.Monthly.Evaluation),
        };

    [Test]
    public void Every_place_holder_is_filled_and_nothing_is_loaded_from_elsewhere()
    {
        var page = Page(TrainModelTests.Monthly);
        Assert.That(page, Does.Not.Contain("{{"));
        Assert.That(page, Does.Not.Match("(src|href)="));
        Assert.That(page, Does.Not.Contain("<script"));
        Assert.That(page, Does.Not.Contain("url("));
        Assert.That(page, Does.Not.Contain("NaN"));
        Assert.That(page, Does.Contain(TrainModelTests.Monthly.Id));
    }

    [Test]
    public void Every_opened_element_is_closed()
    {
        var open = new Stack<string>();
        foreach (
            Match tag in Regex.Matches(
                Page(TrainModelTests.Monthly),
                @"<(?<close>/?)(?<name>[a-z0-9]+)[^>]*?(?<alone>/?)>",
                RegexOptions.None,
                TimeSpan.FromSeconds(5)
            )
        )
        {
            if (tag.Groups["alone"].Length > 0 || tag.Groups["name"].Value is "meta")
                continue;
            if (tag.Groups["close"].Length == 0)
                open.Push(tag.Groups["name"].Value);
            else
                Assert.That(open.Pop(), Is.EqualTo(tag.Groups["name"].Value));
        }
        Assert.That(open, Is.Empty);
    }

    [Test]
    public void The_verdict_is_the_headline_and_warnings_stand_above_the_figures()
    {
        var page = Page(
            With(judged =>
                judged with
                {
                    Verdict = "no better than the recency rule",
                    Warnings = ["Mind <this> & that."],
                }
            )
        );
        Assert.That(page, Does.Contain("<h1>No better than the recency rule.</h1>"));
        Assert.That(page, Does.Contain("<li>Mind &lt;this&gt; &amp; that.</li>"));
        Assert.That(
            page.IndexOf("Before you use it", StringComparison.Ordinal),
            Is.LessThan(page.IndexOf("class=\"tile\"", StringComparison.Ordinal))
        );
    }

    [Test]
    public void Names_from_a_table_cannot_bring_markup_or_place_holders_in()
    {
        var page = Page(
            With(judged =>
                judged with
                {
                    TopFeatures = [new FeatureWeight("<img onerror=x>{{warnings}}", 1)],
                    Baselines = [judged.Baselines[0] with { Name = "single feature <b>\"x\"" }],
                }
            )
        );
        Assert.That(page, Does.Not.Contain("<img"));
        Assert.That(page, Does.Not.Contain("<b>\"x"));
        Assert.That(page, Does.Contain("&lt;img onerror=x&gt;{{warnings}}"));
    }

    [Test]
    public void Figures_that_are_not_known_are_called_so()
    {
        var page = Page(
            With(judged =>
                judged with
                {
                    Auc = double.NaN,
                    AucLow = double.NaN,
                    AucHigh = double.NaN,
                    Baselines = [],
                    BaselineAuc = double.NaN,
                    Drift = [],
                    CalibrationBins = [],
                    TopFeatures = [],
                    Gains = [],
                }
            )
        );
        Assert.That(page, Does.Contain("unknown"));
        Assert.That(page, Does.Not.Contain("NaN"));
    }

    [Test]
    public void The_page_does_not_depend_on_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        var (page, card) = (Page(TrainModelTests.Monthly), ModelCard.Markdown(TrainModelTests.Monthly));
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("sv-SE");
            Assert.That(Page(TrainModelTests.Monthly), Is.EqualTo(page));
            Assert.That(ModelCard.Markdown(TrainModelTests.Monthly), Is.EqualTo(card));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Test]
    public void The_calibration_dots_stand_where_the_figures_say()
    {
        var bin = new CalibrationBin(0.25, 0.5, 0.4, 0.6, 100);
        var drawing = Charts.Calibration(TrainModelTests.Monthly.Evaluation with { CalibrationBins = [bin] });
        // Axes to 0.6 over 376 x 320 pixels from (58, 332): x = 58 + 0.25 / 0.6 * 376, y = 332 - 0.5 / 0.6 * 320.
        Assert.That(drawing, Does.Contain("<circle cx=\"214.7\" cy=\"65.3\""));
    }

    [Test]
    public void The_card_says_what_it_is_for_and_what_to_mind()
    {
        var card = ModelCard.Markdown(With(judged => judged with { Warnings = ["Few rows."] }));
        Assert.That(card, Does.StartWith($"# Model {TrainModelTests.Monthly.Id}\n"));
        Assert.That(card, Does.Contain("- Few rows.\n").And.Contain("It decides nothing by itself"));
    }
}
