namespace LeadScoring.Ingestion.Tests.Sources;

/// <summary>Whoever says stop in any way is no longer written to, whichever export brings it.</summary>
public sealed class StopsTests
{
    const string Register =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year,Lead source\n"
        + "c1,2024-01-10 10:30,2024-01-10 10:30,one@example.org,DE,de,,,,Fair\n"
        + "c2,2024-01-10 10:30,2024-01-10 10:30,two@example.org,DE,de,,,,Fair\n";

    [TestCase(
        "newsletter",
        "email_address;email_id;campaign_id;topic;action;timestamp\n"
            + "one@example.org;n1;nl;housing;Unsubscribe;2024-05-14T09:00:00Z\n"
            + "two@example.org;n1;nl;housing;click;2024-05-14T09:00:00Z\n",
        "newsletter unsubscribe"
    )]
    [TestCase(
        "mailchimp_activity",
        "action,member_id,timestamp,campaign_id\n"
            + "unsub,c1,2024-05-14 09:00:00,ca1\n"
            + "open,c2,2024-05-14 09:00:00,ca1\n",
        "Mailchimp unsubscribe"
    )]
    [TestCase(
        "hubspot_email_events",
        "id,created,type,recipient\n"
            + "ev1,2024-05-14 09:00:00,SPAMREPORT,ONE@example.org\n"
            + "ev2,2024-05-14 09:00:00,BOUNCE,two@example.org\n",
        "HubSpot spam report"
    )]
    [TestCase(
        "sms_replies",
        "reply_id;mottaget;contact_id;campaign;klass\n"
            + "m1;2024-05-14 11:00;c1;var;STOPP\n"
            + "m2;2024-05-14 11:00;c2;var;nej\n",
        "SMS stopp"
    )]
    [TestCase(
        "sms_replies",
        "reply_id;mottaget;contact_id;campaign;klass\n"
            + "m1;2024-05-14 11:00;c1;var;stop\n"
            + "m2;2024-05-14 11:00;c2;var;Inte nu\n",
        "SMS stopp"
    )]
    public void A_stop_is_a_withdrawal_from_marketing_and_nothing_else_is(string source, string rows, string provenance)
    {
        using var home = new TestHome().With("crm_contacts/c.csv", Register).With($"{source}/x.csv", rows);

        var report = home.Ingest();

        Assert.That((report.Read, report.Accepted), Is.EqualTo((4, 4)), string.Join('\n', report.Refused));
        Assert.That(
            home.Rows("select contact, \"at\", purpose, granted, provenance from consents"),
            Is.EqualTo([$"c1|2024-05-14 09:00:00|marketing|false|{provenance}"])
        );
        Assert.That(home.Rows("select contact from traces order by contact"), Is.EqualTo(["c1", "c2"]));
    }

    [TestCase("ja", 1)]
    [TestCase("Yes", 1)]
    [TestCase("kanske", 0.5)]
    [TestCase("MAYBE", 0.5)]
    [TestCase("inte nu", 0.25)]
    [TestCase("not now", 0.25)]
    [TestCase("nej", 0)]
    [TestCase("no", 0)]
    public void A_reply_is_an_answer_in_either_language(string said, double value)
    {
        using var home = new TestHome().With(
            "sms_replies/x.csv",
            $"reply_id;mottaget;contact_id;campaign;klass\nm1;2024-05-14 11:00;c1;var;{said}\n"
        );
        home.Ingest();
        Assert.That(
            home.Rows("select value from traces"),
            Is.EqualTo([value.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        );
    }
}
