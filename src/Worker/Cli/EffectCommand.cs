using System.CommandLine;
using System.Text;
using LeadScoring.Funnel.Learning;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Reports;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads effect</c>: what the dialogue brought about, against those held out of it.</summary>
static class EffectCommand
{
    static readonly Argument<string?> File = new("FILE")
    {
        Description =
            "CSV of the trial: contact, municipality, stage, group (held_out, contacted), entered_on; where there are such "
            + "columns, moved_on and score; without it the home's own trial, of all for whom a place was at stake",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static readonly Option<int?> Horizon = new("--horizon")
    {
        Description = "Days after entering within which a move counts (default: label.horizonDays of leads.json)",
        HelpName = "DAYS",
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int?>() < 1)
                    result.AddError("--horizon is below 1, expected the days within which a move counts.");
            },
        },
    };

    static readonly Option<string?> Out = new("--out")
    {
        Description = "Also write the report as a page, with intervals by municipality and stage and the Qini curve",
        HelpName = "FILE",
    };

    internal static Command Build() =>
        Invocation.Command(
            "effect",
            "What the dialogue brought about: movers among the contacted and the held out, with intervals",
            invocation =>
            {
                var home = invocation.Home;
                var settings = HomeSettings.Load(home.Path);
                var asOf = AsOf.Of(invocation.Asked.GetValue(RunCommands.AsOfOption), settings, TimeProvider.System);
                var report = MeasureTrial.Run(
                    home,
                    invocation.Asked.GetValue(File),
                    invocation.Asked.GetValue(Horizon),
                    asOf,
                    invocation.Cancellation
                );
                var page = invocation.Asked.GetValue(Out) is { } asked ? Write(asked, report) : null;
                invocation.Answer(
                    new
                    {
                        Home = home.Path,
                        report.AsOf,
                        report.HorizonDays,
                        report.StillOpen,
                        report.MovedBefore,
                        report.WithoutCounterpart,
                        report.All,
                        report.Municipalities,
                        report.Stages,
                        report.Ranking,
                        Report = page,
                    },
                    output =>
                    {
                        EffectText.Tell(report, output);
                        if (page is not null)
                            output.WriteLine($"\nReport: {page}");
                    }
                );
                return ExitCode.Done;
            },
            File,
            Horizon,
            Out,
            RunCommands.AsOfOption
        );

    static string Write(string asked, EffectReport report)
    {
        var path = Path.GetFullPath(asked);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(EffectPage.Html(report)));
        return path;
    }
}
