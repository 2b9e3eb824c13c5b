using System.Text.Json;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Tests.Tables;

namespace LeadScoring.Worker.Tests.Cli;

/// <summary>Tables that cannot be used: exit code 2, words that name what and where, and nothing half-written.</summary>
public sealed class TableCommandsTests
{
    readonly TableHome _home = new();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [TestCase("a,y\n1,0\n2,0\n", "The label 'y' is '0' in every row; expected rows of both classes")]
    [TestCase("a,y\n1,0\n2,\n3,1\n", "Row 2: the label 'y' is missing")]
    [TestCase("a,y\n1,won\n2,lost\n3,open\n", "Row 3: the label 'y' is 'open', a third value")]
    [TestCase("a,y\n", "bad.csv: it has no rows")]
    [TestCase("", "bad.csv: the file is empty")]
    [TestCase("\n\n", "bad.csv: there is no header in it")]
    [TestCase("a,a,y\n1,2,0\n", "bad.csv: the header names 'a' twice")]
    [TestCase("a,x\n1,0\n", "bad.csv has no column 'y' for the label, it has a, x")]
    [TestCase("a,y\n1,0\ninf,1\n3,1\n", "Row 2: 'a' is 'inf', expected a finite number")]
    [TestCase("a,y\n1,0\n1,1\n", "No column is left to learn from")]
    [TestCase("a,y\n1,0\n2\n", "bad.csv: line 3 has 1 fields, expected 2")]
    [TestCase("a,y\n1,0\n2,1\n", "two positive and two negative")]
    public void A_table_that_cannot_be_learnt_from_is_told_and_no_model_is_made(string text, string expected) =>
        Refused(expected, "train", _home.With("bad.csv", text), "--label", "y");

    [TestCase("0", "Row 2: the weight 'w' is '0', expected a finite number above 0")]
    [TestCase("-1", "Row 2: the weight 'w' is '-1'")]
    [TestCase("", "Row 2: the weight 'w' is ''")]
    [TestCase("inf", "Row 2: the weight 'w' is 'inf'")]
    [TestCase("1e39", "Row 2: the weight 'w' is '1e39'")]
    [TestCase("1e-99", "Row 2: the weight 'w' is '1e-99'")]
    [TestCase("heavy", "Row 2: the weight 'w' is 'heavy'")]
    public void A_weight_that_is_none_is_told(string weight, string expected) =>
        Refused(
            expected,
            "train",
            _home.With("bad.csv", $"a,w,y\n1,1,0\n2,{weight},1\n"),
            "--label",
            "y",
            "--weight",
            "w"
        );

    [Test]
    public void A_table_without_the_model_s_columns_is_told_with_all_their_names() =>
        Refused(
            "bad.csv lacks columns that the model was trained on: 'visits'; did you mean 'visit'?, 'country'",
            "score",
            _home.With("bad.csv", "visit,deal\n1,d1\n"),
            "--model",
            _home.Model.Id,
            "--out",
            _home.File("out/scores.csv")
        );

    [TestCase("visits,country\n", "bad.csv: it has no rows")]
    [TestCase("visits,country\n1,SE\n-inf,SE\n", "Row 2: 'visits' is '-inf', expected a finite number")]
    [TestCase(
        "visits,country\n1,SE\nlots,SE\n",
        "Row 2: 'visits' is 'lots', expected a number as in the model's training"
    )]
    public void Rows_that_cannot_be_scored_are_told_and_no_file_is_made(string text, string expected) =>
        Refused(
            expected,
            "score",
            _home.With("bad.csv", text),
            "--model",
            _home.Model.Id,
            "--out",
            _home.File("out/scores.csv")
        );

    [TestCase("visits,country,won\n1,SE,yes\n", "in every row")]
    [TestCase("visits,country,won\n1,SE,yes\n2,SE,\n", "Row 2: the label 'won' is missing")]
    [TestCase("visits,won\n1,yes\n2,no\n", "'country'")]
    [TestCase("visits,country,won\n1,SE,yes\n1e999,SE,no\n", "Row 2: 'visits' is '1e999'")]
    public void A_table_that_cannot_judge_a_model_is_told(string text, string expected) =>
        Refused(expected, "evaluate", _home.With("bad.csv", text), "--label", "won", "--model", _home.Model.Id);

    [Test]
    public void Scores_without_reasons_are_asked_for_by_a_word()
    {
        var (to, deals) = (_home.File("bare.csv"), _home.File("deals.csv"));
        var said = _home.Leads("score", deals, "--model", _home.Model.Id, "--out", to, "--no-reasons", "--id", "deal");
        Assert.That(said.Code, Is.Zero, said.Error);
        Assert.That(JsonDocument.Parse(said.Output).RootElement.GetProperty("rows").GetInt64(), Is.EqualTo(500));
        using var database = Database.Open();
        using var connection = database.Connect();
        var counts = $"select count(*) || ' ' || count(reason_1) || ' ' || count(reason_3) from read_csv('{to}')";
        Assert.That(connection.Scalar<string>("scores", counts), Is.EqualTo("500 0 0"));
        File.Delete(to);
    }

    [Test]
    public void A_number_can_be_told_to_raise_or_lower_the_likelihood_only()
    {
        var file = _home.With("monotone.csv", TableHome.Deals(300));
        string[] train = ["train", file, "--label", "won", "--drop", "deal"];
        Refused("monotone names 'visit', expected a feature", [.. train, "--rising", "visit"]);
        Refused("monotone names 'country', which is categorical", [.. train, "--falling", "country"]);
        var free = Likelihoods([.. train, "--rising", "visits"]);
        Assert.That(free, Is.Ordered.Ascending);
        Assert.That(free.Distinct().Count(), Is.GreaterThan(2));
        Assert.That(Likelihoods([.. train, "--falling", "visits"]), Is.Ordered.Descending);

        double[] Likelihoods(string[] arguments)
        {
            var said = _home.Leads(arguments);
            Assert.That(said.Code, Is.Zero, said.Error);
            var id = JsonDocument.Parse(said.Output).RootElement.GetProperty("model").GetProperty("id").GetString()!;
            var model = new ModelRegistry(_home.File("models")).Load(id);
            var visits = model.Trees.Features.Select(feature => feature.Name).ToList().IndexOf("visits");
            return
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(count =>
                        model.Trees.RawScore([
                            .. model.Trees.Features.Select((_, f) => f == visits ? (double)count : double.NaN),
                        ])
                    ),
            ];
        }
    }

    [Test]
    public void Many_columns_left_out_are_told_in_one_line()
    {
        var names = string.Join(',', Enumerable.Range(0, 1500).Select(c => $"c{c}"));
        var lines = TableHome.Deals(60).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var wide = string.Join(
            '\n',
            lines.Select((line, row) => (row == 0 ? names : new string(',', 1499)) + $",{line}")
        );
        var said = _home.Leads("train", _home.With("wide.csv", wide), "--label", "won", "--drop", "deal");
        Assert.That(said.Code, Is.Zero, said.Error);
        Assert.That(
            JsonDocument
                .Parse(said.Output)
                .RootElement.GetProperty("warnings")
                .EnumerateArray()
                .Select(warning => warning.GetString())
                .Where(warning => warning!.Contains("left out", StringComparison.Ordinal)),
            Is.EqualTo(["1500 columns are left out, they are empty: 'c0', 'c1', 'c2' and 1497 more"])
        );
    }

    void Refused(string expected, params string[] arguments)
    {
        var before = _home.Everything;
        var said = _home.Leads(arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Code, Is.EqualTo(2), said.Error);
            Assert.That(said.Error, Does.Contain(expected));
            Assert.That(said.Error, Does.Not.Contain("   at "), "no stack trace");
            Assert.That(_home.Everything, Is.EqualTo(before), "nothing is written, nothing is left");
        }
    }
}
