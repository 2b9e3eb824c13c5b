using LeadScoring.EndToEnd.Tests.Mail;
using LeadScoring.Worker;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>The job that looks between nights, on the sample after its night of 1 May; it is noon.</summary>
public sealed class AheadJobTests
{
    static readonly DateTime Noon = new(2026, 5, 1, 10, 0, 0, DateTimeKind.Utc);

    readonly SampleHome _home = FinishedRun.Home.Twin();
    readonly WakeSignal _signal = new();

    Home Home => new(_home.Path);

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void A_beat_has_a_unit_when_something_is_new_waits_for_others_and_queues_the_dispatch_of_what_it_plans()
    {
        Assert.That(Pieces(), Is.EqualTo(new[] { "" }), "nobody has looked since the night");
        Assert.That(Run("10:00Z"), Is.EqualTo(AheadOutcome.Nothing));
        Assert.That(Pieces(), Is.Empty);

        string[] willing = [.. DueHome.Willing(_home, 5).Select(contact => contact.Value)];
        File.WriteAllText(
            Path.Combine(_home.Path, "inbox", "relocation_answers", "today.ndjson"),
            string.Concat(
                willing.Select(id =>
                    $$"""{"answer_id":"today-{{id}}","contact_id":"{{id}}","answered_at":"2026-05-01T09:00:00Z","question":"q","answer":"yes","channel":"web"}"""
                    + "\n"
                )
            )
        );
        Assert.That(Pieces(), Is.EqualTo(new[] { "" }));
        using (NightTurn.TryTake(Home)!)
            Assert.That(Run("10:05Z").WaitsFor, Is.EqualTo("night"));
        var lockFile = Path.Combine(_home.Path, "lake", ".lock");
        using (new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            Assert.That(Run("10:10Z").WaitsFor, Is.EqualTo("lake"));
        Assert.That(Pieces(), Is.EqualTo(new[] { "" }), "the next beat looks again");

        var looked = Run("10:15Z");
        Assert.That((looked.WaitsFor, looked.Heard), Is.EqualTo(((string?)null, 5)));
        Assert.That(looked.FollowUps, Is.GreaterThan(0));
        using var store = LeadStore.Open(_home.Path);
        var queued = new JobUnits(store).Unfinished();
        Assert.That(queued.Select(unit => unit.Job), Is.Not.Empty.And.All.EqualTo("dispatch"));
        Assert.That(queued.Select(unit => unit.Part), Is.Unique);
        Assert.That(queued.Select(unit => unit.Part), Is.All.StartsWith("10:15Z 2"));
        Assert.That(queued.Select(unit => unit.StartedBy), Is.All.EqualTo("ahead"));
        Assert.That(Pieces(), Is.Empty);
    }

    AheadOutcome Run(string beat) =>
        (AheadOutcome)
            new AheadJob(Home, new JobSettings(), _signal, new At(Noon))
                .Run(
                    new(AheadJob.JobName, new DateOnly(2026, 5, 1), beat),
                    new Screen(TextWriter.Null, TextWriter.Null, json: true),
                    CancellationToken.None
                )
                .Counts;

    IReadOnlyList<string> Pieces()
    {
        using var store = LeadStore.Open(_home.Path);
        return AheadJob.Pieces(Home, store, Noon);
    }

    /// <summary>A clock that stands.</summary>
    sealed class At(DateTime instant) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(instant);
    }
}
