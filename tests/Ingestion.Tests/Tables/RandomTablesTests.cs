using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Tables;
using LeadScoring.Ingestion.Tests.Tables.Twins;

namespace LeadScoring.Ingestion.Tests.Tables;

/// <summary>Small tables of all sorts of cells: CSV, Parquet and the slow twin agree on what is in them.</summary>
public sealed class RandomTablesTests
{
    static readonly TableColumns _y = new() { Label = "y" };

    static readonly string[] _missing = ["", "", "NA", "?", "null", "NaN", "n/a"];

    /// <summary>Columns are mostly of one sort, and now and then something else stands in them.</summary>
    static readonly string[][] _sorts =
    [
        ["0", "1", "-2", "3.5", "1e3", "+7", "12345678901234567890", "0.1", ".5", "5.", "1E-5", "-0"],
        ["1,5", "-0,25", "12", "7", "1,5e2"],
        ["yes", "no", "Yes", "NO"],
        ["true", "FALSE", "False"],
        ["2025-01-31", "1969-12-31", "2024-02-29T23:59:59Z", "2025-01-01 12:00", "2025-01-01T12:00:00.5+01:00"],
        ["red", "blue", "Grün", "x y", "a,b", "say \"hi\"", "two\nlines", "1.2.3"],
        ["01234", "98000", "00", "7"],
        [" 1", "2 ", "\u00a03", "4\t"],
        ["1", "1.0", "1e0"],
    ];

    static readonly string[] _strays =
    [
        "inf",
        "-Infinity",
        "1e999",
        "1e39",
        "-3,5e40",
        "2025-02-30",
        "1.5.5",
        "1,5,5",
        "--1",
        "e5",
        "+",
        ".",
        "2025-01-01T24:00:00Z",
        "Infinity and more",
        "12e",
        "yes ",
        "∞",
        "1_000",
    ];

    static Gen<SlowTable> Tables =>
        from columns in Gen.Choose(1, 4)
        from rows in Gen.Choose(2, 45)
        from cells in Cells(rows).ArrayOf(columns)
        select new SlowTable(
            [.. Enumerable.Range(0, columns).Select(c => $"c{c}"), "y"],
            [.. Enumerable.Range(0, rows).Select(r => (string[])[.. cells.Select(column => column[r]), $"{r % 2}"])]
        );

    static Gen<string[]> Cells(int rows) =>
        from sort in Gen.Choose(0, _sorts.Length)
        from missing in Gen.Elements(0, 0, 30, 100)
        from stray in Gen.Elements(0, 0, 3)
        from cells in (
            from isMissing in Gen.Choose(0, 99)
            from isStray in Gen.Choose(0, 99)
            from gap in Gen.Elements(_missing)
            from odd in Gen.Elements(_strays)
            from number in Gen.Choose(0, 60)
            from plain in Gen.Elements(sort < _sorts.Length ? _sorts[sort] : [$"id{number}"])
            select isMissing < missing ? gap
            : isStray < stray ? odd
            : plain
        ).ArrayOf(rows)
        select cells;

    [Test]
    public void A_CSV_file_is_read_as_its_slow_twin_reads_it() =>
        Holds(table => SlowTable.InWords(() => TableFiles.Read(Csv(table), _y)), 400);

    [Test]
    public void A_Parquet_file_of_texts_is_read_as_its_slow_twin_reads_it() =>
        Holds(table => SlowTable.InWords(() => ParquetOf(table)), 60);

    static void Holds(Func<SlowTable, string> read, int tests) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(tests),
            Prop.ForAll(
                Tables.ToArbitrary(),
                table =>
                {
                    Assert.That(read(table), Is.EqualTo(table.InWords()));
                    return true;
                }
            )
        );

    static string Csv(SlowTable table)
    {
        var text = new StringBuilder(string.Join(',', table.Names)).Append('\n');
        foreach (var row in table.Rows)
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        return text.ToString();
    }

    static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static TableRead ParquetOf(SlowTable table) =>
        ParquetTable.Read(
            connection =>
            {
                var columns = string.Join(", ", table.Names.Select(name => $"{name} varchar"));
                connection.Execute("create", $"create table t ({columns})");
                using var rows = connection.Appender("t");
                foreach (var row in table.Rows)
                {
                    foreach (var cell in row)
                        _ = cell.Length == 0 ? rows.AppendNull() : rows.Append(cell);
                    rows.EndRow();
                }
            },
            _y
        );
}
