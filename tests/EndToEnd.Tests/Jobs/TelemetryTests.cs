using System.Text.Json;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>What a worker sends over OTLP, read by a collector of the test's own.</summary>
public sealed class TelemetryTests
{
    [TestCase("http/protobuf"), TestCase("grpc"), CancelAfter(300_000)]
    public async Task A_night_is_a_trace_of_its_steps_and_its_counts_are_those_of_the_runs_table(
        string protocol,
        CancellationToken cancellation
    )
    {
        await using var collector = await OtlpReceiver.StartAsync(protocol is "grpc");
        using var home = ServeHome.Unread();
        ServeHome.Configure(home, postgres: null, telemetry: collector.Address, protocol: protocol);
        var begun = TimeProvider.System.GetUtcNow().UtcDateTime;
        using (var store = LeadStore.Open(home.Path))
            new JobUnits(store).Put(new("nobodys", new(2026, 3, 2)), begun.AddHours(-2), "test", 1, begun);
        using var worker = new Worker(home.Path);
        var night = await ServeHome.UntilAsync(
            () => ServeHome.Unit(home, "night") is { State: RunState.Done or RunState.Warned } unit ? unit : null,
            () => worker.Said,
            cancellation
        );
        Assert.That(worker.Stop(), Is.Zero, worker.Said);

        AssertTrace(collector.Spans, night);
        Assert.That(collector.Resource["service.name"], Is.EqualTo("leads"));
        AssertMeasures(collector.Points, night);
        var told = collector
            .Spans.SelectMany(span => span.Attributes)
            .Concat(collector.Points.SelectMany(point => point.Attributes))
            .Select(attribute => attribute.Value)
            .Concat(collector.Spans.Select(span => span.Name));
        Assert.That(told, Has.None.Matches(@"@|^c\d{4,}|/"), "no address, contact or path");
    }

    static void AssertTrace(IReadOnlyList<OtlpSpan> spans, StoreRun night)
    {
        var root = spans.Single(span => span.Name is "night");
        Assert.That(root.Parent, Is.Empty);
        Assert.That(
            root.Attributes,
            Is.EquivalentTo(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["leads.job"] = "night",
                    ["leads.day"] = StoreText.Day(night.AsOf),
                    ["leads.part"] = "all",
                    ["leads.unit"] = $"{night.Id}",
                    ["leads.attempt"] = "1",
                    ["leads.state"] = StoreText.Word(night.State),
                }
            )
        );
        Assert.That(
            spans
                .Where(span => Same(span.Parent, root.Id))
                .Select(span => (span.Name, Same(span.Trace, root.Trace), span.Status)),
            Is.EquivalentTo(new[] { "ingest", "read", "score", "funnel", "export" }.Select(step => (step, true, 0)))
        );
        Assert.That(
            spans.Count(span => span.Name is "score" && span.Parent.Length == 0),
            Is.EqualTo(16),
            "a bucket each"
        );
    }

    static void AssertMeasures(IReadOnlyList<OtlpPoint> points, StoreRun night)
    {
        using var counts = JsonDocument.Parse(night.Counts);
        var state = StoreText.Word(night.State);
        Assert.That(Value("leads.units", "night", state), Is.EqualTo(1));
        Assert.That(Value("leads.units", "score", "done"), Is.EqualTo(16));
        Assert.That(Value("leads.unit.duration", "night", state), Is.EqualTo(1), "one observation");
        Assert.That(Value("leads.rows", "night", "accepted"), Is.EqualTo(Count("accepted")).And.Positive);
        Assert.That(Value("leads.contacts.scored", "night", "scored"), Is.EqualTo(Count("scored")).And.Positive);
        Assert.That(Value("leads.contacts.scored", "score", "scored"), Is.EqualTo(Count("scored")), "bucket by bucket");
        Assert.That(Value("leads.follow_ups", "night", "planned"), Is.EqualTo(Count("followUps")).And.Positive);
        Assert.That(points.Single(point => point.Metric is "leads.alarms.standing").Value, Is.Zero);
        Assert.That(
            points.Single(point => point.Metric is "leads.queue.age" && HasTag(point, "leads.job", "nobodys")).Value,
            Is.InRange(7200, 7200 + 300)
        );

        double Value(string metric, string job, string word) =>
            points
                .Single(point =>
                    Same(point.Metric, metric) && HasTag(point, "leads.job", job) && HasTag(point, "leads.state", word)
                )
                .Value;
        long Count(string name) => counts.RootElement.GetProperty(name).GetInt64();
    }

    [Test]
    public void Commands_load_nothing_of_it()
    {
        using var home = FinishedRun.Home.Twin();
        Assert.That(Leads.Here("status", "--home", home.Path).ExitCode, Is.Zero);
        Assert.That(Leads.Here("jobs", "--home", home.Path).ExitCode, Is.Zero);
        Assert.That(
            AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name),
            Has.None.StartsWith("OpenTelemetry")
        );
    }

    static bool HasTag(OtlpPoint point, string attribute, string value) =>
        Same(point.Attributes.GetValueOrDefault(attribute), value);

    static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
