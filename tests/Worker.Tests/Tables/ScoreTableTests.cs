using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Tables;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Tables;

namespace LeadScoring.Worker.Tests.Tables;

public sealed class ScoreTableTests
{
    readonly TableHome _home = new();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    ScoredTable Score(
        string path,
        string to,
        string? id = null,
        bool reasons = true,
        int? rowsAtOnce = null,
        IProgress<long>? progress = null
    ) =>
        ScoreTable.Run(
            _home.Model,
            new TableToScore(path, id, _home.File(to), reasons, rowsAtOnce),
            progress,
            CancellationToken.None
        );

    /// <summary>Rows of a table of scores as text, column by column.</summary>
    static string[] Read(string path)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        var from = path.EndsWith(".csv", StringComparison.Ordinal)
            ? $"read_csv('{path}', all_varchar = true)"
            : $"read_parquet('{path}')";
        return
        [
            .. connection.Rows(
                "scores",
                "select concat_ws('|', rank, id, likelihood, low, high, grade, raw_score, coalesce(reason_1, '-'), "
                    + $"coalesce(reason_2, '-'), coalesce(reason_3, '-'), model) from {from}",
                (chunk, row) => chunk.Text(0, row)!
            ),
        ];
    }

    [TestCase("deal")]
    [TestCase(null)]
    public void A_table_in_pieces_has_the_ranks_and_reasons_of_the_table_as_a_whole(string? id)
    {
        var path = _home.With(
            "all.csv",
            TableHome.Deals(100) + "aa,5,SE,\nZ,5,SE,\naa,5,SE,\nö,5,SE,\n\ud83d\ude00,5,SE,\n"
        );
        Score(path, "whole.parquet", id);
        var pieces = Score(path, "pieces.parquet", id, rowsAtOnce: 7);
        Assert.That(pieces.Rows, Is.EqualTo(105));
        Assert.That(Read(_home.File("pieces.parquet")), Is.EqualTo(Read(_home.File("whole.parquet"))));

        var table = ReadTable.ForScoring(path, _home.Model.Trees.Features, id).Table;
        var lines = new ReasonLines(_home.Model.Description, ReasonLanguage.English);
        string Reason(LeadScore score, int i) => i < score.Reasons.Count ? lines.Line(score.Reasons[i]) : "-";
        var expected = ScoreContacts
            .Run(_home.Model, table, 3, 1, CancellationToken.None)
            .Select(s =>
                $"{s.Rank};{s.Contact.Value};{s.Likelihood:R};{s.Grade};{Reason(s, 0)};{Reason(s, 1)};{Reason(s, 2)};{_home.Model.Id}"
            );
        var found = Read(_home.File("pieces.parquet"))
            .Select(line => line.Split('|'))
            .Select(p =>
                $"{p[0]};{p[1]};{double.Parse(p[2], CultureInfo.InvariantCulture):R};{p[5]};{p[7]};{p[8]};{p[9]};{p[10]}"
            );
        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public void Rows_without_a_name_are_numbered_in_as_many_digits_as_the_last_one_has()
    {
        Score(_home.With("twelve.csv", TableHome.Deals(12)), "twelve-scores.csv", rowsAtOnce: 5);
        Assert.That(
            Read(_home.File("twelve-scores.csv")).Select(line => line.Split('|')[1]).Order(StringComparer.Ordinal),
            Is.EqualTo(Enumerable.Range(1, 12).Select(row => $"{row:00}"))
        );
        Score(_home.With("nine.csv", TableHome.Deals(9)), "nine-scores.csv");
        Assert.That(Read(_home.File("nine-scores.csv")), Has.Exactly(1).Contains("|9|"));
    }

    [Test]
    public void Without_reasons_all_else_is_the_same()
    {
        var path = _home.With("plain.csv", TableHome.Deals(50));
        Score(path, "why.csv", "deal");
        Score(path, "bare.csv", "deal", reasons: false);
        var why = Read(_home.File("why.csv")).Select(line => line.Split('|'));
        Assert.That(why.Select(parts => parts[7]), Has.All.Not.EqualTo("-"));
        Assert.That(
            Read(_home.File("bare.csv")),
            Is.EqualTo(why.Select(parts => string.Join('|', [.. parts[..7], "-", "-", "-", parts[10]])))
        );
    }

    [Test]
    public void Csv_and_Parquet_hold_the_same_and_the_header_is_as_it_always_was()
    {
        var path = _home.With("both.csv", TableHome.Deals(30));
        var scored = Score(path, "new/both.csv", "deal");
        Score(path, "new/both.parquet", "deal");
        Assert.That(Read(_home.File("new/both.parquet")), Is.EqualTo(Read(scored.Path)));
        Assert.That(
            File.ReadLines(scored.Path).First(),
            Is.EqualTo("rank,id,likelihood,low,high,grade,raw_score,reason_1,reason_2,reason_3,model")
        );
        Assert.That(Directory.GetFiles(_home.File("new")), Has.Length.EqualTo(2), "no left-overs");
        Assert.That(Directory.GetFileSystemEntries(_home.Temporary), Is.Empty);
    }

    [Test]
    public void What_the_analyst_should_know_is_said_of_all_pieces_and_rows_are_counted_as_they_go()
    {
        List<long> told = [];
        var path = _home.With("odd.csv", "visits,country\n1,XX\n2,SE\n3,YY\n");
        var scored = Score(path, "odd-scores.csv", rowsAtOnce: 2, progress: new Told(told));
        Assert.That(
            scored.Warnings,
            Is.EqualTo(["'country' has 2 levels that the model does not know; they count as missing"])
        );
        Assert.That(told, Is.EqualTo([2L, 3L]));
    }

    [TestCase("visits,country\n1,SE\n2,SE\nmany,SE\n", "Row 3: 'visits' is 'many'")]
    [TestCase("visits,country\n1,SE\n2,SE\n1e99,SE\n", "Row 3: 'visits' is '1e99'")]
    [TestCase("visits,country\n1,SE\n2,SE\n3\n", "line 4 has 1 fields")]
    [TestCase("visits,country\n", "has no rows")]
    public void A_fault_in_a_late_row_leaves_nothing_behind_and_an_older_file_as_it_was(string text, string expected)
    {
        var old = _home.With("old.csv", "old");
        var path = _home.With("bad.csv", text);
        var before = _home.Everything;
        Assert.That(
            () => Score(path, "old.csv", rowsAtOnce: 1),
            Throws.TypeOf<IngestionException>().With.Message.Contains(expected)
        );
        Assert.That(() => Score(path, "nowhere/new.csv", rowsAtOnce: 1), Throws.TypeOf<IngestionException>());
        Assert.That(_home.Everything, Is.EqualTo(before));
        Assert.That(File.ReadAllText(old), Is.EqualTo("old"));
    }

    [Test]
    public void A_file_that_cannot_be_put_into_place_leaves_no_part_of_it()
    {
        var path = _home.With("good.csv", TableHome.Deals(5));
        Directory.CreateDirectory(_home.File("taken.csv"));
        var before = _home.Everything;
        Assert.That(
            () => Score(path, "taken.csv"),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>()
        );
        Assert.That(_home.Everything, Is.EqualTo(before));
    }

    sealed class Told(List<long> rows) : IProgress<long>
    {
        public void Report(long value) => rows.Add(value);
    }
}
