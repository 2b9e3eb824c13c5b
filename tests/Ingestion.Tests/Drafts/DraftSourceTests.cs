using LeadScoring.Ingestion.Drafts;
using LeadScoring.Ingestion.Trials;

namespace LeadScoring.Ingestion.Tests.Drafts;

/// <summary>Sources drafted from unknown files; every row here is invented.</summary>
public sealed class DraftSourceTests
{
    const string Visits =
        "visit_id;guest mail;visited_at;event;kommun;score;wants_call;postcode\n"
        + "v1;one@example.org;31.01.2025 09:30;open_house;Boden;1,5;ja;01234\n"
        + "v2;two@example.org;01.02.2025 10:00;open_house;Atlantis;2;nej;04321\n"
        + "v3;one@example.org;02.02.2025 11:15;tour;Piteå;0,25;ja;00001\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_draft_declares_what_the_file_shows()
    {
        Draft("visits", Visits);

        Assert.That(
            File.ReadAllText(Sql("visits")),
            Is.EqualTo(
                """
                -- source: visits
                -- meaning: drafted from a file; say here what the export is
                -- yields: traces
                -- grain: one row of the export
                -- columns:
                --   visit_id      text required
                --   "guest mail"  text required
                --   visited_at    timestamp required format '%d.%m.%Y %H:%M' zone Europe/Stockholm
                --   event         text
                --   kommun        text
                --   score         number decimal ','
                --   wants_call    boolean
                --   postcode      text
                -- identity: visit_id
                select
                  "visit_id" as trace_id,
                  "guest mail" as email,
                  "visited_at" as at,
                  "event" as kind,
                  '' as channel,
                  '' as theme,
                  municipality_code("kommun") as municipality
                from raw

                """.ReplaceLineEndings("\n")
            )
        );
    }

    [Test]
    public void A_draft_with_a_time_and_a_person_ingests_as_it_stands()
    {
        var draft = Draft("visits", Visits);
        var trial = TrySource.Run(_home.Folder, Path.Combine(_home.Folder, "visits.csv"), "visits", 5, default);
        _home.With("visits/v.csv", Visits);

        Assert.That(draft.IsReady, Is.True);
        Assert.That((trial.Accepted, trial.Rejected), Is.EqualTo((3, 0)), trial.Refusal);
        Assert.That(_home.IngestOne().Accepted, Is.EqualTo(3));
        Assert.That(
            _home.Rows("select \"at\", kind_of(kind), municipality from visitors order by \"at\""),
            Is.EqualTo(
                new[]
                {
                    "2025-01-31 08:30:00|open_house|2582",
                    "2025-02-01 09:00:00|open_house|0",
                    "2025-02-02 10:15:00|tour|2581",
                }
            )
        );
    }

    [Test]
    public void A_date_that_can_be_read_in_two_ways_is_named_and_not_guessed()
    {
        var draft = Draft("slips", "contact_id,day\nk1,03/04/2025\nk2,05/06/2025\n");

        Assert.That(
            draft.Notes[0],
            Is.EqualTo(
                "day is ambiguous: every value can be read as %d/%m/%Y and as %m/%d/%Y; it is text until you declare it as "
                    + "timestamp format '%d/%m/%Y' zone Europe/Stockholm or as timestamp format '%m/%d/%Y' zone Europe/Stockholm"
            )
        );
        Assert.That((draft.Time, draft.IsReady), Is.EqualTo(((string?)null, false)));
        Assert.That(draft.Text, Does.Contain("--   day         text\n").And.Contain("null::timestamp as at"));
        var trial = TrySource.Run(_home.Folder, Path.Combine(_home.Folder, "slips.csv"), "slips", 5, default);
        Assert.That(trial.Reasons.Single().Reason, Is.EqualTo("no time (at), expected one"));
    }

    [TestCase("31/04/2025", "text", Description = "no such day")]
    [TestCase("30/04/2025", "timestamp required format '%d/%m/%Y' zone Europe/Stockholm")]
    [TestCase("04/30/2025", "timestamp required format '%m/%d/%Y' zone Europe/Stockholm")]
    [TestCase("2025-04-30", "timestamp required format '%Y-%m-%d' zone Europe/Stockholm")]
    [TestCase("2025-04-30T10:00:00Z", "timestamp required")]
    [TestCase("1746000000", "timestamp required epoch_s")]
    [TestCase("1746000000000", "timestamp required epoch_ms")]
    [TestCase("1746000000000000", "timestamp required epoch_us")]
    [TestCase("20250430", "timestamp required format '%Y%m%d' zone Europe/Stockholm")]
    [TestCase("17", "integer")]
    public void A_time_is_known_by_its_form(string value, string declared) =>
        Assert.That(
            Draft("t", $"contact_id,event_time\nk1,{value}\n").Text,
            Does.Contain($"--   event_time  {declared}\n")
        );

    [TestCase("17", "integer")]
    [TestCase("-1.25", "number")]
    [TestCase("1e3", "number")]
    [TestCase("\"1,25\"", "number decimal ','")]
    [TestCase("01234", "text")]
    [TestCase("+46000000000", "text")]
    [TestCase("true", "boolean")]
    [TestCase("0", "integer")]
    [TestCase("1.250", "text")]
    [TestCase("0.250", "number")]
    public void A_value_is_known_by_its_form(string value, string declared) =>
        Assert.That(Draft("t", $"contact_id,size\nk1,{value}\n").Text, Does.Contain($"--   size        {declared}\n"));

    [Test]
    public void Times_without_an_offset_are_told()
    {
        Assert.That(
            Draft("a", "contact_id,at\nk1,2025-01-01 10:00:00\n").Notes,
            Has.Some.StartsWith("at has no offset and is read as UTC")
        );
        Assert.That(Draft("b", "contact_id,at\nk1,2025-01-01 10:00:00+01:00\n").Notes, Has.None.Contains("no offset"));
    }

    [TestCase("user_pseudo_id,user_id", "p1,k1", "user_id")]
    [TestCase("user_pseudo_id,user_id", "p1,a@example.org", "user_id")]
    [TestCase("device_id,colour", "d1,red", "device_id")]
    [TestCase("phone,device_id", "+46000000000,d1", "phone")]
    [TestCase("colour,shape", "red,round", "")]
    public void Who_is_found_by_name_and_content(string header, string row, string person) =>
        Assert.That(string.Join(',', Draft("w", $"{header}\n{row}\n").Person), Is.EqualTo(person));

    [Test]
    public void When_it_happened_comes_before_when_it_was_copied() =>
        Assert.That(
            Draft(
                "w",
                "contact_id,synced_time,event_time,upload_time\nk1,2025-01-02T00:00:00Z,2025-01-01T00:00:00Z,2025-01-02T00:00:00Z\n"
            ).Time,
            Is.EqualTo("event_time")
        );

    [TestCase("date,timestamp", "2025-01-01,2025-01-01T10:00:00Z", "timestamp")]
    [TestCase("client_event_time,event_time", "2025-01-01T10:00:00Z,2025-01-01T10:00:00Z", "event_time")]
    [TestCase("date,updated_at", "2025-01-01,2025-01-01T10:00:00Z", "date")]
    public void Of_several_times_the_one_that_says_most_is_taken(string header, string row, string time) =>
        Assert.That(Draft("w", $"contact_id,{header}\nk1,{row}\n").Time, Is.EqualTo(time));

    [Test]
    public void An_id_that_comes_twice_is_none()
    {
        const string Header = "id,contact_id,at\n";
        Assert.That(
            Draft("a", Header + "1,k1,2025-01-01T00:00:00Z\n2,k1,2025-01-02T00:00:00Z\n").Identity,
            Is.EqualTo("id")
        );
        Assert.That(Draft("b", Header + "1,k1,2025-01-01T00:00:00Z\n1,k1,2025-01-02T00:00:00Z\n").Identity, Is.Null);
    }

    [Test]
    public void Columns_that_cannot_be_declared_are_counted()
    {
        var draft = Draft("w", "contact_id,at,twice,Twice,,_line\nk1,2025-01-01T00:00:00Z,a,b,c,d\n");

        Assert.That(draft.Columns.Select(column => column.Name), Is.EqualTo(new[] { "contact_id", "at" }));
        Assert.That(draft.Notes, Has.Some.StartsWith("4 columns are left out"));
        Assert.That(
            TrySource.Run(_home.Folder, Path.Combine(_home.Folder, "w.csv"), "w", 5, default).Accepted,
            Is.EqualTo(1)
        );
    }

    [Test]
    public void Ndjson_is_drafted_by_its_fields()
    {
        var draft = Draft(
            "n",
            """{"contact_id":7,"event_time":1746000000,"event":"open house","more":{"a":1}}""" + "\n"
        );

        Assert.That((draft.Time, draft.Person[0], draft.IsReady), Is.EqualTo(("event_time", "contact_id", true)));
        var trial = TrySource.Run(_home.Folder, Path.Combine(_home.Folder, "n.csv"), "n", 5, default);
        Assert.That(trial.Tables[0].First[0], Does.Contain("2025-04-30 08:00:00").And.Contain("open_house"));
    }

    [Test]
    public void Nothing_is_overwritten_and_no_built_in_source_replaced()
    {
        Draft("visits", Visits);
        var before = File.ReadAllText(Sql("visits"));

        Assert.That(
            () => Draft("visits", "id\n1\n"),
            Throws.TypeOf<IngestionException>().With.Message.Contains("sources/visits.sql is there already")
        );
        Assert.That(
            () => Draft("newsletter", Visits),
            Throws.TypeOf<IngestionException>().With.Message.Contains("'newsletter' is a built-in source")
        );
        Assert.That(File.ReadAllText(Sql("visits")), Is.EqualTo(before));
    }

    [TestCase("Visits")]
    [TestCase("1a")]
    [TestCase("a.b")]
    [TestCase("../a")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.That(() => Draft(name, Visits), Throws.TypeOf<IngestionException>().With.Message.Contains("no name"));

    [TestCase("", "the file is empty")]
    [TestCase("id,at\n", "no sound row")]
    [TestCase("x@example.org,1\n", "not like a header")]
    public void A_file_that_shows_nothing_is_told(string text, string expected)
    {
        Assert.That(() => Draft("t", text), Throws.TypeOf<IngestionException>().With.Message.Contains(expected));
        Assert.That(File.Exists(Sql("t")), Is.False);
    }

    string Sql(string name) => Path.Combine(_home.Folder, "sources", $"{name}.sql");

    SourceDraft Draft(string name, string text)
    {
        var path = Path.Combine(_home.Folder, $"{Path.GetFileName(name)}.csv");
        File.WriteAllText(path, text);
        return DraftSource.Run(_home.Folder, name, path, default);
    }
}
