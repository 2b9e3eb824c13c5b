using System.Globalization;
using System.Text.Json;
using LeadScoring.Benchmarks.Traces;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Benchmarks.FollowUps;

/// <summary>Follow-up runs over a made-up lake: the first night, when everybody is new, and two usual ones.</summary>
/// <remarks>
/// Each night is a process of its own that does what <c>leads funnel</c> does: read scores and facts, move, give out
/// places, plan follow-ups, commit. The server's CPU is told beside the process's own. The lake holds two years of
/// traces; each night sees those of one more day.
/// </remarks>
static class FollowUpsBenchmark
{
    const double BaseRate = 0.01;

    static readonly DateOnly Last = new(2026, 6, 3);

    static readonly (string Name, DateOnly Day)[] _nights =
    [
        ("first", Last.AddDays(-2)),
        ("usual", Last.AddDays(-1)),
        ("usual again", Last),
    ];

    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        if (arguments.Text("--part") is { } part)
            return Night(
                _nights.Single(night => string.Equals(night.Name, part, StringComparison.Ordinal)).Day,
                arguments.Text("--home")!
            );
        var (traces, contacts) = (arguments.Number("--traces", 10_000_000), arguments.Number("--contacts", 2_000_000));
        var isServer = arguments.Text("--store") is not "sqlite";
        var home = arguments.Text("--home") ?? Directory.CreateTempSubdirectory("leads-followups-").FullName;
        try
        {
            Make(home, traces, contacts);
            var nights = _nights[..arguments.Number("--nights", _nights.Length)];
            Console.WriteLine(JsonSerializer.Serialize(Measure(home, traces, contacts, isServer, nights), Part.Json));
            return 0;
        }
        finally
        {
            if (arguments.Text("--home") is null)
                Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>What is there already is used again; the store is always new.</summary>
    static void Make(string home, int traces, int contacts)
    {
        if (!Directory.Exists(Path.Combine(home, "lake")))
            TraceLake.Write(home, traces, contacts, nights: 0, Instant(Last), "SharingConsents");
        foreach (var (_, day) in _nights.Where(night => !Directory.Exists(ScoreFile.Folder(home, night.Day))))
            MadeUpScores.Write(home, day, contacts);
        foreach (var file in Directory.GetFiles(home, "leads.db*").Append(Path.Combine(home, "serve.json")))
            File.Delete(file);
    }

    static object Measure(string home, int traces, int contacts, bool isServer, (string Name, DateOnly Day)[] nights)
    {
        var server = 0;
        if (isServer)
        {
            var schema = PostgresServer.NewSchema();
            File.WriteAllText(
                Path.Combine(home, "serve.json"),
                JsonSerializer.Serialize(new { ConnectionStrings = new { Leads = schema } })
            );
            server = ServerClock.Root(schema);
        }
        return new
        {
            Traces = traces,
            Contacts = contacts,
            Store = isServer ? "postgres" : "sqlite",
            Nights = nights.Select(night =>
            {
                var before = isServer ? ServerClock.Cpu(server) : 0;
                var own = Part.Run("followups", night.Name, home);
                var servers = isServer ? ServerClock.Cpu(server) - before : 0;
                return new
                {
                    Night = night.Name,
                    Own = own,
                    ServerCpu = Math.Round(servers, 2),
                };
            }),
        };
    }

    static int Night(DateOnly day, string home)
    {
        var steps = new Steps();
        var begin = Meter.Now;
        steps.Begin("scores");
        var contacts = new ContactNumbers();
        var scores = ScoreFile.ReadBare(home, day, contacts);
        steps.Begin("facts");
        using var store = LeadStore.Open(home);
        var mark = store.Watermark();
        var lake = Lake.Open(home);
        var facts = NightFacts.Read(
            lake,
            HomeSettings.Load(home),
            MachineRules.BuiltIn.Clicks,
            Instant(day),
            mark is null ? null : (mark.Generation, Instant(mark.AsOf)),
            contacts,
            CancellationToken.None
        );
        steps.Begin("positions");
        var policies = PolicySet.BuiltIn;
        var night = new FunnelNight(store, facts, scores, BaseRate, policies, seed: 7, day, IsoWeek.Of(day).ToString());
        steps.Begin("stages");
        night.Advance();
        steps.Begin("places");
        night.GivePlaces();
        steps.Begin("commit");
        var rows = store.CommitFunnel(night.Commit(new(day, lake.Generation, scores.ModelId, policies.Hash)));
        steps.Begin(string.Create(CultureInfo.InvariantCulture, $"{rows}"));
        steps.Print(begin);
        return 0;
    }

    static DateTime Instant(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
}
