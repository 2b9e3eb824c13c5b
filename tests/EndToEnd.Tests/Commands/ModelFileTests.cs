using System.Globalization;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>A model of LightGBM comes in, scores a table, and leaves again; ours leaves and comes back.</summary>
public sealed class ModelFileTests
{
    static readonly string Golden = Path.Combine(SampleHome.Repository, "tests/Scoring.Tests/Golden/lightgbm");

    readonly SampleHome _home = FinishedRun.Home.Twin();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    string File(string name) => Path.Combine(_home.Path, name);

    string Import(string name) =>
        Done("models", "import", Path.Combine(Golden, $"{name}.model.txt")).Json.GetProperty("model").GetString()!;

    [Test]
    public void A_model_of_LightGBM_scores_a_table_with_LightGBM_s_own_raw_scores()
    {
        var id = Import("numeric");
        var cases = System.IO.File.ReadAllLines(Path.Combine(Golden, "numeric.cases.csv"));
        System.IO.File.WriteAllLines(
            File("table.csv"),
            cases.Select((line, i) => $"{(i == 0 ? "id" : Row(i))},{string.Join(',', line.Split(',').Take(8))}")
        );
        Assert.That(cases[0].Split(',')[8], Is.EqualTo("raw"), "eight features, then what LightGBM says");
        Done("table", "score", File("table.csv"), "--model", id, "--id", "id", "--out", File("scores.csv"));
        var scores = System.IO.File.ReadAllLines(File("scores.csv"))[1..].Select(line => line.Split(',')).ToList();
        Assert.That(scores, Has.Count.EqualTo(300));
        foreach (var score in scores)
        {
            var row = int.Parse(score[1][1..], CultureInfo.InvariantCulture);
            // Tables hold float32 values: a threshold may lie between a value and its float.
            Assert.That(Number(score[6]), Is.EqualTo(Number(cases[row].Split(',')[8])).Within(1e-6));
            Assert.That(score[7], Does.Match("^(raises|lowers): "));
        }
    }

    [Test]
    public void It_is_listed_as_not_evaluated_and_imported_again_changes_nothing()
    {
        var id = Import("zero_as_missing");
        var before = _home.Fingerprint();
        var again = Done("models", "import", Path.Combine(Golden, "zero_as_missing.model.txt")).Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.GetProperty("isNew").GetBoolean(), Is.False);
            Assert.That(again.GetProperty("baseRate").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(_home.Fingerprint(), Is.EqualTo(before));
            var told = Leads.Here("models", "--home", _home.Path).Output;
            Assert.That(told, Does.Match($"(?m)^  {id}  not evaluated: imported from zero_as_missing.model.txt"));
            Assert.That(told, Does.Not.Contain("NaN"));
        }
    }

    [Test]
    public void What_it_cannot_do_is_said_and_changes_nothing()
    {
        var id = Import("numeric");
        var before = _home.Fingerprint();
        foreach (
            var (line, words) in new[]
            {
                ($"promote {id}", "are not of the lake's catalogue"),
                ($"evaluate {id}", "was imported"),
                ($"models import {Path.Combine(Golden, "numeric.cases.csv")}", "numeric.cases.csv line 1"),
                ($"models import {File("nowhere.txt")}", "nowhere.txt cannot be read"),
                ($"models import {Path.Combine(Golden, "numeric.model.txt")} --name a/b", "'a/b' cannot name a model"),
                ($"models import {Path.Combine(Golden, "numeric.model.txt")} --base-rate 2", "base rate is 2"),
                ($"models export {id} --format pickle", "pickle"),
                ($"models export {id} --format json --out {_home.Path}", "cannot be written"),
                ("models export 1999-01-01-a --format json", "1999-01-01-a"),
            }
        )
        {
            var said = Leads.Here([.. line.Split(' '), "--home", _home.Path, "--json"]);
            Assert.That(said.ExitCode, Is.EqualTo(2), line);
            Assert.That(said.Json.GetProperty("error").GetString(), Does.Contain(words));
        }
        Assert.That(_home.Fingerprint(), Is.EqualTo(before));
    }

    [Test]
    public void Our_own_model_leaves_as_text_and_comes_back_to_score_the_lake()
    {
        var champion = FinishedRun.Summary.GetProperty("model").GetProperty("id").GetString()!;
        var text = Done("models", "export", champion, "--format", "lightgbm").Json.GetProperty("path").GetString()!;
        Assert.That(text, Is.EqualTo(File($"exports/models/{champion}.txt")));
        Done("models", "import", text, "--name", "twin", "--base-rate", "0.011");
        Done("promote", "twin");
        var scored = Done("score", "--as-of", SampleHome.AsOf).Json;
        Assert.That(scored.GetProperty("model").GetString(), Is.EqualTo("twin"));
        var lead = Done("explain", FirstContact(), "--language", "sv").Json;
        Assert.That(lead.GetProperty("reasons")[0].GetString(), Does.Match("^(höjer|sänker): "));
        Done("rollback");
    }

    [Test]
    public void Lists_can_be_had_in_Swedish()
    {
        Done("export", "--language", "sv", "--out", File("listor"));
        var lists = Directory.GetFiles(File("listor"), "*.csv", SearchOption.AllDirectories);
        var text = string.Concat(lists.Select(System.IO.File.ReadAllText));
        Assert.That(text, Does.Contain("höjer: ").And.Not.Contain("raises: "));
        Assert.That(text, Does.Match(@"1 av \d+ sådana kontakter flyttade, mot 1 av \d+ totalt"));
    }

    string FirstContact()
    {
        var lists = Directory.GetFiles(File("exports"), "*.csv", SearchOption.AllDirectories);
        var lines = lists.Select(System.IO.File.ReadAllLines).First(lines => lines.Length > 1);
        return lines[1].Split(',')[1];
    }

    static string Row(int row) => row.ToString("'r'000", CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    Said Done(params string[] arguments)
    {
        var said = Leads.Here([.. arguments, "--home", _home.Path, "--json"]);
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        return said;
    }
}
