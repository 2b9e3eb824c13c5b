using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class ReasonLinesTests
{
    static readonly FeatureRates Rates = new(
        "count.kind.page_view.30d",
        FeatureType.Numeric,
        [new(0, 0, 9000, 9000, 30), new(5, 40, 1400, 1400, 100)],
        null
    );

    static readonly ModelDescription Model = TrainModelTests.Small.Description with
    {
        BaseRate = 1 / 90.0,
        Label = LabelDefinition.Default,
        Features =
        [
            FeatureProfile.Of(Feature.Numeric("count.kind.page_view.30d", "traces"), [0, 9]),
            FeatureProfile.Of(Feature.Categorical("country", ["NL", "SE"]), [0, 1]),
        ],
        Rates = [Rates],
    };

    static string Told(
        Reason reason,
        ModelDescription? model = null,
        ReasonLanguage language = ReasonLanguage.English
    ) => new ReasonLines(model ?? Model, language).Line(reason);

    static readonly Reason Read = new("count.kind.page_view.30d", 9, 0.3);

    [Test]
    public void The_base_rate_stands_behind_the_reason()
    {
        Assert.That(
            Told(Read),
            Is.EqualTo(
                "raises: read 9 pages in the last 30 days; 1 in 14 of such contacts relocated, against 1 in 90 overall"
            )
        );
        Assert.That(
            Told(Read, language: ReasonLanguage.Swedish),
            Is.EqualTo(
                "höjer: läste 9 sidor de senaste 30 dagarna; 1 av 14 sådana kontakter flyttade, mot 1 av 90 totalt"
            )
        );
        Assert.That(
            Told(Read with { Value = 0, Contribution = -0.1 }),
            Is.EqualTo(
                "lowers: no page views in the last 30 days; 1 in 300 of such contacts relocated, against 1 in 90 overall"
            )
        );
    }

    [Test]
    public void Without_a_rate_the_reason_stands_alone()
    {
        Assert.That(Told(Read with { Value = double.NaN }), Is.EqualTo("raises: no page views on record"));
        Assert.That(Told(Read with { Contribution = -1 }), Is.EqualTo("lowers: read 9 pages in the last 30 days"));
        Assert.That(Told(new Reason("country", 1, 1)), Is.EqualTo("raises: country is Sweden"));
        Assert.That(Told(Read, Model with { Rates = [] }), Is.EqualTo("raises: read 9 pages in the last 30 days"));
        Assert.That(Told(Read with { Contribution = 0 }), Does.StartWith("raises: ").And.Contain("1 in 14"));
    }

    [Test]
    public void What_is_positive_follows_the_label()
    {
        Assert.That(
            Told(Read, Model with { Label = new(["moved", "signed_lease"], [], 180) }),
            Does.EndWith("1 in 14 of such contacts were positive, against 1 in 90 overall")
        );
        Assert.That(
            Told(Read, Model with { Label = new(["moved"], [], 1) }),
            Does.EndWith("1 in 14 of such contacts relocated, against 1 in 90 overall")
        );
        Assert.That(
            Told(Read, Model with { Label = new(["moved"], [], 0) }),
            Does.EndWith("1 in 14 of such rows were positive, against 1 in 90 overall")
        );
    }

    [Test]
    public void A_trained_model_keeps_the_rates_of_its_rows()
    {
        var model = TrainModelTests.Small.Description;
        Assert.That(model.Rates.Select(rates => rates.Feature), Is.EqualTo(model.Features.Select(f => f.Name)));
        Assert.That(
            model.Rates[0].Ranges.Sum(range => range.Rows) + model.Rates[0].Missing!.Rows,
            Is.EqualTo(model.Rows)
        );
    }
}
