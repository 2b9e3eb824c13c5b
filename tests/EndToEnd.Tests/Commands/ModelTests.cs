using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>Two models in one home: listed, judged, put to use, taken back.</summary>
public sealed class ModelTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();
    readonly string _first = FinishedRun.Summary.GetProperty("model").GetProperty("id").GetString()!;
    string _second = "";

    [OneTimeSetUp]
    public void TrainASecondOnWhatWasKnownEarlier()
    {
        var said = Ask("train", "--as-of", "2026-03-01");
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        Assert.That(said.Json.GetProperty("isChampion").GetBoolean(), Is.False, "a new model waits to be promoted");
        _second = said.Json.GetProperty("model").GetProperty("id").GetString()!;
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void Both_are_listed_and_the_first_is_still_in_use()
    {
        var models = Ask("models").Json.GetProperty("models").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                models.Select(model => model.GetProperty("id").GetString()),
                Is.EquivalentTo([_first, _second])
            );
            Assert.That(Champion(), Is.EqualTo(_first));
            Assert.That(
                models
                    .Where(model => model.GetProperty("isChampion").GetBoolean())
                    .Select(m => m.GetProperty("id").GetString()),
                Is.EqualTo([_first])
            );
        }
    }

    [Test]
    public void A_grade_means_the_same_likelihood_in_both()
    {
        string Grades(string model)
        {
            var file = File.ReadAllText(Path.Combine(_home.Path, "models", model, "model.json"));
            return JsonDocument.Parse(file).RootElement.GetProperty("grades").GetRawText();
        }
        Assert.That(Grades(_second), Is.EqualTo(Grades(_first)));
        Assert.That(Ask("train", "--grades", "mine").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void A_promoted_model_scores_from_then_on_and_a_rollback_brings_the_old_one_back()
    {
        Assert.That(Ask("promote", _second).Json.GetProperty("champion").GetString(), Is.EqualTo(_second));
        Assert.That(Champion(), Is.EqualTo(_second));
        var scored = Ask("score", "--as-of", SampleHome.AsOf).Json;
        Assert.That(scored.GetProperty("model").GetString(), Is.EqualTo(_second));

        Assert.That(Ask("rollback").Json.GetProperty("champion").GetString(), Is.EqualTo(_first));
        Assert.That(Champion(), Is.EqualTo(_first));
        var before = FinishedRun.Home.Fingerprint();
        Ask("score", "--as-of", SampleHome.AsOf);
        var after = _home.Fingerprint();
        Assert.That(
            after.Where(print => print.Key.StartsWith("scores", StringComparison.Ordinal)),
            Is.EqualTo(before.Where(print => print.Key.StartsWith("scores", StringComparison.Ordinal))),
            "the scores are again what they were, byte by byte"
        );
    }

    [Test]
    public void A_stored_model_is_judged_on_the_lake_as_it_stands()
    {
        var said = Ask("evaluate", _first, "--as-of", SampleHome.AsOf);
        var figures = FinishedRun.Summary.GetProperty("model");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.Zero, said.Error);
            Assert.That(said.Json.GetProperty("id").GetString(), Is.EqualTo(_first));
            Assert.That(
                said.Json.GetProperty("backtest").GetProperty("auc").GetDouble(),
                Is.EqualTo(figures.GetProperty("auc").GetDouble()).Within(0.001),
                "the same trees on the same lake; the season is fitted on folds that were not stopped early"
            );
            Assert.That(said.Json.GetProperty("backtest").GetProperty("verdict").GetString(), Is.Not.Empty);
        }
    }

    string? Champion() => Ask("models").Json.GetProperty("champion").GetString();

    Said Ask(params string[] arguments) => Leads.Here([.. arguments, "--home", _home.Path, "--json"]);
}
