using System.Text;

namespace LeadScoring.Ingestion.Tests;

public class HomeSettingsTests
{
    static HomeSettings Parse(string json) => HomeSettings.Parse(Encoding.UTF8.GetBytes(json));

    static string[] ErrorsOf(string json) => Assert.Throws<IngestionException>(() => Parse(json))!.Message.Split('\n');

    [Test]
    public void A_home_without_the_file_has_the_defaults()
    {
        var settings = HomeSettings.Load(Path.Combine(Path.GetTempPath(), "no-such-home"));
        Assert.Multiple(() =>
        {
            Assert.That(settings.Label.Positive, Is.EqualTo(["moved"]));
            Assert.That(settings.Label.HorizonDays, Is.EqualTo(180));
            Assert.That(settings.Snapshots.Every, Is.EqualTo(SnapshotEvery.Month));
            Assert.That(settings.TimeZone.Id, Is.EqualTo("Europe/Stockholm"));
            Assert.That(settings.Buckets, Is.EqualTo(16));
        });
    }

    [Test]
    public void Every_field_is_read()
    {
        var settings = Parse(
            """
            {
              // comments are allowed
              "label": {"positive": ["pass", "distinction"], "negative": [], "horizonDays": 240, "reportingDelayDays": 14},
              "snapshots": {"afterFirstTrace": "28d"},
              "timeZone": "Europe/London",
              "minimumPositives": 5, "mostTrainingRows": 5000, "retentionMonths": 36, "seed": 7, "buckets": 4, "rejectShare": 0.2,
              "leaveOut": ["country"],
              "signals": {"webinar": "inquired"},
            }
            """
        );
        Assert.Multiple(() =>
        {
            Assert.That(settings.Label.Positive, Is.EqualTo(["pass", "distinction"]));
            Assert.That(settings.Label.Negative, Is.Empty);
            Assert.That(settings.Label.HorizonDays, Is.EqualTo(240));
            Assert.That(settings.Label.ReportingDelayDays, Is.EqualTo(14));
            Assert.That(settings.Snapshots.AfterFirstTraceDays, Is.EqualTo(28));
            Assert.That(settings.TimeZone.Id, Is.EqualTo("Europe/London"));
            Assert.That(settings.MinimumPositives, Is.EqualTo(5));
            Assert.That(settings.MostTrainingRows, Is.EqualTo(5000));
            Assert.That(settings.RetentionMonths, Is.EqualTo(36));
            Assert.That(settings.Seed, Is.EqualTo(7));
            Assert.That(settings.Buckets, Is.EqualTo(4));
            Assert.That(settings.RejectShare, Is.EqualTo(0.2));
            Assert.That(settings.LeaveOut, Is.EqualTo(["country"]));
            Assert.That(settings.Signals["webinar"], Is.EqualTo("inquired"));
        });
    }

    [Test]
    public void Days_are_read_in_order_of_time()
    {
        var days = Parse("""{"snapshots": {"days": ["2025-03-01", "2025-01-01"]}}""").Snapshots.Days;
        Assert.That(days, Is.EqualTo([new DateOnly(2025, 1, 1), new DateOnly(2025, 3, 1)]));
    }

    [Test]
    public void All_errors_come_at_once_each_with_its_line_and_path()
    {
        var errors = ErrorsOf(
            """
            {
              "label": {"positve": ["moved"], "horizonDays": "long"},
              "snapshots": {"every": "month", "days": ["2025-02-30"]},
              "seed": -1,
              "timeZone": "Mars/Olympus"
            }
            """
        );
        Assert.That(
            errors,
            Is.EqualTo([
                "leads.json line 2, $.label.positve: is no setting; did you mean 'positive'? "
                    + "(known here: positive, negative, horizonDays, reportingDelayDays)",
                "leads.json line 2, $.label.horizonDays: is 'long', expected a whole number from 1 to 3650",
                "leads.json line 3, $.snapshots: has 2 fields, expected one of every, days, afterFirstTrace, file",
                "leads.json line 3, $.snapshots.days[0]: is '2025-02-30', expected a day as yyyy-mm-dd",
                "leads.json line 5, $.timeZone: is 'Mars/Olympus', expected a time zone such as \"Europe/Stockholm\"",
                "leads.json line 4, $.seed: is -1, expected a whole number from 0 to 2147483647",
            ])
        );
    }

    [TestCase("{\"seed\": 1.5}", "line 1, $.seed: is 1.5, expected a whole number")]
    [TestCase("{\"label\": 3}", "line 1, $.label: is 3, expected an object")]
    [TestCase("{\"label\": {\"positive\": []}}", "$.label.positive: is empty")]
    [TestCase("{\"label\": {\"positive\": [\"declined_by_contact\"]}}", "is both positive and negative")]
    [TestCase("{\"seed\": 1, \"seed\": 2}", "$.seed: stands there twice")]
    [TestCase("{\"snapshots\": {\"every\": \"day\"}}", "expected week, month, quarter or year")]
    [TestCase("{\"snapshots\": {\"afterFirstTrace\": \"28\"}}", "expected a number of days")]
    [TestCase("{\"mostTrainingRows\": 12}", "expected")]
    [TestCase("{\"rejectShare\": 2}", "expected a number from 0 to 1")]
    [TestCase("{\"signals\": []}", "$.signals: is a list, expected an object")]
    [TestCase("[]", "$: is a list, expected an object")]
    [TestCase("{\n\"seed\": 1,,\n}", "leads.json line 2 is no JSON")]
    [TestCase("", "is no JSON")]
    [TestCase("{} x", "is no JSON")]
    public void An_unusable_setting_is_named(string json, string expected) =>
        Assert.That(string.Join('\n', ErrorsOf(json)), Does.Contain(expected));
}
