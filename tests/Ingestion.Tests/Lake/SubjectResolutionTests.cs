using System.Globalization;

namespace LeadScoring.Ingestion.Tests.Lakes;

public sealed class SubjectResolutionTests
{
    const string Web =
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n";

    const string Crm =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_late_tie_moves_a_visitor_s_traces_to_the_contact_each_once()
    {
        _home
            .With(
                "web_analytics/1.csv",
                Web + Event("1", 10, "x", "") + Event("2", 20, "x", "") + Event("3", 15, "y", "")
            )
            .Ingest();
        Assert.That(_home.Rows("select trace_id from visitors order by all"), Is.EqualTo(["1", "2", "3"]));
        _home.With("web_analytics/2.csv", Web + Event("4", 30, "x", "anna") + Event("5", 40, "x", "")).Ingest();

        Assert.That(_home.Rows("select trace_id from visitors"), Is.EqualTo(["3"]));
        Assert.That(
            _home.Rows(
                "select contact, trace_id, epoch(\"at\")::int, epoch(known_at)::int, generation from traces order by trace_id"
            ),
            Is.EqualTo(["anna|1|10|30|2", "anna|2|20|30|2", "anna|4|30|30|2", "anna|5|40|40|2"])
        );
        var before = _home.LakeBytes();
        _home.With("web_analytics/3.csv", Web + Event("6", 50, "x", "anna")).Ingest();
        Assert.That(_home.Rows("select count(*), count(distinct trace_id) from traces"), Is.EqualTo(["5|5"]));
        Assert.That(
            _home.LakeBytes().Keys.Intersect(before.Keys).Count(),
            Is.EqualTo(before.Count),
            "files of before are still there"
        );
    }

    [Test]
    public void A_device_that_two_contacts_share_counts_for_the_one_tied_last()
    {
        _home.With(
            "web_analytics/1.csv",
            Web
                + Event("1", 5, "x", "")
                + Event("2", 10, "x", "anna")
                + Event("3", 15, "x", "")
                + Event("4", 20, "x", "bert")
                + Event("5", 25, "x", "")
                + Event("6", 30, "x", "anna")
                + Event("7", 35, "x", "")
        );

        _home.Ingest();

        Assert.That(
            _home.Rows("select trace_id, contact, epoch(known_at)::int from traces order by trace_id"),
            Is.EqualTo(["1|anna|10", "2|anna|10", "3|anna|15", "4|bert|20", "5|bert|25", "6|anna|30", "7|anna|35"])
        );
    }

    [Test]
    public void A_contact_whose_id_looks_like_a_visitor_s_is_not_taken_for_it()
    {
        _home.With(
            "web_analytics/1.csv",
            Web
                + Event("1", 5, "x", "")
                + Event("2", 10, "y", "v:x")
                + Event("3", 15, "z", "v:y")
                + Event("4", 20, "z", "v:z")
        );

        _home.Ingest();

        Assert.That(_home.Rows("select trace_id, subject from visitors"), Is.EqualTo(["1|v:x"]));
        Assert.That(
            _home.Rows("select trace_id, contact from traces order by trace_id"),
            Is.EqualTo(["2|v:x", "3|v:y", "4|v:z"])
        );
    }

    [Test]
    public void The_mark_of_erased_contacts_is_nobody_s_id()
    {
        var file = _home
            .With("web_analytics/1.csv", Web + Event("1", 5, "x", "!") + Event("2", 6, "y", "anna"))
            .IngestOne();

        Assert.That((file.Accepted, file.Rejected), Is.EqualTo((2, 0)));
        Assert.That(_home.Rows("select trace_id, subject from visitors"), Is.EqualTo(["1|v:x"]));
        var reply = _home
            .With("sms_replies/1.csv", "reply_id,mottaget,contact_id,campaign,klass\nr1,2024-05-01 10:00,!,,ja\n")
            .Ingest()
            .Files.Single(one => string.Equals(one.Source, "sms_replies", StringComparison.Ordinal));
        Assert.That((reply.Accepted, reply.Rejected), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_form_waits_for_the_contact_with_its_address()
    {
        _home.With("lead_forms/f.csv", "id,created_time,email\nl:1,2024-05-01T10:00:00Z,Anna@Example.org\n").Ingest();
        Assert.That(_home.Rows("select count(*) from traces"), Is.EqualTo(["0"]));

        _home
            .With("crm_contacts/c.csv", Crm + "c1,2024-05-03 12:00,2024-05-04 12:00, anna@example.ORG,SE,sv,,2,1990\n")
            .Ingest();

        Assert.That(
            _home.Rows("select contact, \"at\", known_at from traces"),
            Is.EqualTo(["c1|2024-05-01 10:00:00|2024-05-03 10:00:00"])
        );
        Assert.That(_home.Rows("select count(*) from visitors"), Is.EqualTo(["0"]));
    }

    [Test]
    public void Consents_and_outcomes_by_address_wait_for_their_contact_too()
    {
        _home
            .WithSource(
                "preferences.sql",
                """
                -- source: preferences
                -- yields: consents
                -- columns:
                --   email  text required
                --   day    date required
                --   allow  boolean required
                select email as email, day as at, 'profiling' as purpose, allow as granted from raw
                """
            )
            .WithSource(
                "moves.sql",
                """
                -- source: moves
                -- yields: outcomes
                -- columns:
                --   email  text required
                --   day    date required
                select email as email, day as at, 'moved' as kind, 'Kiruna'::varchar as municipality from raw
                """
            );
        _home.With("preferences/p.csv", "email,day,allow\nA@example.org,2024-01-01,yes\n");
        _home.With("moves/m.csv", "email,day\na@example.org,2024-02-01\n");
        var first = _home.Ingest();
        Assert.That(first.Files[0].Reasons[0].Reason, Is.EqualTo("municipality: expected a code of four digits"));
        Assert.That(
            _home.Rows("select left(contact, 2), \"at\", granted from consents"),
            Is.EqualTo(["e:|2024-01-01 00:00:00|true"])
        );

        _home
            .WithSource(
                "ties.sql",
                "-- source: ties\n-- yields: links\n-- columns:\n--   email text\n--   who text\n--   since date\nselect email as email, who as contact, since as at from raw"
            )
            .With("ties/t.csv", "email,who,since\n a@EXAMPLE.org,c9,2024-03-01\n")
            .Ingest();

        Assert.That(
            _home.Rows("select contact, \"at\", granted, generation from consents where contact = 'c9'"),
            Is.EqualTo(["c9|2024-01-01 00:00:00|true|2"])
        );
        Assert.That(
            _home.Rows("select contact, since from (select contact, \"at\" as since from links)"),
            Is.EqualTo(["c9|2024-03-01 00:00:00"])
        );
    }

    static string Event(string id, int second, string cookie, string contact) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{id},{second * 1_000_000L},page_view,{cookie},{contact},nature,2506,organic\n"
        );
}
