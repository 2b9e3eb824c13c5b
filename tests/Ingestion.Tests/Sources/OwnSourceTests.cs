namespace LeadScoring.Ingestion.Tests.Sources;

public sealed class OwnSourceTests
{
    const string Clicks = """
        -- source: clicks
        -- meaning: clicks on a course's pages
        -- yields: traces
        -- grain: one row of the log; equal rows are legitimate, so there is no identity
        -- columns:
        --   student  integer required
        --   site     text required
        --   day      integer required
        --   count    integer required
        -- lookup: sites = sites.csv
        select
          'AAA-' || student as contact,
          timestamp '2013-10-01' + to_days(day::integer) as at,
          sites.activity as kind,
          'Web Site' as channel,
          count as value
        from raw
        left join sites on sites.site = raw.site
        """;

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void An_own_source_with_a_lookup_brings_its_own_kinds_and_keeps_equal_rows()
    {
        _home
            .WithSource("clicks.sql", Clicks)
            .WithSource("sites.csv", "\"site\";\"activity\"\n\"7\";\"Home Page\"\n\"8\";\"quiz\"\n")
            .With(
                "clicks/log.tsv",
                "student\tsite\tday\tcount\n1\t7\t-10\t4\n1\t7\t-10\t4\n2\t8\t28\t1\n2\t9\t28\t1\n"
            );

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((4, 3, 1, 0)));
        Assert.That(file.Reasons, Is.EqualTo([new RejectReason("no kind, expected one", 1, 5)]));
        Assert.That(
            _home.Rows("select contact, \"at\", kind_of(kind), channel_of(channel), value from traces order by all"),
            Is.EqualTo([
                "AAA-1|2013-09-21 00:00:00|home_page|web_site|4",
                "AAA-1|2013-09-21 00:00:00|home_page|web_site|4",
                "AAA-2|2013-10-29 00:00:00|quiz|web_site|1",
            ])
        );
    }

    [Test]
    public void A_derived_statement_brings_a_lookup_of_its_own()
    {
        _home
            .WithSource("clicks.sql", Clicks)
            .WithSource("sites.csv", "site,activity\n7,quiz\n")
            .WithSource("days.csv", "day,agreed\n3,true\n4,false\n")
            .WithSource(
                "clicks.consents.sql",
                """
                -- source: clicks.consents
                -- meaning: a student's click on some days is a consent
                -- yields: consents
                -- grain: one row of the log
                -- lookup: days = days.csv
                select
                  'AAA-' || student as contact,
                  timestamp '2013-10-01' + to_days(raw.day::integer) as at,
                  'profiling' as purpose,
                  agreed::boolean as granted
                from raw
                left join days on days.day::integer = raw.day
                """
            )
            .With("clicks/log.csv", "student,site,day,count\n1,7,3,1\n2,7,4,1\n");

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted), Is.EqualTo((2, 2)));
        Assert.That(
            _home.Rows("select contact, granted from consents order by all"),
            Is.EqualTo(["AAA-1|true", "AAA-2|false"])
        );
    }

    [Test]
    public void A_lookup_that_doubles_rows_refuses_the_files()
    {
        _home
            .WithSource("clicks.sql", Clicks)
            .WithSource("sites.csv", "site,activity\n7,homepage\n7,quiz\n")
            .With("clicks/log.tsv", "student\tsite\tday\tcount\n1\t7\t-10\t4\n");

        Assert.That(
            _home.IngestOne().Refusal,
            Does.Contain("several rows for line 2").And.Contains("is a lookup's key there twice?")
        );
    }

    [Test]
    public void An_own_source_replaces_a_built_in_one()
    {
        _home
            .WithSource(
                "web_analytics.sql",
                """
                -- source: web_analytics
                -- yields: traces
                -- columns:
                --   who   text required
                --   when  timestamp required epoch_ms
                select who as contact, "when" as at, 'hit' as kind from raw
                """
            )
            .With("web_analytics/x.csv", "who,when\na,1500\n");

        _home.Ingest();

        Assert.That(
            _home.Rows("select contact, \"at\", kind_of(kind) from traces"),
            Is.EqualTo(["a|1970-01-01 00:00:01.5|hit"])
        );
        Assert.That(_home.Rows("select count(*) from links"), Is.EqualTo(["0"]));
    }

    [Test]
    public void A_statement_that_fails_on_a_row_refuses_its_files_without_telling_the_row()
    {
        _home
            .WithSource(
                "own.sql",
                """
                -- source: own
                -- yields: traces
                -- columns:
                --   who   text required
                --   size  text
                select who as contact, timestamp '2024-01-01' as at, 'hit' as kind, cast(size as integer) as value from raw
                """
            )
            .With("own/x.csv", "who,size\nsecret-a,secret-b\n")
            .With("sms_replies/s.csv", "reply_id;mottaget;contact_id;campaign;klass\nm1;2024-03-04 09:00;c1;;ja\n");

        var report = _home.Ingest();

        Assert.That(
            report.Files[0].Refusal,
            Does.StartWith("inbox/own/x.csv: the statement failed:").And.Contains("try_cast").And.Not.Contains("secret")
        );
        Assert.That((report.Files[1].State, report.Accepted), Is.EqualTo((FileState.Ingested, 1)));
    }

    [Test]
    public void Rows_that_the_statement_leaves_out_are_rejected_rows()
    {
        _home
            .WithSource(
                "own.sql",
                "-- source: own\n-- yields: traces\n-- columns:\n--   who text\nselect who as contact, timestamp '2024-01-01' as at, 'hit' as kind from raw where who <> 'b'\n"
            )
            .With("own/x.csv", "who,more\na,\nb,\n\n");

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected), Is.EqualTo((2, 1, 1)));
        Assert.That(file.Reasons[0], Is.EqualTo(new RejectReason("left out by the source's own condition", 1, 3)));
    }

    [Test]
    public void A_column_may_be_called_reason()
    {
        _home
            .WithSource(
                "own.sql",
                "-- source: own\n-- yields: traces\n-- columns:\n--   who text\n--   reason text\n-- reject: odd when reason = 'odd'\nselect who as contact, timestamp '2024-01-01' as at, reason as kind from raw\n"
            )
            .With("own/x.csv", "who,reason\na,even\nb,odd\n");

        var file = _home.IngestOne();

        Assert.That(file.Refusal, Is.Null);
        Assert.That(file.Reasons, Is.EqualTo([new RejectReason("odd", 1, 3)]));
    }

    [Test]
    public void All_errors_of_all_sources_come_at_once_with_file_and_line()
    {
        _home
            .WithSource(
                "a.sql",
                "-- source: b\n-- yields: trace\n-- colums:\n-- columns:\n--   x  integr\n--   y  integer format '%d'\n--   z  date format '%q'\n-- identity: q\nselect 1"
            )
            .WithSource("c.sql", "-- source: c\n-- yields: traces\n-- columns:\n--   x text\ndelete from raw")
            .WithSource("nobody.links.sql", "-- yields: links\nselect 1 from raw");

        Assert.That(
            () => _home.Ingest(),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.EqualTo(
                    """
                    9 errors in the sources:
                      sources/a.sql line 3: found option 'colums', expected one of source, meaning, yields, grain, columns, identity, lookup, reject, sheet, note (did you mean 'columns'?)
                      sources/a.sql line 5: found type 'integr', expected one of text, integer, number, boolean, date, timestamp (did you mean 'integer'?)
                      sources/a.sql line 6: found option 'format' for a column of type integer, expected one that fits the type among required, optional, format, zone, decimal, epoch_s, epoch_ms, epoch_us
                      sources/a.sql line 7: found format '%q', expected directives among %Y %m %d %H %M %S %f %z %%
                      sources/a.sql line 1: found source: b, expected source: a, as the file is called
                      sources/a.sql line 1: found yields: trace, expected one of traces, contacts, consents, outcomes, links, merges
                      sources/a.sql line 8: found identity column 'q', expected declared columns
                      sources/c.sql line 1: found another statement, expected one 'select … from raw' behind the header
                      sources/nobody.links.sql line 1: found a statement derived from 'nobody', expected that source to be there
                    """.ReplaceLineEndings("\n")
                )
        );
    }

    [Test]
    public void A_statement_that_does_not_fit_is_named_before_anything_is_read()
    {
        _home
            .WithSource(
                "own.sql",
                "-- source: own\n-- yields: traces\n-- columns:\n--   who text\n-- reject: odd when whom = 1\nselect who as contact, 'hit' as kynd from raw\n"
            )
            .With("own/x.csv", "who\na\n");

        Assert.That(
            () => _home.Ingest(),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.Contains("sources/own.sql line 5: found a condition that the engine refuses")
                .And.Message.Contains("line 6: found output column 'kynd', expected those of traces")
                .And.Message.Contains("(did you mean 'kind'?)")
                .And.Message.Contains("no output column at")
        );
        Assert.That(Ingestion.Lake.Open(_home.Folder).Generation, Is.Zero);
    }
}
