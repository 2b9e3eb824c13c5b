using System.IO.Compression;
using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables;

public class TableDialectTests
{
    static readonly TableColumns _y = new() { Label = "y" };

    [TestCase(',')]
    [TestCase(';')]
    [TestCase('\t')]
    [TestCase('|')]
    public void The_delimiter_is_found_in_the_header_outside_quotes(char delimiter)
    {
        var text = "\"a,b;c|d,,;;||\"D\"text\"DyN1D\"x D \"\"y\"\"\nz\"D0N2D\"w\"D1N"
            .Replace('D', delimiter)
            .Replace("N", "\r\n", StringComparison.Ordinal);
        var read = TableFiles.Read(text, _y);
        Assert.That(read.Table.Features.Select(f => f.Name), Is.EqualTo(["a,b;c|d,,;;||", "text"]));
        Assert.That(
            read.Table.Features[1].Levels,
            Has.Member($"x {delimiter} \"y\"\nz").Or.Member($"x {delimiter} \"y\"\r\nz")
        );
        Assert.That(read.Table.Labels, Is.EqualTo([0f, 1f]));
    }

    [TestCase("utf-8", false)]
    [TestCase("utf-8", true)]
    [TestCase("utf-16", true)]
    [TestCase("latin1", false)]
    public void Letters_survive_in_every_encoding(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes =
        [
            .. mark ? encoding.GetPreamble() : [],
            .. encoding.GetBytes("kommun,a,y\nÄlvsbyn,1,0\nLuleå,2,1\n"),
        ];
        var read = TableFiles.With(bytes, "table.csv", path => ReadTable.Run(path, _y));
        Assert.That(read.Table.Features[0].Name, Is.EqualTo("kommun"));
        Assert.That(read.Table.Features[0].Levels, Is.EqualTo(["Luleå", "Älvsbyn"]));
    }

    [Test]
    public void A_gzip_file_is_unpacked() =>
        Assert.That(
            TableFiles.With(Packed(), "table.csv.gz", path => ReadTable.Run(path, _y)).Table.Columns[0],
            Is.EqualTo([1f, 2f])
        );

    [Test]
    public void A_gzip_file_that_is_cut_off_is_refused_by_name() =>
        Assert.That(
            () => TableFiles.With(Packed()[..^9], "table.csv.gz", path => ReadTable.Run(path, _y)),
            Throws.TypeOf<IngestionException>().With.Message.StartsWith("table.csv.gz: ")
        );

    [Test]
    public void A_column_without_a_name_is_named_by_its_place()
    {
        var read = TableFiles.Read(",a,y\n5,1,0\n6,2,1", _y);
        Assert.That(read.Table.Features.Select(f => f.Name), Is.EqualTo(["column1", "a"]));
        Assert.That(read.Table.RowCount, Is.EqualTo(2), "the last line need not be ended");
    }

    static byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write("a;y\n1;no\n2;yes\n"u8);
        return packed.ToArray();
    }

    [Test]
    public void A_Parquet_file_is_read_as_its_values_are()
    {
        var read = TableFiles.With(
            [],
            "table.parquet",
            path =>
            {
                using var database = Database.Open();
                using var connection = database.Connect();
                const string values =
                    "(1::integer, 0.1::double, timestamp '2025-01-01 12:00:00', true, 'x', 0), "
                    + "(null, 0.25, null, false, 'z', 1), (3, null, timestamp '2025-01-02 00:00:00.5', null, null, 0)";
                connection.Execute(
                    "copy",
                    $"copy (from (values {values}) t(i, d, t, b, c, y)) to '{path}' (format parquet)"
                );
                return ReadTable.Run(path, _y);
            }
        );
        Assert.That(
            read.Table.Features.Select(f => f.Unit),
            Is.EqualTo(["value", "value", "days since 1970", "0/1", "level"])
        );
        Assert.That(read.Table.Columns[1], Is.EqualTo([0.1f, 0.25f, float.NaN]));
        Assert.That(read.Table.Columns[2][0], Is.EqualTo(20089.5f));
        Assert.That(read.Table.Columns[4], Is.EqualTo([0f, 1f, float.NaN]));
    }
}
