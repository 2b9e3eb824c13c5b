using System.Text;
using LeadScoring.Synthetic;

namespace LeadScoring.Ingestion.Tests.Worlds;

/// <summary>Every source's files begin as its product's exports do.</summary>
public sealed class ExportFormatTests
{
    string _inbox = "";

    [OneTimeSetUp]
    public void WriteAWorld()
    {
        var folder = Directory.CreateTempSubdirectory("leads-formats-").FullName;
        SyntheticWorld.Write(new(200, 18, 3, SyntheticOptions.DefaultEnd), folder);
        _inbox = Path.Combine(folder, "inbox");
    }

    [OneTimeTearDown]
    public void RemoveIt() => Directory.Delete(Path.GetDirectoryName(_inbox)!, recursive: true);

    [TestCase(
        "web_analytics/web_analytics_2025q1.csv.gz",
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,"
    )]
    [TestCase(
        "newsletter/newsletter_2026q1.csv",
        "email_address;email_id;campaign_id;topic;action;timestamp;url;user_agent;municipality"
    )]
    [TestCase("lead_forms/lead_forms_2026h1.csv", "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,")]
    [TestCase(
        "fair_talks/fair_talks_2026h1.csv",
        "samtal_id;datum;mässa;land;kontakt_id;intresse;kommun;kan_tänka_sig_flytta;minuter"
    )]
    [TestCase(
        "eures_inquiries/eures_inquiries_2025h2.csv",
        "inquiry_id,received_at,contact_id,country,language,municipality_code,household_size"
    )]
    [TestCase("relocation_answers/relocation_answers_2026h1.ndjson", "{\"answer_id\":\"a")]
    [TestCase("sms_replies/sms_replies_2025h2.csv", "reply_id;mottaget;contact_id;campaign;klass")]
    [TestCase(
        "crm_contacts/crm_contacts_2025h1.csv",
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,"
    )]
    [TestCase("consents/consents_2026h1.csv", "consent_id,contact_id,purpose,granted,at,provenance")]
    [TestCase("outcomes/outcomes_2025h2.csv", "outcome_id;contact_id;kind;occurred_on;reported_on;municipality_code")]
    public void A_file_begins_with_the_columns_of_its_export(string file, string beginning) =>
        Assert.That(ExportText.Lines(Path.Combine(_inbox, file))[0], Does.StartWith(beginning));

    [TestCase("newsletter/newsletter_2026q1.csv", new byte[] { 0xEF, 0xBB, 0xBF })]
    [TestCase("fair_talks/fair_talks_2026h1.csv", new byte[] { 0xEF, 0xBB, 0xBF })]
    [TestCase("lead_forms/lead_forms_2026h1.csv", new byte[] { 0xFF, 0xFE })]
    [TestCase("lead_forms/lead_forms_2025h1.csv", new byte[] { (byte)'i', (byte)'d', (byte)',' })]
    [TestCase("web_analytics/web_analytics_2025q1.csv.gz", new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0 })]
    [TestCase("web_analytics/web_analytics_2026q1.parquet", new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1' })]
    public void A_file_begins_with_the_bytes_of_its_encoding(string file, byte[] beginning) =>
        Assert.That(File.ReadAllBytes(Path.Combine(_inbox, file))[..beginning.Length], Is.EqualTo(beginning));

    [Test]
    public void Spreadsheet_exports_end_their_lines_with_carriage_return_and_line_feed()
    {
        var text = File.ReadAllText(Path.Combine(_inbox, "fair_talks/fair_talks_2026h1.csv"));
        Assert.That(text.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n"));
        Assert.That(text, Does.EndWith("\r\n"));
    }

    [Test]
    public void Short_messages_are_latin_1()
    {
        var bytes = File.ReadAllBytes(Path.Combine(_inbox, "sms_replies/sms_replies_2025h2.csv"));
        Assert.That(Encoding.Latin1.GetString(bytes), Does.Contain("Höst i norr 2025"));
        Assert.That(bytes, Does.Contain((byte)0xF6));
    }

    [Test]
    public void Talks_have_swedish_days_and_decimal_commas() =>
        Assert.That(
            ExportText.Lines(Path.Combine(_inbox, "fair_talks/fair_talks_2026h1.csv")).Skip(1),
            Has.All.Match(@"^s\d{6}-\d+;\d\d/\d\d/2026;.*;\d+,\d$")
        );
}
