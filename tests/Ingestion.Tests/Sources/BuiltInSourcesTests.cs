using System.Text;

namespace LeadScoring.Ingestion.Tests.Sources;

public sealed class BuiltInSourcesTests
{
    const string Traces =
        "select contact, \"at\", known_at, kind_of(kind), channel_of(channel), theme_of(theme), municipality, value, automated, "
        + "source_of(source), trace_id from traces order by contact, \"at\", kind_of(kind)";

    const string Visitors =
        "select left(subject, 6), \"at\", kind_of(kind), channel_of(channel), theme_of(theme), municipality, value, automated, trace_id "
        + "from visitors order by \"at\", kind_of(kind)";

    const string WebHeader =
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,page_path,content_group,municipality,traffic_medium,device_category,engagement_time_msec\n";

    [Test]
    public void Web_events_of_a_signed_in_visitor_are_the_contact_s_and_tie_the_cookie()
    {
        using var home = new TestHome().With(
            "web_analytics/a.csv",
            WebHeader
                + "1,1714554000000000,page_view,cookie1,,/en/nature,nature,2506,organic,mobile,1500\n"
                + "2,1714554060000001,search,cookie1,c1,/en/housing,housing,,cpc,mobile,0\n"
                + "3,1714554120000000,page_view,cookie2,,/en/jobs,jobs,,social,desktop,\n"
        );

        var file = home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((3, 3, 0, 0)));
        Assert.That(file.Format, Is.EqualTo("csv ',' ascii"));
        Assert.That(
            home.Rows(Traces),
            Is.EqualTo([
                "c1|2024-05-01 09:00:00|2024-05-01 09:01:00.000001|page_view|web|nature|2506|1.5|false|web_analytics|1",
                "c1|2024-05-01 09:01:00.000001|2024-05-01 09:01:00.000001|search|ads|housing|0|0|false|web_analytics|2",
            ])
        );
        Assert.That(home.Rows(Visitors), Is.EqualTo(["v:cook|2024-05-01 09:02:00|page_view|social|jobs|0||false|3"]));
        Assert.That(
            home.Rows("select subject, contact, \"at\" from links"),
            Is.EqualTo(["v:cookie1|c1|2024-05-01 09:01:00.000001"])
        );
    }

    [Test]
    public void Newsletter_actions_wait_for_the_address_and_machines_are_flagged()
    {
        const string Header =
            "email_address;email_id;campaign_id;topic;action;timestamp;url;user_agent;municipality\r\n";
        using var home = new TestHome().With(
            "newsletter/n.csv",
            "\uFEFF"
                + Header
                + "Eva@Example.org;n1;nl-1;housing;sent;2024-05-14T09:00:00+02:00;;;\r\n"
                + "eva@example.org;n1;nl-1;housing;open;2024-05-14T09:00:03+02:00;;Barracuda Sentinel (EE);\r\n"
                + "eva@example.org;n1;nl-1;housing;click;2024-05-14T12:00:00+02:00;https://x.example/;\"Mozilla/5.0 (X11; Linux) Firefox/125.0\";2580\r\n"
        );
        home.With(
            "crm_contacts/c.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year,Lead source\n"
                + "c7,2024-05-14 10:30,2024-06-01 08:00,EVA@example.org ,DE,De,h1,3,1985,Fair\n"
        );

        var report = home.Ingest();

        Assert.That(
            (report.Read, report.Accepted),
            Is.EqualTo((4, 4)),
            string.Join("; ", report.Files.SelectMany(file => file.Reasons))
        );
        Assert.That(report.Files[1].Format, Is.EqualTo("csv ';' utf-8 with BOM"));
        Assert.That(
            home.Rows(Traces),
            Is.EqualTo([
                "c7|2024-05-14 07:00:00|2024-05-14 08:30:00|email_sent|email|housing|0||true|newsletter|",
                "c7|2024-05-14 07:00:03|2024-05-14 08:30:00|email_open|email|housing|0||true|newsletter|",
                "c7|2024-05-14 10:00:00|2024-05-14 10:00:00|email_click|email|housing|2580||false|newsletter|",
            ])
        );
        Assert.That(
            home.Rows(
                "select contact, \"at\", country, language, household, household_size, birth_year, generation from contacts"
            ),
            Is.EqualTo(["c7|2024-06-01 06:00:00|DE|de|h1|3|1985|1"])
        );
        var everything = Directory
            .GetFiles(home.LakeFolder, "*", SearchOption.AllDirectories)
            .Select(File.ReadAllBytes);
        Assert.That(
            everything.Any(bytes => bytes.AsSpan().IndexOf("example.org"u8) >= 0),
            Is.False,
            "an address in the lake"
        );
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Lead_forms_drop_test_leads_and_read_municipalities_by_name(bool wide)
    {
        const string Text =
            "id,created_time,ad_id,full_name,phone_number,email,what_draws_you,municipality\n"
            + "l:1,2024-05-01T10:00:00-07:00,ag:1,<synthetic>,p:+46701740605,a@example.org,quiet,Övertorneå\n"
            + "l:2,2024-05-02T10:00:00+0100,ag:1,<test lead: dummy data for full_name>,,test@example.org,nature,\n"
            + "l:3,2024-05-03T10:00:00Z,ag:1,<synthetic>,p:+46 70-174 06 06,,travel,Atlantis\n"
            + "l:4,2024-05-04T10:00:00Z,ag:1,<synthetic>,p:+46 70-174 06 06,,travel,\n";
        using var home = new TestHome().With(
            "lead_forms/f.csv",
            wide
                ? Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Text)).ToArray()
                : Encoding.UTF8.GetBytes(Text)
        );

        var file = home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((4, 2, 2, 0)));
        Assert.That(file.Format, Is.EqualTo(wide ? "csv ',' utf-16 little-endian" : "csv ',' utf-8"));
        Assert.That(
            home.Rejects(file),
            Is.EqualTo([
                """{"file":"lead_forms/f.csv","line":3,"reason":"test lead","text":"l:2,2024-05-02T10:00:00+0100,ag:1,<test lead: dummy data for full_name>,,test@example.org,nature,"}""",
                """{"file":"lead_forms/f.csv","line":4,"reason":"unknown municipality","text":"l:3,2024-05-03T10:00:00Z,ag:1,<synthetic>,p:+46 70-174 06 06,,travel,Atlantis"}""",
            ])
        );
        var rows = home.Rows(Visitors);
        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(
            rows[0],
            Does.StartWith("e:").And.EndsWith("|2024-05-01 17:00:00|form_submit|ads|quiet|2518||false|l:1")
        );
        Assert.That(
            rows[1],
            Does.StartWith("p:").And.EndsWith("|2024-05-04 10:00:00|form_submit|ads|travel|0||false|l:4")
        );
    }

    [Test]
    public void Fair_talks_come_from_a_Swedish_spreadsheet()
    {
        using var home = new TestHome().With(
            "fair_talks/m.csv",
            "\uFEFFsamtal_id;datum;mässa;land;kontakt_id;intresse;kommun;kan_tänka_sig_flytta;minuter\r\n"
                + "s1;31/01/2024;Emigratiebeurs;NL;c1;nature;Älvsbyn;kanske;12,5\r\n"
                + "s2;01/07/2024;Emigratiebeurs;NL;c2;jobs;;;7,0\r\n"
                + "s3;31/02/2024;Emigratiebeurs;NL;c2;jobs;;;7,0\r\n"
        );

        var file = home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((3, 2, 1, 0)));
        Assert.That(
            file.Reasons,
            Is.EqualTo([new RejectReason("datum: expected a time like %d/%m/%Y that exists in Europe/Stockholm", 1, 4)])
        );
        Assert.That(
            home.Rows(Traces),
            Is.EqualTo([
                "c1|2024-01-30 23:00:00|2024-01-30 23:00:00|answer|fair|nature|2560|0.5|false|fair_talks|s1:answer",
                "c1|2024-01-30 23:00:00|2024-01-30 23:00:00|fair_talk|fair|nature|2560|12.5|false|fair_talks|s1",
                "c2|2024-06-30 22:00:00|2024-06-30 22:00:00|fair_talk|fair|jobs|0|7|false|fair_talks|s2",
            ])
        );
    }

    [Test]
    public void Inquiries_answers_and_messages_have_their_contact()
    {
        using var home = new TestHome()
            .With(
                "eures_inquiries/e.csv",
                "inquiry_id,received_at,contact_id,country,language,municipality_code,household_size\n"
                    + "q1,2024-03-01T08:00:00Z,c1,DE,de,2584,4\n"
            )
            .With(
                "relocation_answers/a.ndjson",
                """
                {"answer_id":"a1","contact_id":"c1","answered_at":"2024-03-02T08:00:00Z","question":"could_you_imagine_moving","answer":"maybe","drivers":["quiet","nature"],"preferred_municipality":"2513","channel":"email"}
                {"answer_id":"a2","contact_id":"c1","answered_at":"2024-03-03T08:00:00Z","question":"could_you_imagine_moving","answer":"no","drivers":[],"preferred_municipality":null,"channel":"email"}

                """
            )
            .With(
                "sms_replies/s.csv",
                Encoding.Latin1.GetBytes(
                    "reply_id;mottaget;contact_id;campaign;klass\n"
                        + "m1;2024-03-04 09:00;c1;vår;ja\n"
                        + "m2;2024-10-27 02:30;c1;höst;stopp\n"
                )
            );

        var report = home.Ingest();

        Assert.That((report.Read, report.Accepted, report.Rejected), Is.EqualTo((5, 5, 0)));
        Assert.That(report.Files[2].Format, Is.EqualTo("csv ';' latin-1"));
        Assert.That(
            home.Rows(Traces).Select(row => row[3..]),
            Is.EqualTo([
                "2024-03-01 08:00:00|2024-03-01 08:00:00|inquiry|eures|jobs|2584||false|eures_inquiries|q1",
                "2024-03-02 08:00:00|2024-03-02 08:00:00|answer|email|quiet|2513|0.5|false|relocation_answers|a1",
                "2024-03-03 08:00:00|2024-03-03 08:00:00|answer|email||0|0|false|relocation_answers|a2",
                "2024-03-04 08:00:00|2024-03-04 08:00:00|sms_reply|sms||0|1|false|sms_replies|m1",
                "2024-10-27 00:30:00|2024-10-27 00:30:00|sms_reply|sms||0|0|false|sms_replies|m2",
            ])
        );
    }

    [Test]
    public void Consents_and_outcomes_keep_when_they_became_known()
    {
        using var home = new TestHome()
            .With(
                "consents/k.csv",
                "consent_id,contact_id,purpose,granted,at,provenance\n"
                    + "k1,c1,profiling,true,2024-01-01T00:00:00Z,form\n"
                    + "k2,c1,profiling,false,2024-02-01T00:00:00Z,preference page\n"
                    + "k3,c1,selling,true,2024-02-01T00:00:00Z,\n"
            )
            .With(
                "outcomes/o.csv",
                "outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code\n"
                    + "o1;c1;moved;2024-06-15;2024-08-01;2506\n"
            );

        var report = home.Ingest();

        Assert.That((report.Read, report.Accepted, report.Rejected), Is.EqualTo((4, 3, 1)));
        Assert.That(
            report.Files[0].Reasons[0].Reason,
            Is.EqualTo("purpose: expected profiling, marketing, sharing or objection")
        );
        Assert.That(
            home.Rows("select contact, \"at\", purpose, granted, provenance from consents order by \"at\""),
            Is.EqualTo([
                "c1|2024-01-01 00:00:00|profiling|true|form",
                "c1|2024-02-01 00:00:00|profiling|false|preference page",
            ])
        );
        Assert.That(
            home.Rows("select contact, \"at\", known_at, kind, municipality from outcomes"),
            Is.EqualTo(["c1|2024-06-14 22:00:00|2024-07-31 22:00:00|moved|2506"])
        );
    }
}
