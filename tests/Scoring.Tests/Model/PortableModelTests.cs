using System.Globalization;
using System.Text.Json;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

public sealed class PortableModelTests
{
    static JsonElement Json(TrainedModel model) => JsonDocument.Parse(PortableModel.Json(model)).RootElement;

    static double?[] Optional(double[] row) => [.. row.Select(value => double.IsNaN(value) ? (double?)null : value)];

    [TestCaseSource(typeof(GoldenModel), nameof(GoldenModel.Names))]
    public void The_JSON_alone_scores_as_LightGBM_does(string name)
    {
        var golden = GoldenModel.Load(name);
        var reader = new PortableReader(Json(ImportModel.Run(golden.File, name)));
        foreach (var one in golden.Cases)
        {
            var raw = reader.RawScore(Optional(one.Row));
            Assert.That(raw, Is.EqualTo(one.Raw).Within(1e-12));
            Assert.That(reader.Likelihood(raw), Is.EqualTo(one.Probability).Within(1e-12));
        }
    }

    static readonly Calibrator[] Calibrators =
    [
        new IdentityCalibrator(),
        new PlattCalibrator(0.7, -0.2),
        new BetaCalibrator(0.6, 1.3, 0.4),
        new IsotonicCalibrator([-2, -1, 0.5], [0.01, 0.1, 0.4]),
    ];

    [TestCaseSource(nameof(Calibrators))]
    public void Every_calibrator_is_told_so_that_its_likelihood_can_be_computed(Calibrator calibrator)
    {
        var model = TrainModelTests.Small with
        {
            Description = TrainModelTests.Small.Description with { Calibrator = calibrator },
        };
        var reader = new PortableReader(Json(model));
        for (var raw = -4.0; raw < 4; raw += 0.125)
            Assert.That(reader.Likelihood(raw), Is.EqualTo(calibrator.Likelihood(raw)).Within(1e-12));
    }

    [Test]
    public void The_time_of_the_year_is_told_so_that_it_can_be_added()
    {
        var model = TrainModelTests.Small with
        {
            Description = TrainModelTests.Small.Description with
            {
                Season = new SeasonShift(0.3, -0.2),
                Calibrator = new PlattCalibrator(0.7, -0.2),
            },
        };
        var reader = new PortableReader(Json(model));
        for (var day = 0; day < 400; day += 13)
        {
            var asOf = new DateTime(2025, 3, 1, 23, 0, 0, DateTimeKind.Utc).AddDays(day);
            Assert.That(reader.Likelihood(0.4, asOf), Is.EqualTo(model.Judge(0.4, asOf).Likelihood).Within(1e-12));
        }
    }

    [Test]
    public void Every_kind_of_question_goes_where_the_tree_goes()
    {
        double[] values =
        [
            double.NaN,
            0,
            1e-36,
            -1.0000000180025095e-35,
            1.1e-35,
            -1,
            1,
            1.5,
            1.6,
            2,
            3,
            31,
            32,
            40,
            1e9,
        ];
        for (byte decision = 0; decision < 12; decision++)
            foreach (var threshold in new[] { -1.5, 0, 1.5 })
            {
                var isLevel = (decision & 1) != 0;
                var tree = Tree.Constant(0, 1, 2) with
                {
                    SplitFeature = [0],
                    Threshold = [isLevel ? 0 : threshold],
                    DecisionType = [decision],
                    LeftChild = [~0],
                    RightChild = [~1],
                    InternalCount = [2],
                    LeafValue = [-1, 1],
                    CategoryStart = [0, 2],
                    CategoryBits = [0x8000_000Au, 1],
                };
                var trees = new BoostedTrees(
                    [isLevel ? Feature.Categorical("f", ["a"]) : Feature.Numeric("f", "")],
                    [tree]
                );
                var reader = new PortableReader(Json(TrainModelTests.Small with { Trees = trees }));
                foreach (
                    var value in values.Where(value => !isLevel || double.IsNaN(value) || value == Math.Truncate(value))
                )
                    Assert.That(
                        reader.RawScore(Optional([value])),
                        Is.EqualTo(tree.GoesLeft(0, value) ? -1 : 1),
                        $"decision {decision}, threshold {threshold}, value {value}"
                    );
            }
    }

    [Test]
    public void It_describes_itself()
    {
        var json = Json(TrainModelTests.Small);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.GetProperty("format").GetString(), Is.EqualTo("leadscoring-model"));
            Assert.That(json.GetProperty("formatVersion").GetInt32(), Is.EqualTo(1));
            Assert.That(json.GetProperty("id").GetString(), Is.EqualTo(TrainModelTests.Small.Id));
            Assert.That(json.GetProperty("trainer").GetString(), Is.EqualTo("histogram"));
            Assert.That(
                json.GetProperty("baseRate").GetDouble(),
                Is.EqualTo(TrainModelTests.Small.Description.BaseRate)
            );
            Assert.That(json.GetProperty("label").GetProperty("horizonDays").GetInt32(), Is.GreaterThan(0));
            var country = json.GetProperty("features")[3];
            Assert.That(country.GetProperty("type").GetString(), Is.EqualTo("categorical"));
            Assert.That(country.GetProperty("levels")[1].GetString(), Is.EqualTo("NL"));
            Assert.That(json.GetProperty("features")[0].GetProperty("unit").GetString(), Is.EqualTo("days"));
        }
        var (first, again) = (PortableModel.Json(TrainModelTests.Small), PortableModel.Json(TrainModelTests.Small));
        Assert.That(first, Is.EqualTo(again));
        Assert.That(first[^1], Is.EqualTo((byte)'\n'));
    }

    [Test]
    public void The_example_of_the_documentation_scores_as_written_there()
    {
        var text = Documentation();
        var start = text.IndexOf("```json\n", StringComparison.Ordinal) + 8;
        var json = text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
        var reader = new PortableReader(JsonDocument.Parse(json).RootElement);
        string[] levels = ["DE", "NL", "SE"];
        var rows = text[text.IndexOf("| page views |", StringComparison.Ordinal)..].Trim().Split('\n')[2..];
        Assert.That(rows, Has.Length.EqualTo(5));
        foreach (var row in rows)
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            double? views = cells[0] is "missing" ? null : Number(cells[0]);
            double? country = cells[1] is "missing" ? null : Array.IndexOf(levels, cells[1]);
            var raw = reader.RawScore([views, country]);
            Assert.That(raw, Is.EqualTo(cells[2].Split(',').Sum(Number)).And.EqualTo(Number(cells[3])));
            Assert.That(reader.Likelihood(raw), Is.EqualTo(Number(cells[4])).Within(5e-7));
        }
        var ours = JsonSerializer.Deserialize<PortableModel>(json, ModelJson.Options)!;
        Assert.That(ours.Trees[0].Nodes[0].Threshold, Is.EqualTo(3), "the example is what the program writes");
        Assert.That(ours.Calibrator, Is.EqualTo(new PlattCalibrator(0.5, -1)));
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Documentation()
    {
        using var stream = typeof(PortableModelTests).Assembly.GetManifestResourceStream("docs/model-json.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
