using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Reporting;

namespace LeadScoring.Scoring.Tests.Reporting;

public sealed class SeenRatesTests
{
    static readonly ModelDescription About = TrainModelTests.Monthly.Description with
    {
        BaseRate = 0.011,
        Features =
        [
            FeatureProfile.Of(Feature.Numeric("visits", "traces"), [0, 9]),
            FeatureProfile.Of(Feature.Categorical("country", ["<NL>", "SE"]), [0, 1]),
        ],
        Rates =
        [
            new("visits", FeatureType.Numeric, [new(0, 0, 9000, 900, 90), new(1.25, 40, 1400, 700, 350)], null),
            new("country", FeatureType.Categorical, [new(0, 0, 50, 40, 5)], new(double.NaN, double.NaN, 70, 35, 7)),
        ],
    };

    static string Told(params string[] top) =>
        SeenRates.Of(
            About,
            TrainModelTests.Monthly.Evaluation with
            {
                TopFeatures = [.. top.Select((name, i) => new FeatureWeight(name, 1 - 0.1 * i))],
            }
        );

    static string Line(string feature, string value, string rows, string contacts, string share) =>
        $"<tr><td>{feature}</td><td class=\"n\">{value}</td><td class=\"n\">{rows}</td><td class=\"n\">{contacts}</td><td class=\"n\">{share}</td></tr>";

    [Test]
    public void Ranges_levels_and_missing_values_each_have_a_line()
    {
        var html = Told("country", "visits", "unknown");
        Assert.That(html, Does.Contain("of all rows it was 1.1 %"));
        Assert.That(
            html,
            Does.Contain(
                Line("country", "&lt;NL&gt;", "50", "40", "10 %")
                    + Line("country", "none on record", "70", "35", "10 %")
                    + Line("visits", "0", "9\u202f000", "900", "1.0 %")
                        .Replace("\u202f", "&#x202F;", StringComparison.Ordinal)
                    + Line("visits", "1.25 to 40", "1\u202f400", "700", "25 %")
                        .Replace("\u202f", "&#x202F;", StringComparison.Ordinal)
            )
        );
    }

    [Test]
    public void Only_the_five_that_count_most_are_shown()
    {
        var html = Told("a", "b", "c", "d", "country", "visits");
        Assert.That(html, Does.Contain("country").And.Contain("visits"), "those without rates take no place");
        var many = About with
        {
            Rates = [.. "abcdef".Select(c => About.Rates[0] with { Feature = $"{c}" })],
            Features = [.. "abcdef".Select(c => FeatureProfile.Of(Feature.Numeric($"{c}", ""), [0]))],
        };
        var judged = TrainModelTests.Monthly.Evaluation with
        {
            TopFeatures = [.. "abcdef".Select(c => new FeatureWeight($"{c}", 1))],
        };
        Assert.That(SeenRates.Of(many, judged), Does.Contain("<td>e</td>").And.Not.Contain("<td>f</td>"));
    }

    [Test]
    public void A_model_without_rates_shows_nothing() =>
        Assert.That(SeenRates.Of(About with { Rates = [] }, TrainModelTests.Monthly.Evaluation), Is.Empty);
}
