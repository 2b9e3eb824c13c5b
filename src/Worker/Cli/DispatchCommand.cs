using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LeadScoring.Funnel;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads dispatch</c>: what <c>leads serve</c> does every few minutes, once, now.</summary>
static class DispatchCommand
{
    static readonly Option<string?> Municipalities = new("--municipality")
    {
        Description = "Only this one, by code or name (default: all that have something due)",
        HelpName = "M",
    };

    static readonly Option<DateTime?> At = new("--as-of")
    {
        Description = "The local time to send as of, yyyy-mm-dd (its noon) or yyyy-mm-ddThh:mm (default: now)",
        HelpName = "AT",
        CustomParser = Parse,
    };

    internal static Command Build() =>
        Invocation.Command(
            DispatchJob.JobName,
            "Send the follow-ups that are due, once, now; without a mail server they are written to outbox/",
            Run,
            Municipalities,
            At
        );

    static int Run(Invocation invocation)
    {
        var home = invocation.Home;
        TimeProvider time = invocation.Asked.GetValue(At) is { } asked ? new Standing(asked) : TimeProvider.System;
        int? only = invocation.Asked.GetValue(Municipalities) is { } named
            ? ExportCommand.Code(named, Municipalities.Name)
            : null;
        using var store = LeadStore.Open(home.Path);
        var ahead = LookAhead(invocation, time);
        var returned = invocation.Screen.Step(
            "bounces",
            _ => ReadReturned.Run(home, time, invocation.Cancellation),
            Words.Of
        );
        var run = new HandRun(home, DispatchJob.JobName, StockholmTime.Day(Now(time)), TimeProvider.System);
        try
        {
            var figures = Dispatch(invocation, store, time, only);
            var hasTrouble = ahead.Fault is not null || figures.Any(municipality => municipality.HasTrouble);
            var state = hasTrouble ? RunState.Warned : RunState.Done;
            run.Done(state, figures);
            invocation.Answer(
                new
                {
                    Home = home.Path,
                    At = Now(time),
                    Ahead = ahead.Outcome,
                    AheadFault = ahead.Fault,
                    Returned = returned,
                    Municipalities = figures,
                },
                output => Tell(figures, ahead.Fault, output)
            );
            return hasTrouble ? ExitCode.DoneWithRejects : ExitCode.Done;
        }
        catch (Exception problem)
        {
            run.Failed(problem);
            throw;
        }
    }

    static List<DispatchFigures> Dispatch(Invocation invocation, LeadStore store, TimeProvider time, int? only)
    {
        var home = invocation.Home;
        var dispatch = new DispatchFollowUps(home, time, JobSettings.Load(home.Path).AnswerTime);
        return
        [
            .. new Sendings(store)
                .MunicipalitiesDue(Now(time))
                .Where(code => only is null || code == only)
                .Select(code =>
                    invocation.Screen.Step(
                        DispatchJob.JobName,
                        _ => dispatch.Run(code, invocation.Cancellation),
                        Words.Of
                    )
                ),
        ];
    }

    /// <summary>Who has said something since the night comes first; that this cannot be told keeps nothing else from going out.</summary>
    static (AheadOutcome? Outcome, string? Fault) LookAhead(Invocation invocation, TimeProvider time)
    {
        var run = new HandRun(invocation.Home, AheadJob.JobName, StockholmTime.Day(Now(time)), TimeProvider.System);
        try
        {
            var outcome = AdvanceAhead.Run(invocation.Home, invocation.Screen, time, invocation.Cancellation);
            run.Done(RunState.Done, outcome);
            return (outcome, null);
        }
        catch (Exception problem) when (JobFault.IsTold(problem))
        {
            run.Failed(problem);
            return (null, JobFault.Words(problem));
        }
    }

    static void Tell(List<DispatchFigures> figures, string? fault, TextWriter output)
    {
        if (fault is not null)
            output.WriteLine($"Look at: {fault}");
        if (figures.Count == 0)
            output.WriteLine("Nothing is due.");
        else
            output.WriteLine(
                Words.Text(
                    $"{figures.Sum(f => f.Sent):N0} sent, {figures.Sum(f => f.Waiting.Values.Sum()):N0} waiting, {figures.Sum(f => f.Lapsed.Values.Sum()):N0} lapsed"
                )
            );
    }

    static DateTime? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var local =
            DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day.AddHours(12)
            : DateTime.TryParseExact(
                text,
                "yyyy-MM-dd'T'HH:mm",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var minute
            )
                ? minute
            : (DateTime?)null;
        if (local is { } at)
            return StockholmTime.Instants(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at))[0];
        result.AddError($"'{text}' is no time; expected yyyy-mm-dd or yyyy-mm-ddThh:mm, for example 2026-05-01T09:30.");
        return null;
    }

    static DateTime Now(TimeProvider time) => time.GetUtcNow().UtcDateTime;

    /// <summary>A clock that shows the time asked for; waiting takes as long as it does.</summary>
    sealed class Standing(DateTime at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));
    }
}
