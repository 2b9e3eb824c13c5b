namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>Rejected rows, told and handed out; every row here is invented.</summary>
public sealed class RejectedRowsTests
{
    const string Header = "reply_id;mottaget;contact_id;campaign;klass\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void Rejects_are_told_by_file_and_reason()
    {
        _home
            .With(
                "sms_replies/a.csv",
                Header + "m1;2024-03-04 09:00;k1;;perhaps\nm2;4 March;k1;;ja\nm3;5 March;k1;;ja\n"
            )
            .With("sms_replies/b.csv", Header + "m4;2024-03-04 09:00;k1;;ja\n")
            .With(
                "outcomes/o.csv",
                "outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code\no1;;moved;2024-06-15;2024-08-01;\n"
            );
        _home.Ingest();

        var all = RejectedRows.List(_home.Folder, null, default);
        var one = RejectedRows.List(_home.Folder, "sms_replies", default).Single();

        Assert.That(
            all.Select(file => (file.Path, file.Rejected)),
            Is.EqualTo(new[] { ("outcomes/o.csv", 1L), ("sms_replies/a.csv", 3L) })
        );
        Assert.That(
            one.Reasons,
            Is.EqualTo(
                new[]
                {
                    new RejectReason(
                        "mottaget: expected a time like %Y-%m-%d %H:%M that exists in Europe/Stockholm",
                        2,
                        3
                    ),
                    new RejectReason("unknown class", 1, 2),
                }
            )
        );
    }

    [Test]
    public void A_mended_file_replays_its_rows_once()
    {
        _home.With(
            "sms_replies/a.csv",
            Header + "m1;2024-03-04 09:00;k1;vår;ja\nm2;4 March;k1;\"a;b\";nej\nm3;2024-03-06 09:00;k2;;perhaps\n"
        );
        _home.Ingest();

        var written = RejectedRows.Export(_home.Folder, "sms_replies", Target, default).Single();
        var text = File.ReadAllText(written.Path);
        Assert.That((written.Format, written.Rows), Is.EqualTo(("csv", 2)));
        Assert.That(text, Is.EqualTo(Header + "m2;4 March;k1;\"a;b\";nej\nm3;2024-03-06 09:00;k2;;perhaps\n"));
        var mended = text.Replace("4 March", "2024-03-05 09:00", StringComparison.Ordinal)
            .Replace("perhaps", "kanske", StringComparison.Ordinal);
        _home.With("sms_replies/mended.csv", mended);
        var report = _home.Ingest();
        var again = _home.With("sms_replies/mended-again.csv", mended + "\n").Ingest();

        Assert.That((report.Read, report.Accepted, report.Rejected, report.Duplicate), Is.EqualTo((2, 2, 0, 0)));
        Assert.That((again.Read, again.Accepted, again.Duplicate), Is.EqualTo((2, 0, 2)));
        Assert.That(
            _home.Rows("select trace_id, contact, value from traces order by trace_id"),
            Is.EqualTo(new[] { "m1|k1|1", "m2|k1|0", "m3|k2|0.5" })
        );
    }

    [Test]
    public void Files_with_other_headers_go_to_files_of_their_own_and_a_row_goes_out_once()
    {
        const string Bad = "m1;4 March;k1;;ja\n";
        _home
            .With("sms_replies/a.csv", Header + Bad)
            .With("sms_replies/b.csv", Header + Bad + "m2;4 March;k1;;ja\n")
            .With("sms_replies/c.csv", "mottaget,reply_id,contact_id,campaign,klass\n4 March,m3,k1,,ja\n")
            .With(
                "sms_replies/d.ndjson",
                """{"reply_id":"m4","mottaget":"4 March","contact_id":"k1","klass":"ja"}""" + "\n"
            );
        _home.Ingest();

        var written = RejectedRows.Export(_home.Folder, "sms_replies", Target, default);

        Assert.That(
            written.Select(file => (Path.GetFileName(file.Path), file.Format, file.Rows)),
            Is.EqualTo(new[] { ("mend.csv", "csv", 2), ("mend-2.csv", "csv", 1), ("mend-3.csv", "ndjson", 1) })
        );
        Assert.That(
            File.ReadAllText(written[1].Path),
            Is.EqualTo("mottaget,reply_id,contact_id,campaign,klass\n4 March,m3,k1,,ja\n")
        );
    }

    [Test]
    public void Equal_rows_of_a_source_without_identity_all_go_out()
    {
        _home
            .WithSource(
                "clicks.sql",
                "-- source: clicks\n-- yields: traces\n-- columns:\n--   who text\n--   at  timestamp\nselect who as contact, \"at\" as at, 'click' as kind from raw\n"
            )
            .With("clicks/a.csv", "who,at\nk1,noon\nk1,noon\n");
        _home.Ingest();

        Assert.That(RejectedRows.Export(_home.Folder, "clicks", Target, default).Single().Rows, Is.EqualTo(2));
    }

    [Test]
    public void Rows_of_another_encoding_come_out_as_utf_8()
    {
        _home.With("sms_replies/a.csv", System.Text.Encoding.Latin1.GetBytes(Header + "m1;4 mars;k1;vår;ja\n"));
        _home.Ingest();

        var written = RejectedRows.Export(_home.Folder, "sms_replies", Target, default).Single();

        Assert.That(File.ReadAllText(written.Path), Is.EqualTo(Header + "m1;4 mars;k1;vår;ja\n"));
    }

    [Test]
    public void A_file_that_is_gone_or_there_already_is_told()
    {
        _home.With("sms_replies/a.csv", Header + "m1;4 March;k1;;ja\n");
        _home.Ingest();
        File.WriteAllText(Target, "kept");

        Assert.That(Export, Throws.TypeOf<IngestionException>().With.Message.Contains("is there already"));
        Assert.That(File.ReadAllText(Target), Is.EqualTo("kept"));
        _home.With("sms_replies/a.csv", Header);
        Assert.That(
            Export,
            Throws.TypeOf<IngestionException>().With.Message.Contains("inbox/sms_replies/a.csv is another file")
        );
        File.Delete(Path.Combine(_home.Folder, "inbox", "sms_replies", "a.csv"));
        Assert.That(
            Export,
            Throws.TypeOf<IngestionException>().With.Message.Contains("inbox/sms_replies/a.csv is gone")
        );
    }

    [Test]
    public void A_source_without_files_is_named()
    {
        _home.With("sms_replies/a.csv", Header + "m1;4 March;k1;;ja\n");
        _home.Ingest();

        Assert.That(
            () => RejectedRows.List(_home.Folder, "sms_reply", default),
            Throws.TypeOf<IngestionException>().With.Message.Contains("(did you mean 'sms_replies'?)")
        );
    }

    string Target => Path.Combine(_home.Folder, "mend.csv");

    void Export() => RejectedRows.Export(_home.Folder, "sms_replies", Target, default);
}
