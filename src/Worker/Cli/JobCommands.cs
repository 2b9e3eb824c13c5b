using System.CommandLine;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads serve</c>, the worker, and <c>leads jobs</c>: what it has to do, and what it has given up.</summary>
static class JobCommands
{
    static readonly Argument<long> Id = new("ID") { Description = "The number of a dead unit, see leads jobs" };

    static readonly Argument<string> Job = new("JOB") { Description = "night, retain or train" };

    static readonly Option<int> Last = new("--last")
    {
        Description = "How many of the latest runs to show",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    internal static Command Serve() =>
        Invocation.Command(
            "serve",
            "Work until stopped: the nightly run and all other jobs, at their times",
            invocation =>
            {
                ServeHost
                    .RunAsync(invocation.Home, invocation.Screen.Lines, TimeProvider.System, invocation.Cancellation)
                    .GetAwaiter()
                    .GetResult();
                return ExitCode.Done;
            }
        );

    internal static Command Jobs()
    {
        var jobs = List();
        jobs.Subcommands.Add(Start());
        jobs.Subcommands.Add(Restart());
        return jobs;
    }

    static Command List() =>
        Invocation.Command(
            "jobs",
            "What waits, runs, has failed or is done",
            invocation =>
            {
                using var store = LeadStore.Open(invocation.Home.Path);
                CloseGone(store);
                var latest = store.Runs(invocation.Asked.GetValue(Last));
                var older = new JobUnits(store).Unfinished().Where(u => latest.All(run => run.Id != u.Id));
                StoreRun[] runs = [.. latest, .. older.OrderByDescending(run => run.Id)];
                invocation.Answer(
                    new { Home = invocation.Home.Path, Runs = runs },
                    output =>
                    {
                        foreach (var run in runs)
                            Tell(run, output);
                    }
                );
                return ExitCode.Done;
            },
            Last
        );

    static Command Start() =>
        Invocation.Command(
            "start",
            "Queue a job's unit of a day now; a running leads serve does it",
            invocation =>
            {
                var home = invocation.Home;
                var job = invocation.Asked.GetRequiredValue(Job);
                if (!JobBodies.Askable.Contains(job, StringComparer.Ordinal))
                    throw WorkerException.Of(
                        "JOB",
                        $"found '{job}'",
                        string.Join(", ", JobBodies.Askable),
                        "name one of them"
                    );
                var asked = invocation.Asked.GetValue(RunCommands.AsOfOption);
                var unit = new JobUnit(job, AsOf.Of(asked, HomeSettings.Load(home.Path), TimeProvider.System).Day);
                var attempts = JobSettings.Load(home.Path).Attempts;
                using var store = LeadStore.Open(home.Path);
                var isNew = new JobUnits(store).Put(unit, Now(), "command line", attempts, Now());
                if (!isNew)
                    throw WorkerException.Of(
                        $"{unit.Job} of {StoreText.Day(unit.Day)}",
                        "the unit is in the runs table already",
                        "a unit that nobody has queued",
                        "see leads jobs; a dead one is tried anew with leads jobs restart, a night is repeated with leads run"
                    );
                invocation.Answer(
                    new
                    {
                        unit.Job,
                        unit.Day,
                        State = RunState.Queued,
                    },
                    output => output.WriteLine($"{unit.Job} of {StoreText.Day(unit.Day)} is queued.")
                );
                return ExitCode.Done;
            },
            Job,
            RunCommands.AsOfOption
        );

    static Command Restart() =>
        Invocation.Command(
            "restart",
            "Try a unit anew that was given up",
            invocation =>
            {
                var id = invocation.Asked.GetValue(Id);
                using var store = LeadStore.Open(invocation.Home.Path);
                if (!new JobUnits(store).Restart(id, Now()))
                    throw WorkerException.Of(
                        Words.Text($"unit {id}"),
                        "it is not dead, or unknown",
                        "a unit that leads jobs shows as dead",
                        "look at leads jobs"
                    );
                invocation.Answer(
                    new { Id = id, State = RunState.Queued },
                    output => output.WriteLine(Words.Text($"Unit {id} is queued again."))
                );
                return ExitCode.Done;
            },
            Id
        );

    static void CloseGone(LeadStore store)
    {
        try
        {
            HandRun.CloseGone(store, Now());
        }
        catch (WorkerException)
        {
            // A store without room for a word still has a table to show.
        }
    }

    static void Tell(StoreRun run, TextWriter output)
    {
        output.WriteLine(
            Words.Text(
                $"{run.Id, 5} {run.Job, -8} {run.AsOf:yyyy-MM-dd} {run.Part, -4} {StoreText.Word(run.State), -8} attempt {run.Attempts}/{run.MaxAttempts}  {When(run)}  by {run.StartedBy}"
            )
        );
        if (run.Doing is not null)
            output.WriteLine($"      {Far(run)}");
        if (run.Error is not null)
            output.WriteLine($"      {run.Error}");
        if (run.State is RunState.Dead)
            output.WriteLine(Words.Text($"      when it is mended: leads jobs restart {run.Id}"));
    }

    /// <summary><c>score 42 %: bucket 7 of 16</c>.</summary>
    static string Far(StoreRun run) =>
        run.Share is { } share ? Words.Text($"{run.Step} {share * 100:0} %: {run.Doing}") : $"{run.Step}: {run.Doing}";

    static string When(StoreRun run) =>
        run.State switch
        {
            RunState.Queued => Words.Text($"due {run.DueAt:yyyy-MM-dd HH:mm}Z"),
            RunState.Running => Words.Text($"since {run.StartedAt:yyyy-MM-dd HH:mm}Z, at {run.Step}, {run.Worker}"),
            RunState.Failed when run.DueAt is not null => Words.Text($"again {run.DueAt:yyyy-MM-dd HH:mm}Z"),
            _ => Words.Text($"ended {run.EndedAt:yyyy-MM-dd HH:mm}Z"),
        };

    static DateTime Now() => TimeProvider.System.GetUtcNow().UtcDateTime;
}
