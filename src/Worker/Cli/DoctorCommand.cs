using System.CommandLine;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads doctor</c>: what is wrong, and what to do.</summary>
static class DoctorCommand
{
    /// <summary>
    /// By default every byte is read: damage that leaves the size alone is what nobody else finds, and a lake of millions
    /// of traces is hashed in seconds, at more than a gigabyte a second.
    /// </summary>
    static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Compare sizes and row counts of the lake's files, not their checksums",
    };

    internal static Command Build() =>
        Invocation.Command(
            "doctor",
            "Look at every part of the home: what is wrong, what to do",
            invocation =>
            {
                var home = invocation.Home;
                var checks = Checkup.Run(home, invocation.Asked.GetValue(Quick), invocation.Cancellation);
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
            },
            Quick
        );
}
