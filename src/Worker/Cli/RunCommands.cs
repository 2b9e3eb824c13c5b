using System.CommandLine;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads run</c> and <c>leads demo</c>: the whole way.</summary>
static class RunCommands
{
    internal static Option<DateOnly?> AsOfOption { get; } =
        new("--as-of")
        {
            Description = "The day to run as of, yyyy-mm-dd (default: today)",
            HelpName = "DAY",
            CustomParser = result => Days.Parse(result),
        };

    static readonly Option<string?> Keep = new("--out")
    {
        Description = "Folder for the demo's home, as --home (default: a new temporary one)",
        HelpName = "DIR",
    };

    internal static Command Run() =>
        Invocation.Command(
            "run",
            "Ingest, score, move, export: the nightly run, once, now",
            invocation =>
            {
                var home = invocation.Home;
                var run = new NightlyRun(home, invocation.Screen, TimeProvider.System, invocation.Cancellation)
                {
                    Wait = invocation.Asked.GetValue(Waits.Option),
                };
                var summary = run.Run(invocation.Asked.GetValue(AsOfOption));
                invocation.Answer(summary, output => Tell(summary, output));
                return run.ExitCode;
            },
            AsOfOption,
            Waits.Option
        );

    internal static Command Demo() =>
        Invocation.Command(
            "demo",
            "The whole way on the synthetic sample, in a home of its own",
            invocation =>
            {
                var home = DemoHome.Make(
                    invocation.Asked.GetValue(Keep) ?? invocation.Asked.GetValue(Invocation.HomeOption)
                );
                invocation.Screen.Lines.WriteLine($"A synthetic home of 2,000 made-up contacts in {home.Path}");
                var run = new NightlyRun(home, invocation.Screen, TimeProvider.System, invocation.Cancellation);
                var summary = run.Run(day: null, afterEverything: true);
                invocation.Answer(
                    summary,
                    output =>
                    {
                        Tell(summary, output);
                        output.WriteLine(
                            Words.Text(
                                $"Messages into outbox/: leads dispatch --home {home.Path} --as-of {FirstOpenDay(home, summary.AsOf):yyyy-MM-dd}"
                            )
                        );
                    }
                );
                return run.ExitCode;
            },
            Keep
        );

    /// <summary>The sample's days are past, and late messages lapse; this is the first day on which they may go.</summary>
    static DateOnly FirstOpenDay(Home home, DateOnly day)
    {
        var holidays = ReadPolicies.Run(home).Default.Sending.Holidays;
        while (holidays.AreOn(day))
            day = day.AddDays(1);
        return day;
    }

    static void Tell(RunSummary summary, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Words.Text($"As of {summary.AsOf:yyyy-MM-dd}: {summary.Model.Verdict}"));
        output.WriteLine("This week's lists:");
        foreach (var list in summary.Lists)
            output.WriteLine(Words.Text($"  {list.Municipality, -12} {list.Leads, 3} leads  {list.Path}"));
        output.WriteLine($"Report: {summary.Report}");
        foreach (var warning in summary.Warnings)
            output.WriteLine($"Look at: {warning}");
    }
}
