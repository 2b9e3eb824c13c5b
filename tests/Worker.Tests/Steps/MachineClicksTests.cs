using System.Globalization;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>Clicks faster than a person's count neither for the funnel nor for the lists, by the rule of the features.</summary>
public sealed class MachineClicksTests
{
    static readonly DateTime May = new(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc);

    TemporaryHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TemporaryHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_scanner_s_clicks_are_no_visits_and_no_evidence()
    {
        Mails(
            "anna@example.org,m1,sent,2026-03-01T08:00:00Z,2506",
            "anna@example.org,m2,click,2026-03-01T08:00:02Z,2506",
            "anna@example.org,m3,click,2026-03-02T08:00:00Z,2582",
            "anna@example.org,m4,click,2026-03-02T08:00:01Z,2582",
            "anna@example.org,m5,click,2026-03-02T08:00:02Z,2582",
            "bo@example.org,m6,sent,2026-03-01T08:00:00Z,2506",
            "bo@example.org,m7,click,2026-03-01T08:00:02.001Z,2506"
        );
        var facts = Read(MachineRules.BuiltIn.Clicks);
        var all = Read(ClickRule.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Visits(facts), Is.EqualTo(["bo"]));
            Assert.That(facts.Evidence.Keys.Select(key => key.Value), Is.EqualTo(["bo"]));
            Assert.That(Visits(all), Is.EqualTo(["anna", "anna", "bo"]), "one a day without the rule");
            Assert.That(all.Evidence[new("anna")].Select(one => one.Views), Is.EqualTo([1, 3]));
        }
    }

    [Test]
    public void A_delivery_known_only_later_says_nothing_yet()
    {
        Mails(
            "anna@example.org,m1,sent,2026-05-01T00:00:00Z,2506",
            "anna@example.org,m2,click,2026-04-30T23:59:59Z,2506"
        );
        Assert.That(Visits(Read(MachineRules.BuiltIn.Clicks)), Is.EqualTo(["anna"]));
    }

    [Test]
    public void Lists_and_features_count_the_same_clicks_on_random_mornings([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        Mails([.. Enumerable.Range(0, 200).Select(Draw)]);
        var rule = MachineRules.BuiltIn.Clicks with { Burst = 2 + (seed % 3) };

        var counted = Features(rule);
        var views = Read(rule)
            .Evidence.ToDictionary(
                one => one.Key.Value,
                one => one.Value.Sum(place => place.Views),
                StringComparer.Ordinal
            );

        foreach (var (contact, clicks) in counted)
            Assert.That(views.GetValueOrDefault(contact), Is.EqualTo(clicks), contact);
        Assert.That(counted.Values.Sum(), Is.GreaterThan(10).And.LessThan(Features(ClickRule.None).Values.Sum() - 10));

        string Draw(int number)
        {
            var at = new DateTime(2026, 1, 1 + random.Next(10), 8, 0, 0, DateTimeKind.Utc).AddSeconds(
                0.5 * random.Next(100)
            );
            var (who, does) = (random.Next(2) == 0 ? "anna" : "bo", random.Next(8) == 0 ? "sent" : "click");
            var instant = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            return $"{who}@example.org,m{number},{does},{instant},2506";
        }
    }

    void Mails(params string[] rows)
    {
        Put(
            "crm_contacts",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n"
                + "anna,2025-01-01 08:00,2025-01-01 08:00,anna@example.org,DE,de,,,\n"
                + "bo,2025-01-01 08:00,2025-01-01 08:00,bo@example.org,DE,de,,,\n"
        );
        Put(
            "consents",
            "consent_id,contact_id,purpose,granted,at,provenance\n"
                + "1,anna,profiling,true,2025-01-01T08:00:00Z,form\n2,bo,profiling,true,2025-01-01T08:00:00Z,form\n"
        );
        var mails = rows.Select(row => row.Split(','))
            .Select(row => $"{row[0]},{row[1]},nl-1,housing,{row[2]},{row[3]},{row[4]}\n");
        Put(
            "newsletter",
            $"email_address,email_id,campaign_id,topic,action,timestamp,municipality\n{string.Concat(mails)}"
        );
        var report = Ingest.Run(_home.Path, new IngestOptions(2));
        Assert.That(report.Rejected + report.Refused.Count(), Is.Zero);
    }

    void Put(string source, string text)
    {
        Directory.CreateDirectory(_home.File("inbox", source));
        File.WriteAllText(_home.File("inbox", source, "rows.csv"), text);
    }

    NightFacts Read(ClickRule rule) =>
        NightFacts.Read(Lake.Open(_home.Path), new HomeSettings(), rule, May, seen: null, CancellationToken.None);

    static IEnumerable<string> Visits(NightFacts facts) =>
        facts
            .Signals.SelectMany(one =>
                one.Value.Where(signal => signal.Kind == SignalKind.Visited).Select(_ => one.Key.Value)
            )
            .Order(StringComparer.Ordinal);

    Dictionary<string, double> Features(ClickRule rule)
    {
        Feature[] clicks = [new FeatureDefinition(Measure.Count, Dimension.Kind, "email_click", 0).ToFeature()];
        var options = new FeatureBuildOptions(May, new HomeSettings()) { Clicks = rule };
        var table = FeatureBuild.Run(Lake.Open(_home.Path), clicks, Cutoffs.At(May), options);
        return Enumerable
            .Range(0, table.RowCount)
            .ToDictionary(row => table.Contacts[row], row => (double)table.Columns[0][row], StringComparer.Ordinal);
    }
}
