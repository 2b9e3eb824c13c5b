using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Explaining;
using LeadScoring.Scoring.Tests.Model;

namespace LeadScoring.Scoring.Tests;

public sealed class ImportModelTests
{
    string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("leads-import-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(typeof(GoldenModel), nameof(GoldenModel.Names))]
    public void A_model_of_LightGBM_goes_through_the_registry_and_scores_and_explains_as_there(string name)
    {
        var golden = GoldenModel.Load(name);
        var registry = new ModelRegistry(_folder);
        var id = registry.Save(ImportModel.Run(golden.File, $"{name}.txt")).Id;
        var stored = registry.Load(id);
        var shap = new TreeShap(stored.Trees);
        var contributions = new double[golden.Trees.Features.Count + 1];
        foreach (var expected in golden.Cases)
        {
            var raw = stored.Trees.RawScore(expected.Row);
            Assert.That(raw, Is.EqualTo(expected.Raw).Within(1e-12));
            Assert.That(
                stored.Judge(raw, DateTime.UnixEpoch).Likelihood,
                Is.EqualTo(expected.Probability).Within(1e-12)
            );
            shap.Contributions(expected.Row, contributions);
            Assert.That(contributions, Is.EqualTo(expected.Contributions).Within(1e-9));
        }
        Assert.That(registry.List().Single().Id, Is.EqualTo(id));
    }

    [Test]
    public void What_the_file_does_not_tell_is_said_to_be_unknown()
    {
        var golden = GoldenModel.Load("numeric");
        var model = ImportModel.Run(golden.File, "theirs.txt");
        var about = model.Description;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.Id, Does.Match("^imported-[0-9a-f]{8}$"));
            Assert.That(model.Id[9..], Is.EqualTo(about.DataHash[..8]));
            Assert.That(about.Trainer, Is.EqualTo("lightgbm"));
            Assert.That(about.BaseRate, Is.NaN);
            Assert.That(about.Positives, Is.Zero);
            Assert.That(about.Rows, Is.EqualTo(golden.Trees.Trees[0].InternalCount[0]));
            Assert.That(about.Calibrator, Is.TypeOf<IdentityCalibrator>());
            Assert.That(about.Label.HorizonDays, Is.Zero);
            Assert.That(about.Rates, Is.Empty);
            Assert.That(about.GitCommit, Is.Null);
            Assert.That(about.Training.Trees, Is.EqualTo(golden.Trees.Trees.Count));
            Assert.That(about.Training.Leaves, Is.EqualTo(golden.Trees.Trees.Max(tree => tree.LeafTotal)));
            Assert.That(NotEvaluated.Is(model.Evaluation));
            Assert.That(NotEvaluated.Is(TrainModelTests.Monthly.Evaluation), Is.False);
            Assert.That(model.Evaluation.Auc, Is.NaN);
            Assert.That(model.Evaluation.Verdict, Does.StartWith("not evaluated: imported from theirs.txt"));
            var (_, low, high, _) = model.Judge(0.3, DateTime.UnixEpoch);
            Assert.That((low, high), Is.EqualTo((0, 1)));
        }
    }

    [Test]
    public void Its_report_and_card_say_where_it_comes_from()
    {
        var model = ImportModel.Run(GoldenModel.Load("missing_and_categorical").File, "<theirs>.txt", baseRate: 0.25);
        var folder = new ModelRegistry(_folder).Save(model).Folder;
        var card = File.ReadAllText(Path.Combine(folder, "card.md"));
        var report = File.ReadAllText(Path.Combine(folder, "report.html"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(card, Does.Contain("not evaluated: imported from <theirs>.txt, a model of LightGBM."));
            Assert.That(card, Does.Contain($"SHA-256 of the file: `{model.Description.DataHash}`"));
            Assert.That(card, Does.Contain("the share of positives is 25 %, as was said"));
            Assert.That(card, Does.Contain("by odds beside the base rate"));
            Assert.That(report, Does.Contain("Not evaluated: imported from &lt;theirs&gt;.txt"));
            Assert.That(report, Does.Contain("<td>visits</td>").And.Not.Contain("<td>constant</td>"));
            Assert.That(card + report, Does.Not.Contain("NaN"));
        }
        var unknown = new ModelRegistry(_folder).Save(ImportModel.Run(GoldenModel.Load("numeric").File, "x")).Folder;
        Assert.That(
            File.ReadAllText(Path.Combine(unknown, "card.md")),
            Does.Contain("the share of positives is not known")
        );
    }

    [Test]
    public void A_base_rate_is_kept_and_sets_the_grades()
    {
        var model = ImportModel.Run(GoldenModel.Load("numeric").File, "x", baseRate: 0.2);
        var about = model.Description;
        Assert.That(about.BaseRate, Is.EqualTo(0.2));
        Assert.That(about.Positives, Is.EqualTo((int)Math.Round(0.2 * about.Rows)));
        // Odds 1 to 4: five times that is 5 to 4, twice is 1 to 2.
        Assert.That(about.Grades.A, Is.EqualTo(5 / 9.0).Within(1e-12));
        Assert.That(about.Grades.B, Is.EqualTo(1 / 3.0).Within(1e-12));
        Assert.That(about.Grades.C, Is.EqualTo(0.2).Within(1e-12));
        Assert.That(model.Id, Does.EndWith("-0.2"));
        Assert.That(
            () => ImportModel.Run([], "x", baseRate: 0),
            Throws.TypeOf<ScoringException>().With.Message.Contains("base rate is 0")
        );
        Assert.That(
            () => ImportModel.Run([], "x", baseRate: 1),
            Throws.TypeOf<ScoringException>().With.Message.Contains("base rate is 1")
        );
    }

    [Test]
    public void Without_a_base_rate_the_mean_raw_score_sets_the_grades()
    {
        var one = Tree.Constant(-2, 1, 10);
        var other = RandomTrees.Tree(new Random(1), 2, 1) with
        {
            DecisionType = [10],
            Threshold = [0.5],
            LeafValue = [1, 4],
            LeafCount = [20, 10],
        };
        var bytes = ModelFile.Bytes(new BoostedTrees([Feature.Numeric("age", "")], [one, other]));
        var about = ImportModel.Run(bytes, "x").Description;
        // Mean raw score -2 + (20 + 40) / 30 = 0: even odds.
        Assert.That(about.Grades.C, Is.EqualTo(0.5).Within(1e-12));
        Assert.That(about.Grades.B, Is.EqualTo(2 / 3.0).Within(1e-12));
        Assert.That(about.Rows, Is.EqualTo(10));
        Assert.That(about.Features[0].Unit, Is.EqualTo("years"), "a feature of the lake's catalogue has its unit");
        Assert.That(about.Features[0].Missing, Is.NaN);
    }

    [TestCase("theirs")]
    [TestCase("Theirs_2.1-b")]
    public void A_name_becomes_the_id(string id) =>
        Assert.That(ImportModel.Run(GoldenModel.Load("numeric").File, "x", id).Id, Is.EqualTo(id));

    [TestCase("")]
    [TestCase("a/b")]
    [TestCase("..")]
    [TestCase(".hidden")]
    [TestCase("-x")]
    [TestCase("a.")]
    [TestCase("å")]
    [TestCase("champion")]
    [TestCase("Champion.history")]
    [TestCase("a23456789b123456789c123456789d123456789e123456789f123456789g12345")]
    public void A_name_that_cannot_be_a_folder_is_refused(string id) =>
        Assert.That(
            () => ImportModel.Run(GoldenModel.Load("numeric").File, "x", id),
            Throws.TypeOf<ScoringException>().With.Message.Contains($"'{id}' cannot name a model")
        );

    [Test]
    public void A_damaged_file_is_refused_with_its_name_and_line() =>
        Assert.That(
            () => ImportModel.Run(GoldenModel.Load("numeric").File[..2000], "theirs.txt"),
            Throws.TypeOf<ScoringException>().With.Message.StartsWith("theirs.txt line ")
        );
}
