using System.Text.Json;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Tests.Tables;

namespace LeadScoring.Worker.Tests.Cli;

/// <summary><c>leads table</c> with trees of ML.NET's FastTree.</summary>
[Category("MLNet")]
public sealed class FastTreeTests
{
    readonly TableHome _home = new();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
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

    [Test]
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
}
