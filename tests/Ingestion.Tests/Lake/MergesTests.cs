namespace LeadScoring.Ingestion.Tests.Lakes;

/// <summary>Two ids of one person, found by an address or said outright, and parted again.</summary>
public sealed class MergesTests
{
    const string Crm =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n";
    const string Members = "id,list_id,email_address,status,last_changed,timestamp_signup,timestamp_opt\n";
    const string Sms = "reply_id;mottaget;contact_id;campaign;klass\n";
    const string Merges = "contact_id,duplicate_id,decided_at,merged\n";
    const string Traces = "select contact, trace_id, \"at\", known_at, generation from traces order by trace_id";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_newsletter_member_and_a_contact_of_one_address_are_one_from_the_time_the_second_is_known()
    {
        _home
            .With(
                "mailchimp_members/m.csv",
                Members + "9f86d081,a1,Anna@Example.org,subscribed,2024-01-05T00:00:00Z,2024-01-01T00:00:00Z,\n"
            )
            .With("sms_replies/1.csv", Sms + "r1;2024-02-01 10:00;9f86d081;vår;ja\nr2;2024-02-02 10:00;c7;vår;ja\n")
            .Ingest();
        _home
            .With(
                "crm_contacts/c.csv",
                Crm + "c7,2024-03-03 12:00,2024-03-04 12:00, anna@example.ORG,SE,sv,h1,2,1990\n"
            )
            .Ingest();

        Assert.That(_home.Rows("select * from identities"), Is.EqualTo(["9f86d081|c7|2024-03-03 11:00:00"]));
        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "c7|r1|2024-02-01 09:00:00|2024-03-03 11:00:00|2",
                "c7|r2|2024-02-02 09:00:00|2024-02-02 09:00:00|1",
            ])
        );
        Assert.That(
            _home.Rows("select contact, country, \"at\", known_at, origin from contacts order by \"at\""),
            Is.EqualTo([
                "c7||2024-01-05 00:00:00|2024-03-03 11:00:00|c:9f86d081",
                "c7|SE|2024-03-04 11:00:00|2024-03-04 11:00:00|",
            ])
        );

        _home.With("sms_replies/2.csv", Sms + "r3;2024-04-01 10:00;9f86d081;vår;ja\n").Ingest();
        Assert.That(
            _home.Rows($"from ({Traces}) where trace_id = 'r3'"),
            Is.EqualTo(["c7|r3|2024-04-01 08:00:00|2024-04-01 08:00:00|3"]),
            "the member's id goes on standing for the contact"
        );
    }

    [Test]
    public void One_telephone_makes_one_contact_too()
    {
        _home
            .WithSource(
                "phones.sql",
                "-- source: phones\n-- yields: links\n-- columns:\n--   who text\n--   phone text\n--   since date\nselect who as contact, phone as phone, since as at from raw"
            )
            .With("phones/p.csv", "who,phone,since\n10,+46 70-123 45 67,2024-01-01\n2,0046701234567,2024-02-01\n")
            .Ingest();

        Assert.That(_home.Rows("select * from identities"), Is.EqualTo(["10|2|2024-02-01 00:00:00"]));
    }

    [Test]
    public void An_address_that_more_than_four_have_is_nobody_s_own()
    {
        var rows = Enumerable.Range(1, 4).Select(Row);
        _home.With("crm_contacts/c.csv", Crm + string.Concat(rows)).Ingest();
        Assert.That(_home.Rows("select contact, canonical from identities"), Is.EqualTo(["2|1", "3|1", "4|1"]));

        _home.With("crm_contacts/d.csv", Crm + Row(5)).Ingest();
        Assert.That(_home.Rows("select contact, canonical from identities"), Is.Empty);
        Assert.That(
            _home.Rows("select contact, origin from contacts order by all"),
            Is.EqualTo(["1|", "2|", "3|", "4|", "5|"])
        );

        static string Row(int id) => $"{id},2024-03-0{id} 12:00,2024-03-0{id} 12:00,info@example.org,SE,sv,,,\n";
    }

    [Test]
    public void What_was_said_names_the_id_that_stays_and_is_undone_by_a_later_row()
    {
        _home
            .With("sms_replies/1.csv", Sms + "r1;2024-02-01 10:00;1;vår;ja\nr2;2024-02-02 10:00;22;vår;ja\n")
            .With(
                "consents/c.csv",
                "consent_id,contact_id,purpose,granted,at,provenance\nk1,1,objection,true,2024-01-01T00:00:00Z,letter\n"
            )
            .With(
                "outcomes/o.csv",
                "outcome_id,contact_id,kind,occurred_on,reported_on,municipality_code\no1,1,visited,2024-02-03,2024-02-05,2506\n"
            )
            .Ingest();
        var apart = Everything();
        _home.With("contact_merges/1.csv", Merges + "22,1,2024-03-01T00:00:00Z,\n").Ingest();

        Assert.That(
            _home.Rows(Traces),
            Is.EqualTo([
                "22|r1|2024-02-01 09:00:00|2024-03-01 00:00:00|2",
                "22|r2|2024-02-02 09:00:00|2024-02-02 09:00:00|1",
            ])
        );
        Assert.That(
            _home.Rows("select contact, purpose, \"at\" from consents"),
            Is.EqualTo(["22|objection|2024-01-01 00:00:00"]),
            "an objection under either id counts for both"
        );
        Assert.That(
            _home.Rows("select contact, kind, \"at\", known_at from outcomes"),
            Is.EqualTo(["22|visited|2024-02-02 23:00:00|2024-03-01 00:00:00"])
        );

        _home.With("contact_merges/2.csv", Merges + "1,22,2024-04-01T00:00:00Z,false\n").Ingest();
        Assert.That(Everything(), Is.EqualTo(apart));
        Assert.That(_home.Rows("select * from identities"), Is.Empty);

        _home.With("contact_merges/3.csv", Merges + "1,22,2024-05-01T00:00:00Z,true\n").Ingest();
        Assert.That(_home.Rows("select * from identities"), Is.EqualTo(["22|1|2024-05-01 00:00:00"]));
    }

    [Test]
    public void A_couple_with_one_address_is_kept_apart_once_somebody_says_so()
    {
        _home
            .With(
                "crm_contacts/c.csv",
                Crm
                    + "1,2024-01-01 12:00,2024-01-02 12:00,we@example.org,SE,sv,h1,2,1990\n"
                    + "2,2024-02-01 12:00,2024-02-02 12:00,we@example.org,SE,sv,h1,2,1991\n"
            )
            .Ingest();
        Assert.That(_home.Rows("select contact, canonical from identities"), Is.EqualTo(["2|1"]));

        _home.With("contact_merges/1.csv", Merges + "1,2,2024-03-01T00:00:00Z,no\n").Ingest();

        Assert.That(_home.Rows("select * from identities"), Is.Empty);
        Assert.That(
            _home.Rows("select contact, birth_year, known_at = \"at\" from contacts order by all"),
            Is.EqualTo(["1|1990|true", "2|1991|true"])
        );
        Assert.That(CheckLake.Run(_home.Folder, hashing: true).Findings, Is.Empty);
    }

    [Test]
    public void A_night_without_news_of_identities_leaves_the_files_of_before_alone()
    {
        _home
            .With(
                "crm_contacts/c.csv",
                Crm
                    + "1,2024-01-01 12:00,2024-01-02 12:00,a@example.org,SE,sv,,,\n22,2024-01-01 12:00,2024-01-03 12:00,a@example.org,SE,sv,,,\n"
            )
            .Ingest();
        var before = _home.LakeBytes();

        _home
            .With("crm_contacts/d.csv", Crm + "22,2024-01-01 12:00,2024-05-03 12:00,a@example.org,SE,en,,,\n")
            .Ingest();

        Assert.That(_home.LakeBytes().Keys, Is.SupersetOf(before.Keys));
        Assert.That(
            _home.Rows("select contact, language from contacts where origin is not null order by \"at\""),
            Is.EqualTo(["1|sv", "1|en"])
        );
    }

    [Test]
    public void Ids_that_HubSpot_has_merged_are_followed()
    {
        _home
            .With(
                "hubspot_contacts/h.csv",
                "id,_fivetran_synced,property_email,property_createdate,property_lastmodifieddate,property_hs_merged_object_ids\n"
                    + "76340251,2021-04-02 11:16:05,,2021-04-01 17:32:47,2021-04-02 10:00:00,46897301;76226001\n"
            )
            .With("sms_replies/1.csv", Sms + "r1;2021-02-01 10:00;46897301;vår;ja\n")
            .Ingest();

        Assert.That(
            _home.Rows("select * from identities"),
            Is.EqualTo(["46897301|76340251|2021-04-02 10:00:00", "76226001|76340251|2021-04-02 10:00:00"])
        );
        Assert.That(_home.Rows("select contact, known_at from traces"), Is.EqualTo(["76340251|2021-04-02 10:00:00"]));
    }

    [Test]
    public void Impossible_statements_are_rejected_with_what_was_expected()
    {
        var file = _home
            .With(
                "contact_merges/1.csv",
                Merges + "1,1,2024-03-01T00:00:00Z,\n1,2,1724-03-01T00:00:00Z,\n1,2,2024-03-01T00:00:00Z,maybe\n"
            )
            .IngestOne();

        Assert.That((file.Read, file.Rejected), Is.EqualTo((3, 3)));
        Assert.That(
            file.Reasons.Select(reason => reason.Reason),
            Is.EqualTo([
                "one id twice",
                "a time (at) that cannot be, expected 1900 to 2199",
                "merged: expected true or false",
            ])
        );
    }

    [Test]
    public void One_address_in_different_spelling_is_one_household_and_a_street_alone_is_none()
    {
        _home
            .With(
                "hubspot_contacts/h.csv",
                "id,_fivetran_synced,property_email,property_createdate,property_address,property_zip,property_city\n"
                    + "1,2021-04-02 11:16:05,,2021-04-01 17:32:47,Storgatan 1 A,972 32,Luleå\n"
                    + "2,2021-04-02 11:16:05,,2021-04-01 17:32:47,STORGATAN 1a,97232,luleå\n"
                    + "3,2021-04-02 11:16:05,,2021-04-01 17:32:47,Storgatan 2,97232,Luleå\n"
                    + "4,2021-04-02 11:16:05,,2021-04-01 17:32:47,Storgatan,,Luleå\n"
                    + "5,2021-04-02 11:16:05,,2021-04-01 17:32:47,Storgatan 1 A,,\n"
            )
            .Ingest();

        Assert.That(
            _home.Rows(
                "select contact, dense_rank() over (order by household), regexp_full_match(household, 'h:[0-9a-f]{64}') from contacts where household is not null order by contact"
            ),
            Has.Count.EqualTo(3)
        );
        Assert.That(
            _home.Rows("select string_agg(contact, ' ' order by contact) from contacts group by household order by 1"),
            Is.EqualTo(["1 2", "3", "4 5"])
        );
        Assert.That(_home.Rows("select * from contacts where household like '%torgatan%'"), Is.Empty);
    }

    /// <summary>All rows but their generation.</summary>
    string[] Everything() =>
        [
            .. _home.Rows("select * exclude (generation) from traces order by all"),
            .. _home.Rows("select * exclude (generation) from consents order by all"),
            .. _home.Rows("select * exclude (generation) from outcomes order by all"),
        ];
}
