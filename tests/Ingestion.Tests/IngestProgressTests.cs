using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Tests.Reading.Workbooks;

namespace LeadScoring.Ingestion.Tests;

/// <summary>An ingest says how far it is, also in the middle of a large file.</summary>
public sealed class IngestProgressTests
{
    const int Rows = 50_000;

    const string Source = """
        -- source: visits
        -- yields: traces
        -- columns:
        --   id    text required
        --   day   date required
        --   note  text
        select id as contact, day as at, 'visit' as kind, note as trace_id from raw
        """;

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome().WithSource("visits.sql", Source);

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [TestCase("csv")]
    [TestCase("ndjson")]
    [TestCase("parquet")]
    [TestCase("xlsx")]
    public void A_large_file_is_told_piece_by_piece(string format)
    {
        Write(format);
        var reports = new List<IngestProgress>();

        var report = Ingest.Run(_home.Folder, new IngestOptions(SliceRows: 20_000), new Noted(reports));

        var reading = reports.Where(one => one.Step is "reading visits").ToArray();
        Assert.That(report.Accepted, Is.EqualTo(Rows), string.Join(';', report.Refused));
        Assert.That(reading.Select(one => one.Done), Is.Ordered);
        Assert.That(reading.Select(one => one.Rows), Is.Ordered);
        Assert.That(reading.Count(one => one.Done > 0 && one.Done < one.Total), Is.GreaterThanOrEqualTo(2));
        Assert.That((reading[0].Done, reading[0].Rows), Is.EqualTo((0L, 0L)));
        Assert.That((reading[^1].Done, reading[^1].Rows), Is.EqualTo((reading[0].Total, (long)Rows)));
    }

    [Test]
    public void A_file_that_is_refused_in_its_middle_takes_its_rows_back()
    {
        Write("csv");
        _home.With(
            "visits/b.csv",
            File.ReadAllText(Path.Combine(_home.Folder, "inbox", "visits", "a.csv")) + "c,2024-01-01,\"x"
        );
        var reports = new List<IngestProgress>();

        var report = Ingest.Run(_home.Folder, new IngestOptions(GroupBytes: 1), new Noted(reports));

        Assert.That(report.Refused.Single().Path, Is.EqualTo("visits/b.csv"));
        var last = reports.Last(one => one.Step is "reading visits");
        Assert.That((last.Done, last.Rows), Is.EqualTo((last.Total, (long)Rows)));
    }

    [Test]
    public void What_a_derived_statement_leaves_out_slice_by_slice_is_told_once()
    {
        _home.WithSource(
            "visits.links.sql",
            "-- yields: links\nselect note as contact, id as visitor, day as at from raw where note is distinct from 'skip'\n"
        );
        var rows = Enumerable.Range(0, 60).Select(row => $"v{row},2024-01-01,{(row % 3 == 0 ? "" : "c" + row)}\n");
        _home.With("visits/a.csv", "id,day,note\n" + string.Concat(rows));

        var file = Ingest.Run(_home.Folder, new IngestOptions(SliceRows: 10)).Files.Single();

        Assert.That(file.Accepted, Is.EqualTo(60), file.Refusal);
        Assert.That(
            file.Warnings,
            Is.EqualTo(["visits.links left out 20 rows that are incomplete, from this file or others of the source"])
        );
    }

    void Write(string format)
    {
        var text = new StringBuilder(format is "csv" ? "id,day,note\n" : "");
        if (format is "xlsx")
            text.Append(XlsxParts.Row(1, "id", "day", "note"));
        var note = new string('n', 60);
        for (var row = 0; format is not "parquet" && row < Rows; row++)
        {
            _ = format switch
            {
                "csv" => text.Append(CultureInfo.InvariantCulture, $"c{row},2024-01-01,{note}\n"),
                "ndjson" => text.Append(
                    CultureInfo.InvariantCulture,
                    $"{{\"id\":\"c{row}\",\"day\":\"2024-01-01\",\"note\":\"{note}\"}}\n"
                ),
                _ => text.Append(XlsxParts.Row(row + 2, $"c{row * 7919L}", "2024-01-01", $"{row * 104_729L}")),
            };
        }
        if (format is "xlsx")
            _home.With("visits/a.xlsx", new XlsxParts().Sheet("Visits", text.ToString()).Bytes());
        else
            _home.With($"visits/a.{format}", text.ToString());
        if (format is not "parquet")
            return;
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute(
            "write",
            $"copy (select 'c' || i as id, date '2024-01-01' as day, 'n' as note from range({Rows}) t(i)) to '{_home.Folder}/inbox/visits/a.parquet' (format parquet)"
        );
    }

    sealed class Noted(List<IngestProgress> reports) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value)
        {
            lock (reports)
                reports.Add(value);
        }
    }
}
