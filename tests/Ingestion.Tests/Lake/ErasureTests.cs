namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>An erased contact is gone from every file of the lake and does not come back.</summary>
public sealed class ErasureTests
{
    const string Web =
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n";
    const string Crm =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n";
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";
    const string Forms = "id,created_time,email\n";

    TestHome _home = null!;

    /// <summary>Contact c1 is also member m-1 by address, has device own alone and device both with c2.</summary>
    [SetUp]
    public void Make_a_home()
    {
        _home = new TestHome()
            .With(
                "crm_contacts/c.csv",
                Crm
                    + "c1,2024-01-01 12:00,2024-01-02 12:00,one@example.org,SE,sv,,,1990\n"
                    + "c2,2024-01-01 12:00,2024-01-02 12:00,two@example.org,SE,sv,,,1991\n"
                    + "m-1,2024-01-01 12:00,2024-01-02 12:00,one@example.org,DE,de,,,\n"
            )
            .With(
                "web_analytics/w.csv",
                Web
                    + "e1,10000000,page_view,own,c1,nature,2506,organic\n"
                    + "e2,20000000,page_view,own,,nature,2506,organic\n"
                    + "e3,10000000,page_view,both,,nature,2506,organic\n"
                    + "e4,20000000,page_view,both,m-1,nature,2506,organic\n"
                    + "e5,30000000,page_view,both,c2,nature,2506,organic\n"
                    + "e6,40000000,page_view,both,,nature,2506,organic\n"
            )
            .With("sms_replies/s.csv", Sms + "r1;2024-03-04 09:00;c1;vår;ja\nr2;never;m-1;vår;ja\nr3;never;c2;vår;ja\n")
            .With("lead_forms/f.csv", Forms + "f1,2024-05-01T10:00:00Z,ONE@example.org\n");
        _home.Ingest();
    }

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void Its_rows_go_under_all_its_ids_and_nobody_else_s()
    {
        var erasure = EraseContacts.Run(_home.Folder, ["m-1"]);

        Assert.That(erasure.Ids, Is.EqualTo(["c1", "m-1"]));
        Assert.That(erasure.Subjects, Is.EqualTo(2), "the address and the device own, not the device both");
        Assert.That(erasure.Rows, Is.EqualTo(8), "e1 to e4, r1, f1 and two versions");
        Assert.That(_home.Rows("select contact, trace_id from traces order by all"), Is.EqualTo(["c2|e5", "c2|e6"]));
        Assert.That(_home.Rows("select contact from contacts"), Is.EqualTo(["c2"]));
        Assert.That(_home.Rows("select * from identities"), Is.Empty);
        Assert.That(
            _home.Rows("select subject, contact from links where subject like 'v:%' order by \"at\""),
            Is.EqualTo(["v:both|!", "v:both|c2"])
        );
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void No_file_of_the_lake_names_it_any_longer()
    {
        EraseContacts.Run(_home.Folder, ["c1"]);

        foreach (var text in (string[])["'c1'", "'m-1'", "'v:own'", "(select any_value(subject) from email)"])
        {
            var named = _home.Rows(
                $"with email as (select 'e:' || sha256('00112233445566778899aabbccddeeff' || 'one@example.org') as subject) "
                    + "select 1 from (select contact, origin from traces union all select subject, null from visitors union all "
                    + "select contact, origin from contacts union all select contact, origin from consents union all "
                    + "select contact, origin from outcomes union all select subject, contact from links union all "
                    + $"select contact, canonical from identities) as rows(a, b) where {text} in (a, b) or 'c:' || {text} = b"
            );
            Assert.That(named, Is.Empty, text);
        }
        var rejects = Directory.GetFiles(Path.Combine(_home.LakeFolder, "rejects"), "*", SearchOption.AllDirectories);
        var rejected = string.Concat(rejects.Select(File.ReadAllText));
        Assert.That(rejected, Does.Not.Contain("m-1").And.Contain(";c2;"), "only the other's text is kept");
        Assert.That(rejected.Count(sign => sign == '\n'), Is.EqualTo(2), "the lines and their reasons stay");
        foreach (var note in Directory.GetFiles(Path.Combine(_home.LakeFolder, "batches")))
            Assert.That(File.ReadAllText(note), Does.Not.Contain("m-1").And.Not.Contain("example"));
    }

    [Test]
    public void Neither_an_old_file_nor_a_new_export_brings_it_back_and_its_rows_are_counted()
    {
        EraseContacts.Run(_home.Folder, ["c1"]);
        var report = _home
            .With(
                "sms_replies/new.csv",
                Sms + "r7;2024-06-04 09:00;c1;vår;ja\nr8;2024-06-04 09:00;c2;vår;ja\nr9;never;m-1;vår;ja\n"
            )
            .With("web_analytics/new.csv", Web + "e7,50000000,page_view,own,,nature,2506,organic\n")
            .With("lead_forms/new.csv", Forms + "f2,2024-06-01T10:00:00Z,one@EXAMPLE.org\n")
            .Ingest();

        Assert.That(
            (report.Read, report.Accepted, report.Rejected, report.Duplicate, report.Erased),
            Is.EqualTo((5, 1, 1, 0, 3))
        );
        Assert.That(_home.Rows("select trace_id from traces order by all"), Is.EqualTo(["e5", "e6", "r8"]));
        Assert.That(_home.Rows("select * from visitors"), Is.Empty);
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void Rejected_rows_that_name_it_keep_no_text_from_the_ingest_on()
    {
        EraseContacts.Run(_home.Folder, ["c1"]);
        var report = _home
            .With(
                "sms_replies/new.csv",
                Sms + "r8;never;c1;vår;ja\nr9;never;M-1;vår;ja\nr10;never;m-1;vår;ja;more\nr11;never;c2;vår;ja\n"
            )
            .With("lead_forms/new.csv", Forms + "f2,never,One@example.org\nf3,never,two@example.org\n")
            .Ingest();

        var rows = report
            .Files.Where(file => file.Path.EndsWith("new.csv", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .SelectMany(_home.Rejects)
            .Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!)
            .Select(row => $"{row["line"]}: {row["text"]}");
        Assert.That(
            rows,
            Is.EqualTo([
                "2: ",
                "3: f3,never,two@example.org",
                "2: ",
                "3: r9;never;M-1;vår;ja",
                "4: ",
                "5: r11;never;c2;vår;ja",
            ])
        );
        Assert.That((report.Rejected, report.Erased), Is.EqualTo((6, 0)), "they are counted as what they are");
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void A_new_id_with_its_address_is_the_same_person_again()
    {
        EraseContacts.Run(_home.Folder, ["c1"]);
        _home.With("sms_replies/new.csv", Sms + "r7;2024-06-04 09:00;c77;vår;ja\n").Ingest();
        Assert.That(_home.Rows("select contact from traces where trace_id = 'r7'"), Is.EqualTo(["c77"]));

        _home
            .With("crm_contacts/new.csv", Crm + "c77,2024-07-01 12:00,2024-07-02 12:00,One@example.org,SE,sv,,,1990\n")
            .Ingest();

        Assert.That(_home.Rows("select contact from traces where trace_id = 'r7'"), Is.Empty);
        Assert.That(_home.Rows("select contact from contacts"), Is.EqualTo(["c2"]));
        var later = _home.With("sms_replies/later.csv", Sms + "r8;2024-08-04 09:00;c77;vår;ja\n").Ingest();
        Assert.That((later.Accepted, later.Erased), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_lake_that_is_made_anew_or_put_back_from_a_copy_is_clean_after_the_next_ingest()
    {
        var copy = Path.Combine(_home.Folder, "copy");
        Directory.Move(_home.LakeFolder, copy);
        _home.Ingest();
        EraseContacts.Run(_home.Folder, ["c1"]);
        var clean = _home.Rows(
            "select contact, trace_id, \"at\", known_at, kind_of(kind), source_of(source), origin from traces order by all"
        );

        Directory.Delete(_home.LakeFolder, recursive: true);
        _home.Ingest();
        Assert.That(
            _home.Rows(
                "select contact, trace_id, \"at\", known_at, kind_of(kind), source_of(source), origin from traces order by all"
            ),
            Is.EqualTo(clean)
        );

        Directory.Delete(_home.LakeFolder, recursive: true);
        Directory.Move(copy, _home.LakeFolder);
        var report = _home.Ingest();
        Assert.That(report.Changed, Is.True);
        Assert.That(
            _home.Rows(
                "select contact, trace_id, \"at\", known_at, kind_of(kind), source_of(source), origin from traces order by all"
            ),
            Is.EqualTo(clean)
        );
        Assert.That(_home.Ingest().Changed, Is.False);
    }

    [Test]
    public void The_files_of_the_inbox_that_still_hold_it_are_named_with_their_rows()
    {
        _home.With(
            "outcomes/none.csv",
            "outcome_id,contact_id,kind,occurred_on,reported_on,municipality_code\no1,c2,visited,2024-02-03,2024-02-05,2506\n"
        );

        var erasure = EraseContacts.Run(_home.Folder, ["c1"]);

        Assert.That(
            erasure.Inbox.Select(file => (file.Path, file.Rows)),
            Is.EqualTo(
                new (string, long?)[]
                {
                    ("crm_contacts/c.csv", 2),
                    ("lead_forms/f.csv", 1),
                    ("sms_replies/s.csv", 2),
                    ("web_analytics/w.csv", 3),
                }
            )
        );
    }

    [Test]
    public void Erasing_twice_or_somebody_unknown_changes_nothing()
    {
        EraseContacts.Run(_home.Folder, ["c1"]);
        var before = _home.LakeBytes();
        var again = EraseContacts.Run(_home.Folder, ["c1"]);

        Assert.That(again.Rows, Is.Zero);
        Assert.That(_home.LakeBytes(), Is.EqualTo(before));
    }
}
