using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class ParquetFilesTests
{
    const string Source = """
        -- source: tables
        -- yields: traces
        -- columns:
        --   id    text required
        --   when  timestamp required epoch_us
        --   size  integer
        --   tags  text optional
        -- identity: id
        select id as contact, "when" as at, json_extract_string(tags, '$[0]') as kind, size as value from raw
        """;

    [TestCase("1714554060000001::bigint")]
    [TestCase("timestamp '2024-05-01 09:01:00.000001'")]
    [TestCase("timestamptz '2024-05-01 11:01:00.000001+02'")]
    public void Times_of_any_Parquet_type_and_lists_are_read(string when)
    {
        using var home = new TestHome().WithSource("tables.sql", Source);
        Write(
            home,
            "tables/a.parquet",
            $"select 'p' as id, {when} as \"when\", 3.0::double as size, ['x', 'y'] as tags"
        );

        var file = home.IngestOne();

        Assert.That(
            (file.Read, file.Accepted, file.Format),
            Is.EqualTo((1, 1, "parquet")),
            string.Join(';', file.Reasons)
        );
        Assert.That(
            home.Rows("select contact, \"at\", kind_of(kind), value from traces"),
            Is.EqualTo(["p|2024-05-01 09:01:00.000001|x|3"])
        );
    }

    [Test]
    public void Rows_are_typed_as_strictly_as_text_and_identities_hold_across_formats()
    {
        using var home = new TestHome().WithSource("tables.sql", Source);
        Write(
            home,
            "tables/a.parquet",
            "select * from (values ('p', 1714554060000001, 1.5, ['x']), ('q', 1714554060000001, 2.0, ['x'])) t(id, \"when\", size, tags)"
        );
        home.With(
            "tables/b.csv",
            "id,when,size,tags\nq,1714554060000001,2,\"[\"\"x\"\"]\"\np,1714554060000001,1,\"[\"\"x\"\"]\"\n"
        );

        var report = home.Ingest();

        Assert.That(
            report.Files.Select(file => (file.Read, file.Accepted, file.Rejected, file.Duplicate)),
            Is.EqualTo([(2, 1, 1, 0), (2, 1, 0, 1)])
        );
        Assert.That(
            home.Rejects(report.Files[0]),
            Is.EqualTo([
                """{"file":"tables/a.parquet","line":1,"reason":"size: expected a whole number","text":"{\"id\":\"p\",\"when\":\"1714554060000001\",\"size\":\"1.5\",\"tags\":\"[\\u0022x\\u0022]\"}"}""",
            ])
        );
    }

    [Test]
    public void A_damaged_file_is_refused()
    {
        using var home = new TestHome()
            .WithSource("tables.sql", Source)
            .With("tables/a.parquet", "PAR1 and nothing of the kind PAR1");

        Assert.That(home.IngestOne().Refusal, Does.Contain("starts like Parquet but cannot be read"));
    }

    static void Write(TestHome home, string inboxPath, string rows)
    {
        home.With(inboxPath, "");
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("time zone", "set TimeZone = 'UTC'");
        connection.Execute(
            "write",
            $"copy ({rows}) to '{Path.Combine(home.Folder, "inbox", inboxPath)}' (format parquet)"
        );
    }
}
