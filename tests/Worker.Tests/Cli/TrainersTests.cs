using System.Text.Json;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Tests.Tables;

namespace LeadScoring.Worker.Tests.Cli;

public sealed class TrainersTests
{
    readonly TableHome _home = new();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void The_built_in_trainer_is_in_every_build() =>
        Assert.That(Trainers.Named("histogram").Name, Is.EqualTo("histogram"));

    [Test]
    public void A_trainer_that_there_is_not_is_told_with_those_that_there_are() =>
        Assert.That(
            () => Trainers.Named("magic"),
            Throws.InstanceOf<WorkerException>().With.Message.Contains("expected histogram or fasttree")
        );

#if WITH_MLNET
    [Test, Category("MLNet")]
    public void A_table_is_learnt_scored_and_exported_with_trees_of_FastTree()
    {
        var deals = _home.With("more.csv", TableHome.Deals(900));
        var trained = _home.Leads("train", deals, "--label", "won", "--drop", "deal", "--trainer", "fasttree");
        Assert.That(trained.Code, Is.Zero, trained.Error);
        var answer = JsonDocument.Parse(trained.Output).RootElement.GetProperty("model");
        var id = answer.GetProperty("id").GetString()!;
        var model = new ModelRegistry(_home.File("models")).Load(id);
        var file = ModelFile.Read(Path.Combine(model.Folder, "model.txt"), model.Trees.Features);
        var scored = _home.Leads("score", deals, "--model", id, "--id", "deal", "--out", _home.File("scores.csv"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.Description.Trainer, Is.EqualTo("fasttree"));
            Assert.That(answer.GetProperty("auc").GetDouble(), Is.GreaterThan(0.65));
            Assert.That(scored.Code, Is.Zero, scored.Error);
            Assert.That(ModelFile.Bytes(file), Is.EqualTo(ModelFile.Bytes(model.Trees)));
            Assert.That(File.ReadAllText(_home.File("scores.csv")), Does.Contain("visits"), "reasons are given");
        }
    }

    [Test, Category("MLNet")]
    public void A_number_that_may_only_raise_the_likelihood_is_refused()
    {
        var said = _home.Leads([
            "train",
            _home.File("deals.csv"),
            "--label",
            "won",
            "--rising",
            "visits",
            "--trainer",
            "fasttree",
        ]);
        Assert.That(said.Code, Is.EqualTo(2));
        Assert.That(said.Error, Does.Contain("--trainer histogram"));
    }
#else
    [Test]
    public void FastTree_asked_for_in_a_build_without_it_says_how_to_get_it()
    {
        var models = Directory.GetDirectories(_home.File("models"));
        var said = _home.Leads("train", _home.File("deals.csv"), "--label", "won", "--trainer", "fasttree");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Code, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain("-p:WithMLNet=true").And.Contain("Microsoft.ML.FastTree 5.0.0"));
            Assert.That(Directory.GetDirectories(_home.File("models")), Is.EqualTo(models), "nothing was made");
        }
    }
#endif
}
