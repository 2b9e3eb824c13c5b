using System.CommandLine;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads retain</c>: drops traces that are older than the home keeps them.</summary>
static class RetainCommand
{
    internal static Command Build() =>
        Invocation.Command(
            "retain",
            "Drop traces that are older than retentionMonths in leads.json",
            invocation =>
            {
                var home = invocation.Home;
                var settings = HomeSettings.Load(home.Path);
                var time = TimeProvider.System;
                var asOf = AsOf.Of(invocation.Asked.GetValue(RunCommands.AsOfOption), settings, time);
                var wait = invocation.Asked.GetValue(Waits.Option);
                var retention = invocation.Screen.Step(
                    "retain",
                    progress => KeepTraces.Run(home, settings, asOf.Day, time, wait, progress, invocation.Cancellation),
                    Words.Of
                );
                invocation.Answer(
                    new
                    {
                        Home = home.Path,
                        retention.From,
                        retention.Traces,
                        retention.Visitors,
                    },
                    _ => { }
                );
                return ExitCode.Done;
            },
            RunCommands.AsOfOption,
            Waits.Option
        );
}
