using System.CommandLine;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads status</c>: what is where, and how fresh it is.</summary>
static class StatusCommand
{
    internal static Command Build() =>
        Invocation.Command(
            "status",
            "What is where, and how fresh: lake, model, scores, funnel, runs",
            invocation =>
            {
                var asked = invocation.Asked.GetValue(RunCommands.AsOfOption);
                var status = Status.Read(invocation.Home, asked, TimeProvider.System, invocation.Cancellation);
                invocation.Answer(status, output => Tell(status, output));
                return ExitCode.Done;
            },
            RunCommands.AsOfOption
        );

    static void Tell(Status status, TextWriter output)
    {
        output.WriteLine($"home      {status.Home}");
        output.WriteLine(
            Words.Text(
                $"lake      generation {status.Generation}, {status.Batches} files, {status.Rows.Accepted:N0} rows, latest fact {Instant(status.LatestFact)}"
            )
        );
        foreach (var source in status.Sources)
            output.WriteLine(
                Words.Text(
                    $"  {source.Source, -20} {source.Files, 4} files {source.Accepted, 12:N0} rows  {Freshness(source)}"
                )
            );
        output.WriteLine($"model     {status.Champion ?? "none yet: leads train"} (of {status.Models})");
        output.WriteLine(
            Words.Text(
                $"scores    {(status.ScoredAsOf is { } day ? Words.Text($"as of {day:yyyy-MM-dd}, {status.ScoreAgeDays} days ago") : "none yet: leads run")}"
            )
        );
        output.WriteLine(
            Words.Text(
                $"funnel    {status.Positions:N0} contacts: {string.Join(", ", status.Stages.Select(stage => $"{stage.Value} {stage.Key}"))}; {status.FollowUpsPlanned:N0} follow-ups planned"
            )
        );
        foreach (var run in status.Runs)
            output.WriteLine(
                Words.Text(
                    $"run       {run.StartedAt ?? run.QueuedAt:yyyy-MM-dd HH:mm}Z {run.Job} as of {run.AsOf:yyyy-MM-dd}: {run.State}"
                )
            );
        foreach (var warning in status.Warnings)
            output.WriteLine($"Look at: {warning}");
    }

    static string Freshness(SourceStatus source) =>
        source.Last is null
            ? Words.Text($"last file {source.LastFile}")
            : Words.Text(
                $"last {Instant(source.Last)}, {source.QuietDays} days quiet, usually {source.Usually ?? "too little history to say"}, last file {source.LastFile}"
            );

    static string Instant(DateTime? at) => at is { } known ? Words.Text($"{known:yyyy-MM-dd HH:mm}Z") : "none";
}
