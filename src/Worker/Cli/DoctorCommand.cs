using System.CommandLine;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads doctor</c>: what is wrong, and what to do.</summary>
static class DoctorCommand
{
    internal static Command Build() =>
        Invocation.Command(
            "doctor",
            "Look at every part of the home: what is wrong, what to do",
            invocation =>
            {
                var home = invocation.Home;
                var checks = Checkup.Run(home, invocation.Cancellation);
                var sound = checks.All(check => check.Sound);
                invocation.Answer(
                    new
                    {
                        Home = home.Path,
                        Sound = sound,
                        Checks = checks,
                    },
                    output =>
                    {
                        foreach (var check in checks)
                            output.WriteLine($"{(check.Sound ? "ok   " : "WRONG")} {check.Part, -10} {check.Words}");
                    }
                );
                return sound ? ExitCode.Done : ExitCode.Failed;
            }
        );
}
