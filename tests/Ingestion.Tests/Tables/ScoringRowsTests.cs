using System.Text;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class ScoringRowsTests
{
    static readonly Feature[] _features = [Feature.Categorical("c", ["blue", "red"]), Feature.Numeric("n", "value")];

    static T With<T>(string text, string? id, int? rowsAtOnce, Func<ScoringRows, T> read) =>
        TableFiles.With(
            Encoding.UTF8.GetBytes(text),
            "new.csv",
            path =>
            {
                using var rows = ScoringRows.Open(path, _features, id, rowsAtOnce);
                return read(rows);
            }
        );

    // names and values of all pieces, and how many rows each has
    static (string Rows, string Counts) All(string text, string? id, int? rowsAtOnce) =>
        With(
            text,
            id,
            rowsAtOnce,
            rows =>
            {
                List<string> all = [];
                List<int> counts = [];
                foreach (var piece in rows.Pieces())
                {
                    counts.Add(piece.RowCount);
                    Assert.That(
                        piece.AsOf,
                        Has.Length.EqualTo(piece.RowCount).And.All.EqualTo(new DateTime(2000, 1, 1))
                    );
                    for (var row = 0; row < piece.RowCount; row++)
                        all.Add($"{piece.Contacts[row]} {piece.Columns[0][row]} {piece.Columns[1][row]}");
                }
                return (string.Join(", ", all), string.Join(' ', counts));
            }
        );

    [TestCase(1, "1 1 1 1 1")]
    [TestCase(2, "2 2 1")]
    [TestCase(5, "5")]
    [TestCase(6, "5")]
    [TestCase(null, "5")]
    public void Pieces_hold_the_rows_in_the_file_s_order_whatever_their_length(int? rowsAtOnce, string counts)
    {
        const string text = "id,n,x,c\nd,1,,red\nd,2,,blue\na,NA,,red\n,4,,\nb,5,,red\n";
        Assert.That(All(text, "id", rowsAtOnce), Is.EqualTo(("d 1 1, d 0 2, a 1 NaN,  NaN 4, b 1 5", counts)));
    }

    [Test]
    public void Rows_without_a_name_are_numbered_through_all_pieces() =>
        Assert.That(
            All("n,c\n7,red\n8,red\n9,red\n", null, 2).Rows,
            Is.EqualTo("0000000001 1 7, 0000000002 1 8, 0000000003 1 9")
        );

    [Test]
    public void Levels_the_model_does_not_know_are_counted_once_over_all_pieces() =>
        Assert.That(
            With(
                "n,c\n7,green\n8,grey\n9,green\n9,red\n",
                null,
                1,
                rows =>
                {
                    Assert.That(
                        rows.Pieces().Select(piece => piece.Columns[0][0]),
                        Is.EqualTo([float.NaN, float.NaN, float.NaN, 1f])
                    );
                    return rows.Warnings;
                }
            ),
            Is.EqualTo(["'c' has 2 levels that the model does not know; they count as missing"])
        );

    [TestCase("n,c\n1,red\n2,red\nbig,red\n", "Row 3: 'n' is 'big', expected a number")]
    [TestCase("n,c\n1,red\n2,red\n1e99,red\n", "Row 3: 'n' is '1e99', expected a finite number")]
    [TestCase("n,c\n", "new.csv: it has no rows")]
    [TestCase("n,c\n1,red\n2\n", "new.csv: line 3 has 1 fields, expected 2")]
    [TestCase("m1,c\n1,red\n", "new.csv lacks columns that the model was trained on: 'n'")]
    [TestCase(
        "x\n1\n",
        "new.csv lacks columns that the model was trained on: 'c'; did you mean 'x'?, 'n'; did you mean 'x'?"
    )]
    public void What_is_wrong_is_named_with_the_file_s_row(string text, string expected) =>
        Assert.That(() => All(text, null, 2), Throws.TypeOf<IngestionException>().With.Message.StartsWith(expected));

    [Test]
    public void A_name_of_rows_that_is_not_there_is_named() =>
        Assert.That(
            () => All("n,c\n1,red\n", "idd", 2),
            Throws.TypeOf<IngestionException>().With.Message.StartsWith("new.csv has no column 'idd' for the id")
        );

    [Test]
    public void A_piece_of_a_wide_table_has_fewer_rows()
    {
        Feature[] wide = [.. Enumerable.Range(0, 2000).Select(f => Feature.Numeric($"f{f}", "value"))];
        var text =
            string.Join(',', wide.Select(f => f.Name))
            + "\n"
            + string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("1,", 1999)) + "1\n", 8_400));
        var counts = TableFiles.With(
            Encoding.UTF8.GetBytes(text),
            "wide.csv",
            path =>
            {
                using var rows = ScoringRows.Open(path, wide);
                return rows.Pieces().Select(piece => piece.RowCount).ToArray();
            }
        );
        Assert.That(counts, Is.EqualTo([8_388, 12]));
    }
}
