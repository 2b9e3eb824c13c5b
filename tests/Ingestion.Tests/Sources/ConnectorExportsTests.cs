using System.Text;

namespace LeadScoring.Ingestion.Tests.Sources;

/// <summary>Exports with the columns that Mailchimp, HubSpot and Meta really give. Every row is invented.</summary>
public sealed class ConnectorExportsTests
{
    const string Traces =
        "select contact, \"at\", kind_of(kind), channel_of(channel), theme_of(theme), value, automated, trace_id "
        + "from traces order by \"at\", kind_of(kind)";

    const string Visitors =
        "select left(subject, 2), \"at\", kind_of(kind), channel_of(channel), theme_of(theme), value, automated, trace_id "
        + "from visitors order by \"at\", kind_of(kind)";

    const string Consents = "select contact, \"at\", purpose, granted, provenance from consents order by \"at\"";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void Mailchimp_campaigns_and_automations_bring_what_members_did()
    {
        _home
            .With(
                "mailchimp_activity/campaign_recipient_activity.csv",
                "action,campaign_id,member_id,timestamp,_fivetran_synced,bounce_type,combination_id,ip,list_id,url\n"
                    + "open,ca1,member1,2025-03-01 08:00:00,2025-03-02 00:00:00.123,,,192.0.2.1,li1,\n"
                    + "click,ca1,member1,2025-03-01 08:00:05,2025-03-02 00:00:00.123,,,192.0.2.1,li1,https://example.org/a\n"
                    + "click,ca1,member1,2025-03-01 08:00:05,2025-03-02 00:00:00.123,,,192.0.2.1,li1,https://example.org/b\n"
                    + "click,ca1,member1,2025-03-01 08:00:05,2025-03-03 00:00:00.123,,,192.0.2.1,li1,https://example.org/b\n"
                    + "bounce,ca1,member2,2025-03-01 08:01:00,2025-03-02 00:00:00.123,hard,,,li1,\n"
                    + "wave,ca1,member2,2025-03-01 08:02:00,2025-03-02 00:00:00.123,,,,li1,\n"
            )
            .With(
                "mailchimp_activity/automation_recipient_activity.csv",
                "action,automation_email_id,member_id,timestamp,_fivetran_synced,bounce_type,ip,list_id,url\n"
                    + "open,ae1,member1,2025-03-01 09:00:00,2025-03-02 00:00:00.123,,192.0.2.1,li1,\n"
                    + "open,ae1,member2,2025-03-01 09:00:01,2025-03-02 00:00:00.123,,17.58.4.9,li1,\n"
                    + "click,ae1,member2,2025-03-01 09:00:02,2025-03-02 00:00:00.123,,2620:149:a::17,li1,https://example.org/a\n"
            );

        var report = _home.Ingest();

        Assert.That((report.Read, report.Accepted, report.Rejected, report.Duplicate), Is.EqualTo((9, 7, 1, 1)));
        Assert.That(report.Files[1].Reasons, Is.EqualTo([new RejectReason("unknown action", 1, 7)]));
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "member1|2025-03-01 08:00:00|email_open|email|||false|",
                "member1|2025-03-01 08:00:05|email_click|email|||false|",
                "member1|2025-03-01 08:00:05|email_click|email|||false|",
                "member2|2025-03-01 08:01:00|email_bounce|email|||true|",
                "member1|2025-03-01 09:00:00|email_open|email|||false|",
                "member2|2025-03-01 09:00:01|email_open|email|||true|",
                "member2|2025-03-01 09:00:02|email_click|email|||true|",
            ])
        );
    }

    [Test]
    public void Mailchimp_members_are_contacts_and_leaving_is_a_withdrawal()
    {
        _home
            .With(
                "mailchimp_members/member.csv",
                "id,list_id,_fivetran_synced,country_code,dstoff,email_address,email_client,email_type,gmtoff,ip_opt,ip_signup,language,last_changed,latitude,longitude,member_rating,merge_fname,merge_lname,status,timestamp_opt,timestamp_signup,timezone,unique_email_id,vip\n"
                    + "member1,li1,2025-03-05 00:00:00.1,DE,0.0,One@example.org,,html,0.0,,,de,2025-03-04 10:00:00,0.0,0.0,2,,,subscribed,2025-03-01 07:00:00,2025-03-01 06:59:00,Etc/UTC,ue1,false\n"
                    + "member2,li1,2025-03-05 00:00:00.1,,0.0,two@example.org,,html,0.0,,,,2025-03-04 11:00:00,0.0,0.0,2,,,unsubscribed,2025-03-02 07:00:00,,Etc/UTC,ue2,false\n"
            )
            .With(
                "mailchimp_unsubscribes/unsubscribe.csv",
                "campaign_id,member_id,_fivetran_synced,list_id,reason,timestamp\nca1,member2,2025-03-05 00:00:00.1,li1,no longer of interest,2025-03-04 11:00:00\n"
            );

        var report = _home.Ingest();

        Assert.That((report.Read, report.Accepted), Is.EqualTo((3, 3)), string.Join('\n', report.Refused));
        Assert.That(
            _home.Rows("select contact, \"at\", country, language from contacts order by contact"),
            Is.EqualTo(["member1|2025-03-04 10:00:00|DE|de", "member2|2025-03-04 11:00:00||"])
        );
        Assert.That(
            _home.Rows("select left(subject, 2), contact, \"at\" from links order by contact"),
            Is.EqualTo(["e:|member1|2025-03-01 06:59:00", "e:|member2|2025-03-02 07:00:00"])
        );
        Assert.That(
            _home.Rows(Consents),
            Is.EquivalentTo([
                "member2|2025-03-04 11:00:00|marketing|false|Mailchimp status unsubscribed",
                "member2|2025-03-04 11:00:00|marketing|false|Mailchimp unsubscribe",
            ])
        );
        Assert.That(_home.Rows(Traces), Is.EqualTo(["member2|2025-03-04 11:00:00|email_unsubscribe|email|||false|"]));
    }

    [Test]
    public void HubSpot_mails_are_their_recipient_s_and_machines_are_flagged()
    {
        const string Events =
            "id,_fivetran_synced,app_id,caused_by_created,caused_by_id,created,email_campaign_id,obsoleted_by_created,obsoleted_by_id,portal_id,sent_by_created,sent_by_id,type,filtered_event,recipient\n";
        _home
            .With(
                "hubspot_contacts/contact.csv",
                "_fivetran_deleted,_fivetran_synced,property_email,id,property_company,property_firstname,property_lastname,property_email_1,property_createdate,property_jobtitle,property_annualrevenue,property_hs_merged_object_ids,property_created_at,property_first_conversion_date\n"
                    + "FALSE,2025-03-10 11:16:05,one@example.org,701,,,,,2025-02-01 17:32:47,,,,2025-02-01 17:32:47,\n"
                    + "TRUE,2025-03-10 11:16:06,two@example.org,702,,,,,2025-02-01 17:32:47,,,,2025-02-01 17:32:47,\n"
            )
            .With(
                "hubspot_email_events/email_event.csv",
                Events
                    + "ev1,2025-03-01 19:06:20.264,1,,,2025-03-01 19:00:00.100,9,,,1,,,SENT,,one@example.org\n"
                    + "ev2,2025-03-01 19:06:20.264,1,,,2025-03-01 19:00:03.200,9,,,1,2025-03-01 19:00:00.100,ev1,OPEN,true,ONE@example.org\n"
                    + "ev3,2025-03-01 19:06:20.264,1,,,2025-03-01 20:00:00.357,9,,,1,2025-03-01 19:00:00.100,ev1,CLICK,false,one@example.org\n"
                    + "ev4,2025-03-01 19:06:20.264,1,,,2025-03-01 20:00:01,9,2025-03-01 20:00:02,ev5,1,,,CLICK,false,one@example.org\n"
                    + "ev5,2025-03-01 19:06:20.264,1,,,2025-03-01 20:01:00,9,,,1,,,SPAMREPORT,false,three@example.org\n"
                    + "ev6,2025-03-01 19:06:20.264,1,,,2025-03-01 20:02:00,9,,,1,,,TELEPATHY,false,one@example.org\n"
            );

        var report = _home.Ingest();

        Assert.That((report.Read, report.Accepted, report.Rejected), Is.EqualTo((8, 5, 3)));
        Assert.That(report.Files[0].Reasons, Is.EqualTo([new RejectReason("deleted in HubSpot", 1, 3)]));
        Assert.That(
            report.Files[1].Reasons,
            Is.EqualTo([new RejectReason("obsoleted by another event", 1, 5), new RejectReason("unknown type", 1, 7)])
        );
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "701|2025-03-01 19:00:00.1|email_sent|email|||true|ev1",
                "701|2025-03-01 19:00:03.2|email_open|email|||true|ev2",
                "701|2025-03-01 20:00:00.357|email_click|email|||false|ev3",
            ])
        );
        Assert.That(_home.Rows(Visitors), Is.EqualTo(["e:|2025-03-01 20:01:00|email_spam_report|email|||false|ev5"]));
    }

    [Test]
    public void HubSpot_clicks_are_a_machine_s_by_agent_by_address_and_by_pace()
    {
        _home
            .With(
                "hubspot_contacts/contact.csv",
                "id,_fivetran_synced,property_email,property_createdate\n701,2025-02-02 00:00:00,one@example.org,2025-02-01 17:32:47\n"
            )
            .With(
                "hubspot_email_events/joined.csv",
                "id,created,type,recipient,sent_by_created,user_agent,ip_address\n"
                    + "e1,2025-03-01 19:00:02,CLICK,one@example.org,2025-03-01 19:00:00,Firefox/125.0,192.0.2.1\n"
                    + "e2,2025-03-01 19:00:02.001,CLICK,one@example.org,2025-03-01 19:00:00,Firefox/125.0,192.0.2.1\n"
                    + "e3,2025-03-01 19:00:03,OPEN,one@example.org,2025-03-01 19:00:02.5,Firefox/125.0,192.0.2.1\n"
                    + "e4,2025-03-01 20:00:00,CLICK,one@example.org,2025-03-01 19:00:00,Mimecast,192.0.2.1\n"
                    + "e5,2025-03-01 21:00:00,OPEN,one@example.org,2025-03-01 19:00:00,,::ffff:17.0.0.1\n"
                    + "e6,2025-03-01 22:00:00,CLICK,one@example.org,,,\n"
            );
        _home.Ingest();
        Assert.That(
            _home.Rows("select trace_id, automated from traces order by trace_id"),
            Is.EqualTo(["e1|true", "e2|false", "e3|false", "e4|true", "e5|true", "e6|false"])
        );
    }

    [TestCase(false)]
    [TestCase(true, Description = "UTF-16 with tabs, as the lead centre writes it")]
    public void Meta_leads_lose_their_prefixes_offsets_and_tests(bool wide)
    {
        const string Leads =
            "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,form_name,is_organic,platform,full_name,phone_number,email,inbox_url,lead_status\n"
            + "l:9001,2025-03-01T10:00:00-07:00,ag:1,A,as:1,B,c:1,C,f:1,D,false,fb,<invented>,p:+46000000001,one@example.org,https://example.org/1,CREATED\n"
            + "l:9002,2025-07-01T10:00:00+02:00,ag:1,A,as:1,B,c:1,C,f:1,D,true,ig,<invented>,p:+46 00-000 00 02,,https://example.org/2,CREATED\n"
            + "l:9003,2025-03-01T10:00:00+01:00,ag:1,A,as:1,B,c:1,C,f:1,D,false,fb,<test lead: dummy data for full_name>,<test lead: dummy data for phone_number>,test@example.org,https://example.org/3,CREATED\n"
            + "l:9004,2025-03-01T10:00:00+01:00,ag:1,A,as:1,B,c:1,C,f:1,D,false,fb,<invented>,,,https://example.org/4,CREATED\n"
            + "l:9001,2025-03-01T18:00:00+01:00,ag:1,A,as:1,B,c:1,C,f:1,D,false,fb,<invented>,p:+46000000001,one@example.org,https://example.org/1,CONTACTED\n";
        var encoding = Encoding.Unicode;
        _home.With(
            "meta_leads/leads.csv",
            wide
                ? [.. encoding.GetPreamble(), .. encoding.GetBytes(Leads.Replace(',', '\t'))]
                : Encoding.UTF8.GetBytes(Leads)
        );

        var file = _home.IngestOne();

        Assert.That((file.Read, file.Accepted, file.Rejected, file.Duplicate), Is.EqualTo((5, 2, 2, 1)));
        Assert.That(
            file.Reasons,
            Is.EqualTo([new RejectReason("test lead", 1, 4), new RejectReason("neither e-mail nor phone", 1, 5)])
        );
        Assert.That(
            _home.Rows(Visitors),
            Is.EqualTo([
                "e:|2025-03-01 17:00:00|form_submit|ads|||false|9001",
                "p:|2025-07-01 08:00:00|form_submit|social|||false|9002",
            ])
        );
    }
}
