using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

public sealed class ImportTreesTests
{
    TemporaryHome _folder = null!;
    Home Home => new(_folder.Path);

    [SetUp]
    public void Make() => _folder = new TemporaryHome();

    [TearDown]
    public void Remove() => _folder.Dispose();

    /// <summary>A model file over one feature, with one threshold.</summary>
    string Write(string feature, double threshold = 1)
    {
        var tree = Tree.Constant(0, 1, 2) with
        {
            SplitFeature = [0],
            Threshold = [threshold],
            DecisionType = [10],
            LeftChild = [~0],
            RightChild = [~1],
            SplitGain = [1],
            InternalValue = [0],
            InternalWeight = [1],
            InternalCount = [2],
            LeafValue = [-1, 1],
            LeafWeight = [1, 1],
            LeafCount = [1, 1],
        };
        var path = _folder.File("theirs.txt");
        ModelFile.Write(new BoostedTrees([Feature.Numeric(feature, "")], [tree]), path);
        return path;
    }

    Dictionary<string, DateTime> Files() =>
        Directory
            .GetFiles(Home.Models, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal);

    [Test]
    public void The_same_file_twice_changes_nothing()
    {
        var path = Write("recency");
        var first = ImportTrees.Run(Home, path, id: null, double.NaN);
        var before = Files();
        var second = ImportTrees.Run(Home, path, id: null, double.NaN);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.IsNew, second.IsNew), Is.EqualTo((true, false)));
            Assert.That(second.Model.Id, Is.EqualTo(first.Model.Id));
            Assert.That(Files(), Is.EqualTo(before));
            Assert.That(before, Has.Count.EqualTo(5));
        }
    }

    [Test]
    public void An_id_that_another_model_has_is_refused_and_nothing_changes()
    {
        ImportTrees.Run(Home, Write("recency", 1), "theirs", double.NaN);
        Assert.That(ImportTrees.Run(Home, Write("recency", 1), "theirs", double.NaN).IsNew, Is.False);
        var before = Files();
        Assert.That(
            () => ImportTrees.Run(Home, Write("recency", 2), "theirs", double.NaN),
            Throws.TypeOf<WorkerException>().With.Message.Contains("another model of the id 'theirs'")
        );
        Assert.That(
            () => ImportTrees.Run(Home, Write("recency", 1), "theirs", 0.1),
            Throws.TypeOf<WorkerException>().With.Message.Contains("--name ID")
        );
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void A_file_that_cannot_be_used_leaves_no_model()
    {
        var path = _folder.File("damaged.txt");
        File.WriteAllText(path, "tree\nversion=v4\n");
        Assert.That(
            () => ImportTrees.Run(Home, path, id: null, double.NaN),
            Throws.TypeOf<ScoringException>().With.Message.StartsWith("damaged.txt line ")
        );
        Assert.That(
            () => ImportTrees.Run(Home, _folder.File("none.txt"), id: null, double.NaN),
            Throws.TypeOf<WorkerException>().With.Message.Contains("none.txt cannot be read")
        );
        Assert.That(Directory.Exists(Home.Models), Is.False);
    }

    [Test]
    public void A_model_of_the_lake_s_features_with_a_base_rate_can_be_promoted()
    {
        var id = ImportTrees.Run(Home, Write("recency"), id: null, 0.1).Model.Id;
        PromoteModel.Run(Home, id);
        Assert.That(new ModelRegistry(Home.Models).Champion()!.Id, Is.EqualTo(id));
    }

    [TestCase("visits", 0.1, "its features 'visits' are not of the lake's catalogue")]
    [TestCase(
        "country",
        0.1,
        "its features 'country' are not of the lake's catalogue",
        Description = "has levels there"
    )]
    [TestCase("recency", double.NaN, "--base-rate SHARE")]
    public void A_model_that_cannot_score_the_lake_is_not_promoted(string feature, double baseRate, string words)
    {
        var champion = ImportTrees.Run(Home, Write("recency"), "ours", 0.1).Model.Id;
        PromoteModel.Run(Home, champion);
        var id = ImportTrees.Run(Home, Write(feature), "theirs", baseRate).Model.Id;
        var before = Files();
        Assert.That(
            () => PromoteModel.Run(Home, id),
            Throws.TypeOf<WorkerException>().With.Message.Contains(words).And.Message.Contains("The champion stays.")
        );
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void Of_many_foreign_features_three_are_named_and_the_rest_counted()
    {
        Feature[] features = [.. "abcde".Select(c => Feature.Numeric($"{c}", ""))];
        var path = _folder.File("wide.txt");
        ModelFile.Write(new BoostedTrees(features, [Tree.Constant(0, 1, 2)]), path);
        var id = ImportTrees.Run(Home, path, id: null, 0.1).Model.Id;
        Assert.That(
            () => PromoteModel.Run(Home, id),
            Throws.TypeOf<WorkerException>().With.Message.Contains("its features 'a', 'b', 'c' and 2 more are not")
        );
    }
}
