using System.Text;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class InfiniteValuesTests
{
    static readonly TableColumns _y = new() { Label = "y" };

    [TestCase("inf")]
    [TestCase("-INF")]
    [TestCase("+Infinity")]
    [TestCase("1e999")]
    [TestCase("-1e39")]
    public void An_infinite_number_among_numbers_is_named_with_row_and_column(string infinite) =>
        Assert.That(
            () => TableFiles.Read($"a,b,y\n1,2,0\n3,{infinite},1\n5,inf,1\n", _y),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.EqualTo(
                    $"Row 2: 'b' is '{infinite}', expected a finite number of at most 3.4e38 in size. "
                        + "Mend the value, empty the cell, or leave the column out."
                )
        );

    [TestCase("2025-01-01", "infinity")]
    [TestCase("1,5", "-inf")]
    [TestCase("1,5", "1,5e300")]
    [TestCase("inf", "inf")]
    public void Among_dates_and_comma_numbers_it_is_named_as_well(string plain, string infinite) =>
        Assert.That(
            () => TableFiles.Read($"a,y\n\"{plain}\",0\n\"{infinite}\",1\n", _y),
            Throws.TypeOf<IngestionException>().With.Message.Contains($"'a' is '{infinite}', expected a finite number")
        );

    [Test]
    public void Among_other_texts_it_is_a_text() =>
        Assert.That(
            TableFiles.Read("a,b,y\ninf,1e999,0\nsup,x,1\n", _y).Table.Features.Select(f => f.Levels),
            Is.EqualTo<string[][]>([
                ["inf", "sup"],
                ["1e999", "x"],
            ])
        );

    [Test]
    public void In_a_column_that_is_dropped_it_does_not_matter() =>
        Assert.That(
            TableFiles.Read("a,b,y\n1,inf,0\n2,2,1\n", _y with { Drop = ["b"] }).Table.Features,
            Has.Count.EqualTo(1)
        );

    [TestCase("3.4028235e38", float.MaxValue)]
    [TestCase("-3.4028235e38", float.MinValue)]
    public void The_largest_numbers_of_32_bits_are_finite(string text, float expected) =>
        Assert.That(TableFiles.Read($"a,y\n{text},0\n1,1\n", _y).Table.Columns[0][0], Is.EqualTo(expected));

    [TestCase("inf")]
    [TestCase("1e39")]
    [TestCase("-infinity")]
    public void At_scoring_time_it_is_named_too(string infinite) =>
        Assert.That(
            () =>
                TableFiles.With(
                    Encoding.UTF8.GetBytes($"a\n1\n2\n{infinite}\n"),
                    "new.csv",
                    path => ReadTable.ForScoring(path, [Feature.Numeric("a", "value")])
                ),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.StartsWith("Row 3: 'a' is '")
                .And.Message.Contains("finite")
        );

    [TestCase("'infinity'::double", "∞")]
    [TestCase("'-infinity'::float", "-∞")]
    [TestCase("1e39::double", "1E+39")]
    [TestCase("'infinity'::timestamp", "infinity")]
    [TestCase("'-infinity'::date", "infinity")]
    [TestCase("'infinity'::timestamptz", "infinity")]
    [TestCase("date '9999-12-31' + 1", "infinity")]
    [TestCase("'44-03-15 (BC)'::date", "infinity")]
    public void In_Parquet_it_is_named_as_well(string value, string told) =>
        Assert.That(
            () =>
                ParquetTable.Read(
                    connection =>
                        connection.Execute(
                            "fill",
                            $"create table t as select * from (values ({value}, 0), (null, 1), ({value}, 1)) v(a, y)"
                        ),
                    _y
                ),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.StartsWith($"Row 1: 'a' is '{told.Replace("∞", "Infinity", StringComparison.Ordinal)}'")
        );
}
