using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>A model of FastTree's trees beside one of the built-in trainer: challenger, champion, and gone again.</summary>
[Category("MLNet")]
public sealed class FastTreeTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();
    readonly string _first = FinishedRun.Summary.GetProperty("model").GetProperty("id").GetString()!;
    string _challenger = "";

    [OneTimeSetUp]
    public void TrainAChallenger()
    {
        var trained = Done("train", "--trainer", "fasttree", "--as-of", SampleHome.AsOf);
        Assert.That(trained.GetProperty("isChampion").GetBoolean(), Is.False);
        Assert.That(File.Exists(trained.GetProperty("report").GetString()));
        _challenger = trained.GetProperty("model").GetProperty("id").GetString()!;
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void It_is_listed_with_its_trainer_and_figures_beside_the_other()
    {
        var models = Done("models").GetProperty("models").EnumerateArray().ToList();
        Assert.That(
            models.Select(model => (Text(model, "id"), Text(model, "trainer"))),
            Is.EquivalentTo([(_first, "histogram"), (_challenger, "fasttree")])
        );
        Assert.That(models.Select(model => model.GetProperty("auc").GetDouble()), Has.All.InRange(0.55, 1.0));

        static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
    }

    [Test]
    public void Its_recipe_can_be_tested_again()
    {
        var judged = Done("evaluate", _challenger, "--as-of", SampleHome.AsOf);
        Assert.That(judged.GetProperty("id").GetString(), Is.EqualTo(_challenger));
        Assert.That(judged.GetProperty("backtest").GetProperty("auc").GetDouble(), Is.GreaterThan(0.55));
    }

    [Test]
    public void As_champion_it_makes_the_lists_of_a_night_until_the_other_one_is_back()
    {
        Done("promote", _challenger);
        Assert.That(
            Done("score", "--as-of", SampleHome.AsOf).GetProperty("model").GetString(),
            Is.EqualTo(_challenger)
        );
        Done("funnel", "--as-of", SampleHome.AsOf);
        Done("export", "--as-of", SampleHome.AsOf);
        Assert.That(Done("rollback").GetProperty("champion").GetString(), Is.EqualTo(_first));
    }

    [Test]
    public void Its_file_comes_back_as_an_import_with_the_same_trees()
    {
        var path = Done("models", "export", _challenger, "--format", "lightgbm").GetProperty("path").GetString()!;
        using var other = new Folder();
        var imported = Leads.Here("models", "import", path, "--name", "back", "--home", other.Path, "--json");
        Assert.That(imported.ExitCode, Is.Zero, imported.Error);
        var before = File.ReadAllLines(Path.Combine(_home.Path, "models", _challenger, "model.txt"));
        var after = File.ReadAllLines(Path.Combine(other.Path, "models", "back", "model.txt"));
        Assert.That(Trees(after), Is.EqualTo(Trees(before)));

        static string[] Trees(string[] lines) =>
            [.. lines.SkipWhile(line => line is not "Tree=0").TakeWhile(line => line is not "end of trees")];
    }

    JsonElement Done(params string[] arguments)
    {
        var said = Leads.Here([.. arguments, "--home", _home.Path, "--json"]);
        Assert.That(said.ExitCode, Is.Zero, $"leads {string.Join(' ', arguments)}\n{said.Error}");
        return said.Json;
    }

    sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("leads-e2e-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
