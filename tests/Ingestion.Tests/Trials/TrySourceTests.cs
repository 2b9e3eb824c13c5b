using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Trials;

namespace LeadScoring.Ingestion.Tests.Trials;

/// <summary>Trying a file; every row here is invented.</summary>
public sealed class TrySourceTests
{
    const string Newsletter =
        "email_address;email_id;campaign_id;topic;action;timestamp;url\n"
        + "someone@example.org;n1;nl-1;housing;click;2024-05-14T12:00:00+02:00;\n"
        + "someone@example.org;n1;nl-1;housing;click;2024-05-14T12:00:00+02:00;\n"
        + "other@example.org;n1;nl-1;housing;dance;2024-05-14T12:00:00+02:00;\n"
        + "other@example.org;n1;nl-1;housing;open;14 May;\n";

    const string MetaColumns =
        "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,form_name,is_organic,"
        + "platform,full_name,phone_number,email,inbox_url,lead_status";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_file_s_source_is_guessed_and_every_row_is_accounted_for()
    {
        var trial = Try("any.txt", Newsletter);

        Assert.That(
            (trial.Match.Source.Name, trial.Sureness, trial.Format),
            Is.EqualTo(("newsletter", Sureness.Sure, "csv ';' ascii"))
        );
        Assert.That(
            (trial.Read, trial.Accepted, trial.Rejected, trial.Duplicate),
            Is.EqualTo((4, 1, 2, 1)),
            trial.Refusal
        );
        Assert.That(
            trial.Reasons.Select(reason => (reason.Reason.Split(':')[0], reason.Rows, reason.FirstLine)),
            Is.EqualTo(new[] { ("unknown action", 1L, 4L), ("timestamp", 1L, 5L) })
        );
    }

    [Test]
    public void The_first_rows_are_shown_as_traces_of_nobody()
    {
        var table = Try("any.csv", Newsletter).Tables.Single();

        Assert.That((table.Table, table.Count), Is.EqualTo(("traces", 1)));
        var row = table.Columns.Zip(table.First[0]).ToDictionary(cell => cell.First, cell => cell.Second);
        Assert.That(row["person"], Does.Match("^e-mail [0-9a-f]{8}$"));
        Assert.That(
            string.Join('|', row["at"], row["kind"], row["channel"], row["theme"], row["automated"]),
            Is.EqualTo("2024-05-14 10:00:00|email_click|email|housing|false")
        );
    }

    [Test]
    public void The_home_is_left_as_it_was()
    {
        Try("any.csv", Newsletter);

        Assert.That(
            Directory.GetFileSystemEntries(_home.Folder).Select(Path.GetFileName).Order(),
            Is.EqualTo(new[] { "any.csv", "salt" })
        );
    }

    [Test]
    public void A_renamed_column_is_asked_after_and_the_file_would_be_refused()
    {
        var trial = Try(
            "o.csv",
            "outcome_id,contact-id,kind,occurred_on,reported_on,municipality_code,colour\no1,c1,moved,2024-06-15,2024-08-01,2506,red\n"
        );

        Assert.That((trial.Match.Source.Name, trial.Sureness), Is.EqualTo(("outcomes", Sureness.Unfit)));
        Assert.That(
            trial.Match.Missing.Select(column => (column.Name, column.DidYouMean)),
            Is.EqualTo(new[] { ("contact_id", "contact-id") })
        );
        Assert.That(trial.Match.Extra, Is.EqualTo(new[] { "contact-id", "colour" }));
        Assert.That(trial.Refusal, Does.Contain("contact_id").And.Contain("did you mean 'contact-id'?"));
    }

    [TestCase(MetaColumns, "meta_leads")]
    [TestCase(MetaColumns + ",what_draws_you,municipality", "lead_forms")]
    [TestCase("action,campaign_id,member_id,timestamp,_fivetran_synced,ip,list_id,url", "mailchimp_activity")]
    [TestCase("campaign_id,member_id,_fivetran_synced,list_id,reason,timestamp", "mailchimp_unsubscribes")]
    [TestCase("email_address,email_id,campaign_id,topic,action,timestamp,url", "newsletter")]
    public void Sources_that_are_alike_are_told_apart(string header, string source)
    {
        var trial = Try("any.csv", $"{header}\n");

        Assert.That((trial.Match.Source.Name, trial.Sureness), Is.EqualTo((source, Sureness.Sure)));
    }

    [Test]
    public void A_source_that_is_named_is_taken_at_its_word()
    {
        var trial = Try("any.csv", Newsletter, "consents");

        Assert.That((trial.Sureness, trial.Match.Source.Name), Is.EqualTo((Sureness.Given, "consents")));
        Assert.That(trial.Refusal, Does.Contain("none of the source's columns"));
    }

    [Test]
    public void A_file_that_the_lake_has_is_told_to_be_known()
    {
        _home.With("newsletter/n.csv", Newsletter);
        _home.Ingest();

        Assert.That(Try("again.csv", Newsletter).IsKnown, Is.True);
        Assert.That(Try("again.csv", Newsletter + "\n").IsKnown, Is.False);
    }

    [Test]
    public void Names_and_sentences_that_a_source_takes_for_words_are_masked()
    {
        _home.WithSource(
            "own.sql",
            """
            -- source: own
            -- yields: traces
            -- columns:
            --   who        text required
            --   full_name  text
            --   said       text
            --   colour     text
            select who as contact, timestamp '2024-01-01' as at, full_name as kind, said as theme, colour as channel from raw
            """
        );

        var trial = Try(
            "own.csv",
            "who,full_name,said,colour\nw1,Test Person,I would like to hear about schools and houses,red\n"
        );

        var shown = string.Join('|', trial.Tables[0].First[0]);
        Assert.That(shown, Does.Contain("|(masked)|red|(masked)|"));
        Assert.That(shown, Does.Not.Contain("test").And.Not.Contain("schools").And.Not.Contain("w1"));
    }

    [Test]
    public void An_own_source_is_tried_with_its_lookup()
    {
        _home
            .WithSource("sites.csv", "site,activity\n7,quiz\n")
            .WithSource(
                "own.sql",
                "-- source: own\n-- yields: traces\n-- columns:\n--   who  text required\n--   site text\n-- lookup: sites = sites.csv\n"
                    + "select who as contact, timestamp '2024-01-01' as at, activity as kind from raw left join sites using (site)\n"
            );

        Assert.That(Try("own.csv", "who,site\nw1,7\nw2,8\n").Accepted, Is.EqualTo(1));
    }

    [Test]
    public void Ndjson_is_matched_by_its_fields()
    {
        var trial = Try(
            "a.ndjson",
            """
            {"answer_id":"a1","contact_id":"k1","answered_at":"2024-03-02T08:00:00Z","answer":"maybe"}

            """
        );

        Assert.That((trial.Match.Source.Name, trial.Accepted), Is.EqualTo(("relocation_answers", 1)));
        Assert.That(trial.Format, Is.EqualTo("ndjson ascii"));
    }

    [Test]
    public void Parquet_is_matched_by_its_columns()
    {
        var path = Path.Combine(_home.Folder, "k.parquet");
        using (var database = Database.Open())
        using (var connection = database.Connect())
        {
            connection.Execute(
                "a file",
                "copy (select 'c1' as consent_id, 'k1' as contact_id, 'sharing' as purpose, true as granted, "
                    + $"timestamp '2025-03-04 08:00:00' as \"at\", null::varchar as provenance) to '{path}' (format parquet)"
            );
        }

        var trial = TrySource.Run(_home.Folder, path, null, 5, default);

        Assert.That(
            (trial.Match.Source.Name, trial.Format, trial.Accepted),
            Is.EqualTo(("consents", "parquet", 1)),
            trial.Refusal
        );
        Assert.That(trial.Tables[0].First[0], Does.Contain("2025-03-04 08:00:00").And.Contain("sharing"));
    }

    [TestCase("", "any.csv: the file is empty (0 bytes)")]
    [TestCase("[{\"id\":1}]\n", "one JSON array")]
    [TestCase("colour,shape\nred,round\n", "none of its 2 columns is one of any source")]
    [TestCase("someone@example.org,12\n", "the first line looks like a row and not like a header: its field 1 of 2")]
    [TestCase("red,2024-01-01\n", "its field 2 of 2 is a number or a time")]
    public void A_file_that_cannot_be_used_is_told_with_its_name(string text, string expected) =>
        Assert.That(
            () => Try("any.csv", text),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.StartsWith("any.csv: ")
                .And.Message.Contains(expected)
                .And.Message.Not.Contains("someone")
        );

    [Test]
    public void A_file_or_source_that_is_not_there_is_named()
    {
        Assert.That(
            () => TrySource.Run(_home.Folder, "nowhere.csv", null, 5, default),
            Throws.TypeOf<IngestionException>().With.Message.Contains("nowhere.csv: there is no such file")
        );
        Assert.That(
            () => Try("any.csv", Newsletter, "newsleter"),
            Throws.TypeOf<IngestionException>().With.Message.Contains("(did you mean 'newsletter'?)")
        );
    }

    SourceTrial Try(string name, string text, string? source = null)
    {
        var path = Path.Combine(_home.Folder, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return TrySource.Run(_home.Folder, path, source, rows: 5, default);
    }
}
