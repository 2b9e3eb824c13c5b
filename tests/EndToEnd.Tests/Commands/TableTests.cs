using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary><c>leads table</c>: the same engine on a table that has nothing to do with a lake.</summary>
public sealed class TableTests
{
    const int Rows = 1_500;

    static readonly string[] Countries = ["SE", "DE", "NL"];

    readonly string _home = Directory.CreateTempSubdirectory("leads-e2e-").FullName;
    string _model = "";
    Said _trained = new(-1, "", "");

    string Table => Path.Combine(_home, "deals.csv");

    [OneTimeSetUp]
    public void TrainOnAGeneratedTable()
    {
        File.WriteAllText(Table, Generated());
        _trained = Ask("train", Table, "--label", "won", "--id", "deal", "--time", "met_on", "--drop", "leak");
        if (_trained.ExitCode == 0)
            _model = _trained.Json.GetProperty("model").GetProperty("id").GetString()!;
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_home, recursive: true);

    [Test]
    public void Training_tells_figures_rows_positives_and_warnings()
    {
        Assert.That(_trained.ExitCode, Is.Zero, _trained.Error);
        var json = _trained.Json;
        var model = json.GetProperty("model");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.GetProperty("auc").GetDouble(), Is.InRange(0.65, 0.95));
            Assert.That(model.GetProperty("logLoss").GetDouble(), Is.InRange(0.1, 0.69));
            Assert.That(model.GetProperty("ece").GetDouble(), Is.InRange(0, 0.15));
            Assert.That(json.GetProperty("rows").GetInt32(), Is.EqualTo(Rows));
            Assert.That(
                json.GetProperty("positives").GetInt32(),
                Is.EqualTo(File.ReadLines(Table).Count(line => line.EndsWith(",yes", StringComparison.Ordinal)))
            );
            Assert.That(json.GetProperty("warnings").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Array));
            Assert.That(File.Exists(json.GetProperty("report").GetString()));
        }
    }

    [Test]
    public void A_stored_model_is_judged_on_a_labelled_table()
    {
        var said = Ask("evaluate", Table, "--label", "won", "--id", "deal", "--model", _model);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.Zero, said.Error);
            Assert.That(said.Json.GetProperty("model").GetString(), Is.EqualTo(_model));
            Assert.That(said.Json.GetProperty("rows").GetInt32(), Is.EqualTo(Rows));
            Assert.That(said.Json.GetProperty("auc").GetDouble(), Is.InRange(0.65, 1));
        }
    }

    [Test]
    public void Scores_as_csv_and_as_parquet_hold_the_same_rows_in_the_same_order()
    {
        var (csv, parquet) = (Path.Combine(_home, "out", "scores.csv"), Path.Combine(_home, "out", "scores.parquet"));
        foreach (var to in (string[])[csv, parquet])
        {
            var said = Ask("score", Table, "--id", "deal", "--model", _model, "--out", to);
            Assert.That(said.ExitCode, Is.Zero, said.Error);
            Assert.That(said.Json.GetProperty("rows").GetInt32(), Is.EqualTo(Rows));
            Assert.That(said.Json.GetProperty("path").GetString(), Is.EqualTo(to));
        }
        using var database = Database.Open();
        using var connection = database.Connect();
        string[] Read(string from) =>
            [
                .. connection.Rows(
                    "scores",
                    $"select rank::varchar || ' ' || id || ' ' || round(likelihood, 6) from {from} order by rank",
                    (chunk, row) => chunk.Text(0, row)!
                ),
            ];
        var scores = Read($"read_parquet('{parquet}')");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scores, Has.Length.EqualTo(Rows));
            Assert.That(Read($"read_csv('{csv}', all_varchar = false)"), Is.EqualTo(scores));
            Assert.That(File.ReadLines(csv).First(), Does.StartWith("rank,").And.Contain("likelihood"));
            Assert.That(Directory.GetFiles(Path.Combine(_home, "out")), Has.Length.EqualTo(2), "no left-overs");
        }
    }

    [TestCase("train {table} --label lost", "lost")]
    [TestCase("train {table} --label deal", "deal")]
    [TestCase("train {table} --label won --drop colour", "colour")]
    [TestCase("train {table} --label won --test-from 2026-01-01", "--time")]
    [TestCase("train {table}", "--label")]
    [TestCase("score {table} --out scores.txt", ".parquet")]
    [TestCase("score {table} --model 1999-01-01-a --out scores.csv", "1999-01-01-a")]
    public void What_a_table_cannot_do_ends_with_2_and_names_it(string line, string word)
    {
        if (!line.StartsWith("train", StringComparison.Ordinal) && !line.Contains("--model", StringComparison.Ordinal))
            line += $" --model {_model}";
        var said = Ask([.. line.Split(' ').Select(part => part.Replace("{table}", Table, StringComparison.Ordinal))]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2), said.Error);
            Assert.That(said.Error, Does.Contain(word));
        }
    }

    Said Ask(params string[] arguments) => Leads.Here(["table", .. arguments, "--home", _home, "--json"]);

    /// <summary>Deals over 500 days that are won the likelier the more visits there were, and in Sweden.</summary>
    static string Generated()
    {
        var chance = new Random(7);
        var text = new StringBuilder("deal,met_on,visits,country,noise,leak,won\n");
        for (var row = 0; row < Rows; row++)
        {
            var visits = chance.Next(0, 20);
            var country = chance.Next(3);
            var likelihood = 1 / (1 + Math.Exp(3 - (0.25 * visits) - (country == 0 ? 1 : 0)));
            var won = chance.NextDouble() < likelihood ? "yes" : "no";
            var day = new DateOnly(2024, 1, 1).AddDays(row / 3);
            text.Append(
                CultureInfo.InvariantCulture,
                $"d{row:0000},{day:yyyy-MM-dd},{visits},{Countries[country]},{chance.NextDouble():0.000},{won},{won}\n"
            );
        }
        return text.ToString();
    }
}
