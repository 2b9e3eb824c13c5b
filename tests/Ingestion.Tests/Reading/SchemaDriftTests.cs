using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Exports of one source whose columns or types change from file to file.</summary>
[Parallelizable]
public sealed class SchemaDriftTests
{
    const string Source = """
        -- source: visits
        -- yields: traces
        -- columns:
        --   id     text required
        --   day    date required
        --   seen   timestamp optional epoch_ms
        --   pages  integer
        --   note   text optional
        -- identity: id, day
        select id as contact, coalesce(seen, day) as at, 'visit' as kind, pages as value, note as trace_id from raw
        """;

    const string Traces = "select contact, \"at\", value, trace_id from traces order by contact";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome().WithSource("visits.sql", Source);

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void Fields_that_are_added_are_told_and_those_that_may_be_missing_are_empty()
    {
        _home
            .With("visits/1.ndjson", """{"id":"a","day":"2024-01-01","pages":1,"note":"x"}""" + "\n")
            .With("visits/2.ndjson", """{"id":"b","day":"2024-01-02","pages":2,"rank":{"of":[1]}}""" + "\n");
        Parquet("visits/3.parquet", "select 'c' as id, date '2024-01-03' as day, 3 as pages, 'x' as note");
        Parquet("visits/4.parquet", "select [1] as rank, 4 as pages, date '2024-01-04' as day, 'd' as id");

        var report = _home.Ingest();

        Assert.That(report.Files.Select(file => (file.Read, file.Accepted)), Is.All.EqualTo((1L, 1L)));
        Assert.That(
            report.Files.Select(file => string.Join(';', file.Warnings)),
            Is.EqualTo([
                "",
                "fields that the source does not declare are ignored: rank",
                "",
                "columns that the source does not declare are ignored: rank",
            ])
        );
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "a|2024-01-01 00:00:00|1|x",
                "b|2024-01-02 00:00:00|2|",
                "c|2024-01-03 00:00:00|3|x",
                "d|2024-01-04 00:00:00|4|",
            ])
        );
    }

    [Test]
    public void A_column_that_is_gone_is_asked_after_by_name()
    {
        _home.With("visits/1.ndjson", """{"id":"a","day":"2024-01-01","page":1}""" + "\n");
        Parquet("visits/2.parquet", "select 'b' as id, date '2024-01-02' as day, 2 as page");

        var report = _home.Ingest();

        Assert.That(report.Files[0].Accepted, Is.EqualTo(1), "a line of JSON may leave a field out");
        Assert.That(
            report.Files[0].Warnings,
            Is.EqualTo([
                "fields that the source does not declare are ignored: page",
                "fields that the source declares are on no line and taken for empty: pages (did you mean 'page'?)",
            ])
        );
        Assert.That(report.Files[1].Refusal, Does.Contain("column 'pages' is missing (did you mean 'page'?)"));
    }

    [Test]
    public void A_field_that_some_lines_leave_out_is_no_drift()
    {
        _home.With(
            "visits/1.ndjson",
            """{"id":"a","day":"2024-01-01","pages":1}""" + "\n" + """{"day":"2024-01-02","id":"b"}""" + "\n"
        );

        Assert.That(_home.IngestOne().Warnings, Is.Empty);
    }

    [Test]
    public void A_row_is_known_again_when_its_values_come_in_other_types()
    {
        _home
            .With("visits/1.csv", "id,day,pages,note\n1001,2024-01-01,7,5\n")
            .With("visits/2.ndjson", """{"id":1001.0,"day":"2024-01-01","pages":7.0,"note":5}""" + "\n")
            .With("visits/3.ndjson", """{"id":"1001","day":"2024-01-01","pages":"7","note":"5"}""" + "\n");
        Parquet("visits/4.parquet", "select 1001 as id, date '2024-01-01' as day, 7 as pages, 5 as note");
        Parquet(
            "visits/5.parquet",
            "select 1001.0::double as id, '2024-01-01' as day, 7.0::decimal(9, 3) as pages, 5.0::float as note"
        );
        Parquet(
            "visits/6.parquet",
            "select '1001' as id, timestamp_ns '2024-01-01 00:00:00' as day, 7::utinyint as pages, '5' as note"
        );
        Parquet(
            "visits/7.parquet",
            "select 1001.00::decimal(9, 2) as id, timestamp '2024-01-01' as day, '7' as pages, 5 as note"
        );

        var report = _home.Ingest();

        Assert.That(
            report.Files.Select(file => (file.Read, file.Accepted, file.Duplicate)),
            Is.EqualTo([(1, 1, 0), (1, 0, 1), (1, 0, 1), (1, 0, 1), (1, 0, 1), (1, 0, 1), (1, 0, 1)]),
            string.Join('\n', report.Files.SelectMany(file => file.Reasons))
        );
        Assert.That(_home.Rows(Traces), Is.EqualTo(["1001|2024-01-01 00:00:00|7|5"]));
    }

    [Test]
    public void A_type_that_does_not_fit_rejects_its_rows_and_no_others()
    {
        _home.With(
            "visits/1.ndjson",
            """
            {"id":"a","day":"2024-01-01","pages":1.5}
            {"id":"b","day":"2024-01-01","pages":[1]}
            {"id":"c","day":20240101,"pages":1}
            {"id":"d","day":"2024-01-01","pages":4}

            """
        );
        Parquet(
            "visits/2.parquet",
            "select * from (values ('e', timestamp '2024-01-01 10:00:00', 1.5), ('f', timestamp '2024-01-01', 6)) t(id, day, pages)"
        );

        var report = _home.Ingest();

        Assert.That(
            report.Files.Select(file => (file.Read, file.Accepted, file.Rejected)),
            Is.EqualTo([(4, 1, 3), (2, 1, 1)])
        );
        Assert.That(
            report.Files[1].Reasons,
            Is.EqualTo([new RejectReason("day: expected a date like yyyy-mm-dd", 1, 1)])
        );
        Assert.That(_home.Rows("select contact from traces order by contact"), Is.EqualTo(["d", "f"]));
    }

    [TestCase("1714554060123")]
    [TestCase("timestamp '2024-05-01 09:01:00.123'")]
    [TestCase("timestamp_ms '2024-05-01 09:01:00.123'")]
    [TestCase("timestamp_ns '2024-05-01 09:01:00.123'")]
    [TestCase("timestamptz '2024-05-01 11:01:00.123+02'")]
    public void Times_of_every_precision_are_the_same(string at)
    {
        Parquet("visits/1.parquet", $"select 'a' as id, date '2024-05-01' as day, {at} as seen, 1 as pages");

        Assert.That(_home.IngestOne().Accepted, Is.EqualTo(1));
        Assert.That(_home.Rows("select \"at\" from traces"), Is.EqualTo(["2024-05-01 09:01:00.123"]));
    }

    void Parquet(string inboxPath, string rows)
    {
        _home.With(inboxPath, "");
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("time zone", "set TimeZone = 'UTC'");
        connection.Execute("write", $"copy ({rows}) to '{_home.Folder}/inbox/{inboxPath}' (format parquet)");
    }
}
