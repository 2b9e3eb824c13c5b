using System.Diagnostics.Metrics;
using LeadScoring.Worker.Jobs;

namespace LeadScoring.Worker.Tests.Jobs;

[NonParallelizable]
public class JobMeasuresTests
{
    [Test]
    public void What_is_counted_by_cause_is_measured_together()
    {
        var measured = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, at) =>
        {
            if (instrument.Meter.Name.Equals(JobMeasures.Name, StringComparison.Ordinal))
                at.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, number, tags, _) =>
                measured.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}: {number}")
        );
        listener.Start();
        JobMeasures.Count(
            "a test",
            """{"municipality":2582,"sent":3,"waiting":{"quiet_hours":4},"lapsed":{"too_late":5,"caps":2},"left":"none"}"""
        );
        Assert.That(
            measured.Where(line => line.Contains("a test", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "leads.follow_ups a test sent: 3", "leads.follow_ups a test lapsed: 7" })
        );
    }
}
