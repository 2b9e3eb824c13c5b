using System.Text.Json;
using LeadScoring.EndToEnd.Tests.Mail;
using LeadScoring.Funnel;
using LeadScoring.Synthetic;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail.Sending;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>Nights and dispatches of two workers on one PostgreSQL that are killed at any instant, against one undisturbed process.</summary>
/// <remarks>
/// The nights are of past days, so that what they plan is due when it is dispatched. A message that was sent changes no
/// stage and no later plan; so all that the funnel decides is compared, and of follow-ups all but what became of them.
/// </remarks>
[TestFixture("quartz")]
#if WITH_HANGFIRE
[TestFixture("hangfire", Category = "Hangfire")]
#endif
public sealed class FiftyThousandTests(string engine)
{
    /// <summary>Of the world and of the instants of the kills; another one with <c>-- TestRunParameters.Parameter(name="seed",value="7")</c>.</summary>
    static readonly int Seed = TestContext.Parameters.Get("seed", 20261128);

    [Test, Category("Endurance"), CancelAfter(300_000)]
    public Task Two_thousand_contacts_and_four_kills(CancellationToken cancellation) =>
        NightsAsync(new(2_000, 4, (ulong)Seed, default), nights: 2, kills: 4, within: 2_500, cancellation);

    [Test, Category("Endurance"), CancelAfter(840_000)]
    public Task Fifty_thousand_contacts_and_twenty_kills(CancellationToken cancellation) =>
        NightsAsync(new(50_000, 4, (ulong)Seed, default), nights: 4, kills: 20, within: 7_000, cancellation);

    async Task NightsAsync(SyntheticOptions world, int nights, int kills, int within, CancellationToken cancellation)
    {
        // Before the days that are settled; what is planned for two weeks later is not due yet.
        var first = StockholmTime.Day(DueHome.Now).AddDays(-8 - nights);
        DateOnly[] days = [.. Enumerable.Range(0, nights).Select(first.AddDays)];
        using var alone = WorldHome.Make(world with { End = first });
        using var shared = alone.Twin();
        foreach (var day in days)
            Leads.Done("run", "--home", alone.Path, "--as-of", StoreText.Day(day));

        var files = Directory.CreateDirectory(Path.Combine(alone.Path, "sink"));
        await using var sink = new SmtpSink(files.FullName, isPipelining: false);
        ServeHome.Configure(shared, PostgresServer.NewSchema(), attempts: 30, engine: engine);
        ServeHome.SettleToday(shared);
        DueHome.SendTo(shared, sink);
        using var pair = new KilledPair(shared.Path, Seed);
        await pair.UpAsync(cancellation);
        for (var round = 0; round <= nights; round++)
        {
            // A dispatch of what earlier nights planned goes on beside the night; the last round has no night.
            if (round < nights)
                Put(shared, new(NightJob.JobName, days[round]));
            Dispatch(shared, round);
            pair.Kill(times: 1, within);
            if (round is 0 or 2)
                PostgresServer.Crash();
            pair.Kill(times: KillsIn(round, nights, kills) - 1, within);
            if (round < nights)
                await OverAsync(shared, pair, run => run.Job is NightJob.JobName, cancellation);
        }
        for (var beat = nights + 1; beat == nights + 1 || HasDue(shared); beat++)
        {
            Dispatch(shared, beat);
            await OverAsync(shared, pair, run => run.Job is DispatchJob.JobName, cancellation);
            Assert.That(beat, Is.LessThan(100), $"something stays due, seed {Seed}\n{pair.Said}");
        }

        Assert.That(pair.Kills, Is.EqualTo(kills));
        Assert.That(Decided(shared), Is.EqualTo(Decided(alone)), $"seed {Seed}");
        AssertScoredOnce(shared, alone, days);
        var (sent, uncertain, lost) = SentOnce.Check(shared, sink);
        var planned = DueHome.Ask(shared, "select count(*) from follow_ups");
        var lapsed = DueHome.Ask(shared, "select count(*) from follow_ups where state = 'lapsed'");
        TestContext.Out.WriteLine(
            $"seed {Seed}: {planned} planned, {sent} sent, {uncertain} uncertain ({lost} lost), {lapsed} lapsed, {pair.Kills} kills"
        );
        Assert.That((sent, lapsed), Is.GreaterThan((0, 0L)), "there was something to send and something to drop");
        Assert.That(uncertain, Is.LessThanOrEqualTo(kills + 2), $"at most one message a kill or crash, seed {Seed}");
    }

    /// <summary>Every round has two at least, one before and one after a crash; the last has the rest.</summary>
    static int KillsIn(int round, int nights, int kills) =>
        kills / (nights + 1) + (round == nights ? kills % (nights + 1) : 0);

    static void Put(SampleHome home, JobUnit unit)
    {
        using var store = LeadStore.Open(home.Path);
        new JobUnits(store).Put(unit, DueHome.Now, "test", maxAttempts: 30, DueHome.Now);
    }

    /// <summary>Units as a beat has them, one for each municipality that has something due.</summary>
    static void Dispatch(SampleHome home, int beat)
    {
        using var store = LeadStore.Open(home.Path);
        foreach (var piece in DispatchJob.Pieces(store, DueHome.Now))
            new JobUnits(store).Put(
                new(DispatchJob.JobName, new DateOnly(2026, 1, 1), $"00:{beat:00}Z {piece}"),
                DueHome.Now,
                "test",
                maxAttempts: 30,
                DueHome.Now
            );
    }

    static bool HasDue(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        return DispatchJob.Pieces(store, DueHome.Now).Count > 0;
    }

    static async Task OverAsync(
        SampleHome home,
        KilledPair pair,
        Func<StoreRun, bool> which,
        CancellationToken cancellation
    ) =>
        await ServeHome.UntilAsync(
            () =>
            {
                pair.Revive();
                using var store = LeadStore.Open(home.Path);
                var left = new JobUnits(store).Unfinished().Where(which).ToList();
                Assert.That(left.Select(run => run.State), Has.None.EqualTo(RunState.Dead), $"{Seed}\n{pair.Said}");
                return left.Count == 0 ? home : null;
            },
            () => $"seed {Seed}\n{pair.Said}",
            cancellation
        );

    /// <summary>What the funnel decided: without sendings, and of follow-ups without state, look_at and why.</summary>
    static List<string> Decided(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        return
        [
            .. store
                .Dump()
                .Split('\n')
                .Where(line => !line.StartsWith("sendings ", StringComparison.Ordinal))
                .Select(line =>
                    line.StartsWith("follow_ups ", StringComparison.Ordinal)
                        ? string.Join('\t', Cells(line["follow_ups ".Length..])[..7])
                        : line
                ),
        ];
    }

    static string[] Cells(string json) =>
        [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(cell => $"{cell}")];

    static void AssertScoredOnce(SampleHome shared, SampleHome alone, DateOnly[] days)
    {
        using var store = LeadStore.Open(shared.Path);
        using var expected = LeadStore.Open(alone.Path);
        foreach (var day in days)
        {
            var units = store.Runs(1000).Where(run => run.AsOf == day).ToList();
            var buckets = units.Where(unit => unit.Job is ScoreJob.JobName).OrderBy(unit => unit.Part).ToList();
            Assert.That(units.Count(unit => unit.Job is NightJob.JobName), Is.EqualTo(1));
            Assert.That(units.Select(unit => unit.State), Is.All.AnyOf(RunState.Done, RunState.Warned));
            Assert.That(
                buckets.Select(unit => unit.Part),
                Is.EqualTo(Enumerable.Range(0, 16).Select(bucket => $"{bucket:00}"))
            );
            Assert.That(
                buckets.Sum(Scored),
                Is.EqualTo(Scored(expected.Runs(1000).Single(run => run.AsOf == day && run.Job is "run"))),
                "each contact is scored in one bucket"
            );
        }
    }

    static long Scored(StoreRun run) => JsonDocument.Parse(run.Counts).RootElement.GetProperty("scored").GetInt64();
}
