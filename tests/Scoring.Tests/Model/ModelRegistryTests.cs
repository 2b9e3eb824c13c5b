using LeadScoring.Ingestion.Machines;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

public class ModelRegistryTests
{
    string folder = "";
    ModelRegistry registry = new("");

    [SetUp]
    public void MakeFolder()
    {
        folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "registry", TestContext.CurrentContext.Test.ID);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        registry = new ModelRegistry(folder);
    }

    [Test]
    public void A_saved_model_comes_back_and_scores_the_same()
    {
        var table = Worlds.Monthly(40, 3, seed: 6);
        var saved = registry.Save(TrainModelTests.Small);
        var loaded = registry.Load(saved.Id);
        var (before, after) = (Scores(TrainModelTests.Small), Scores(loaded));
        Assert.That(after.Select(score => score.Likelihood), Is.EqualTo(before.Select(score => score.Likelihood)));
        Assert.That(
            after.Select(score => (score.Low, score.High)),
            Is.EqualTo(before.Select(score => (score.Low, score.High)))
        );
        Assert.That(after.Select(score => score.Contact), Is.EqualTo(before.Select(score => score.Contact)));
        Assert.That(loaded.Evaluation.Auc, Is.EqualTo(TrainModelTests.Small.Evaluation.Auc));
        Assert.That(loaded.Description.Calibrator, Is.EqualTo(TrainModelTests.Small.Description.Calibrator));

        IReadOnlyList<LeadScore> Scores(TrainedModel model) =>
            ScoreContacts.Run(model, table, 3, 1, CancellationToken.None);
    }

    [Test]
    public void A_model_keeps_the_rule_for_clicks_of_its_features_and_one_that_says_nothing_has_none()
    {
        Assert.That(registry.Load(registry.Save(TrainModelTests.Small).Id).Description.ClickRule.Window, Is.Zero);
        var rule = new ClickRule(["email_click"], ["email_sent", "letter"], 1.5, 4);
        var ruled = TrainModelTests.Small with
        {
            Description = TrainModelTests.Small.Description with { Id = "2025-01-01-00000001", Clicks = rule },
        };
        var loaded = registry.Load(registry.Save(ruled).Id).Description.ClickRule;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded.Kinds, Is.EqualTo(rule.Kinds));
            Assert.That(loaded.Deliveries, Is.EqualTo(rule.Deliveries));
            Assert.That((loaded.Window, loaded.Burst), Is.EqualTo((1_500_000, 4)));
        }
    }

    [Test]
    public void Saving_again_leaves_every_file_as_it_is()
    {
        var stored = registry.Save(TrainModelTests.Small);
        var before = Files(stored.Folder);
        registry.Save(TrainModelTests.Small);
        Assert.That(Files(stored.Folder), Is.EqualTo(before));
        Assert.That(Directory.GetDirectories(folder), Has.Length.EqualTo(1), "nothing is left beside it");

        static List<(string, DateTime)> Files(string path) =>
            [
                .. Directory
                    .GetFiles(path)
                    .Order(StringComparer.Ordinal)
                    .Select(file => (file, File.GetLastWriteTimeUtc(file))),
            ];
    }

    [Test]
    public void A_model_has_its_five_files_and_none_holds_a_path_or_a_clock()
    {
        var stored = registry.Save(TrainModelTests.Small);
        var names = Directory
            .GetFiles(stored.Folder)
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);
        Assert.That(
            names,
            Is.EqualTo<string[]>(["card.md", "evaluation.json", "model.json", "model.txt", "report.html"])
        );
        foreach (var file in Directory.GetFiles(stored.Folder))
            Assert.That(File.ReadAllText(file), Does.Not.Contain(folder));
    }

    [Test]
    public void What_a_kill_left_behind_is_not_seen_and_is_replaced()
    {
        var half = Path.Combine(folder, $".new-{TrainModelTests.Small.Id}");
        Directory.CreateDirectory(half);
        File.WriteAllText(Path.Combine(half, "model.txt"), "half");
        Assert.That(registry.List(), Is.Empty);
        registry.Save(TrainModelTests.Small);
        Assert.That(registry.List(), Has.Count.EqualTo(1));
        Assert.That(Directory.Exists(half), Is.False);
    }

    [Test]
    public void A_kill_between_the_two_renames_of_a_replacement_loses_nothing()
    {
        var stored = registry.Save(TrainModelTests.Small);
        Directory.Move(stored.Folder, Path.Combine(folder, $".old-{stored.Id}"));
        Assert.That(registry.Load(stored.Id).Id, Is.EqualTo(stored.Id));
    }

    [Test]
    public void Promotion_and_rollback_walk_back_and_forth()
    {
        var (a, b) = (Copy("2024-01-01-aaaaaaaa"), Copy("2024-02-01-bbbbbbbb"));
        Assert.That(registry.Champion(), Is.Null);
        registry.Promote(a);
        registry.Promote(b);
        registry.Promote(b);
        Assert.That(registry.Champion()!.Id, Is.EqualTo(b));
        Assert.That(registry.List().Single(model => model.IsChampion).Id, Is.EqualTo(b));
        Assert.That(registry.Rollback(), Is.EqualTo(a));
        Assert.That(registry.Champion()!.Id, Is.EqualTo(a));
        Assert.That(
            () => registry.Rollback(),
            Throws.TypeOf<ScoringException>().With.Message.Contains("in use before")
        );
    }

    [Test]
    public void Rolling_back_twice_reaches_the_first_and_stops_there()
    {
        var (a, b, c) = (Copy("2024-01-01-aaaaaaaa"), Copy("2024-02-01-bbbbbbbb"), Copy("2024-03-01-cccccccc"));
        registry.Promote(a);
        registry.Promote(b);
        registry.Promote(c);
        Assert.That(registry.Rollback(), Is.EqualTo(b));
        Assert.That(registry.Rollback(), Is.EqualTo(a));
        Assert.That(() => registry.Rollback(), Throws.TypeOf<ScoringException>());
    }

    [Test]
    public void A_kill_between_history_and_champion_does_no_harm()
    {
        var (a, b) = (Copy("2024-01-01-aaaaaaaa"), Copy("2024-02-01-bbbbbbbb"));
        registry.Promote(a);
        registry.Promote(b);
        File.AppendAllText(Path.Combine(folder, "champion.history"), b + "\n");
        Assert.That(registry.Rollback(), Is.EqualTo(a));
    }

    [Test]
    public void An_unknown_model_is_answered_with_the_known_ones()
    {
        registry.Save(TrainModelTests.Small);
        Assert.That(
            () => registry.Load("2020-01-01-00000000"),
            Throws.TypeOf<ScoringException>().With.Message.Contains(TrainModelTests.Small.Id)
        );
    }

    [TestCase("../outside")]
    [TestCase("")]
    [TestCase(".")]
    public void An_id_that_is_a_path_is_just_unknown(string id)
    {
        registry.Save(TrainModelTests.Small);
        Assert.That(() => registry.Promote(id), Throws.TypeOf<ScoringException>());
    }

    [TestCase("model.json", "{ \"format\": 1, ")]
    [TestCase("model.json", "{}")]
    [TestCase("model.json", "null")]
    [TestCase("evaluation.json", "[1]")]
    [TestCase("model.txt", "tree\n")]
    public void A_damaged_file_is_named(string name, string text)
    {
        var stored = registry.Save(TrainModelTests.Small);
        File.WriteAllText(Path.Combine(stored.Folder, name), text);
        Assert.That(() => registry.Load(stored.Id), Throws.TypeOf<ScoringException>().With.Message.Contains(name));
    }

    [Test]
    public void A_file_of_another_format_is_refused()
    {
        var stored = registry.Save(TrainModelTests.Small);
        var path = Path.Combine(stored.Folder, "model.json");
        File.WriteAllText(
            path,
            File.ReadAllText(path).Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal)
        );
        Assert.That(
            () => registry.Load(stored.Id),
            Throws.TypeOf<ScoringException>().With.Message.Contains("format 99")
        );
    }

    [Test]
    public void A_champion_that_is_gone_is_named()
    {
        registry.Save(TrainModelTests.Small);
        File.WriteAllText(Path.Combine(folder, "champion"), "2020-01-01-00000000\n");
        Assert.That(
            () => registry.Champion(),
            Throws.TypeOf<ScoringException>().With.Message.Contains("2020-01-01-00000000")
        );
    }

    string Copy(string id)
    {
        var model = TrainModelTests.Small;
        return registry.Save(model with { Description = model.Description with { Id = id } }).Id;
    }
}
