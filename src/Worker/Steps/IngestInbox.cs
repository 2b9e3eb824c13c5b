using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Steps;

/// <summary>Brings what is new in the inbox into the lake, and says what there is to look at.</summary>
public static class IngestInbox
{
    /// <exception cref="WorkerException">The folder is no home: it has neither an inbox nor a lake.</exception>
    /// <param name="wait">How long to wait for another ingest that writes the lake.</param>
    /// <param name="rebuild">Whether a lake that has lost its manifest is made anew.</param>
    public static IngestReport Run(
        Home home,
        HomeSettings settings,
        Screen screen,
        TimeSpan wait,
        bool rebuild,
        CancellationToken cancellation
    )
    {
        RefuseNoHome(home);
        return screen.Step(
            "ingest",
            progress =>
                Ingest.Run(
                    home.Path,
                    new IngestOptions(settings.Buckets)
                    {
                        Wait = wait,
                        Rebuild = rebuild,
                        Addresses = KeepAddresses.Of(home),
                    },
                    new Progress(progress, new Pace(TimeProvider.System)),
                    cancellation
                ),
            Words.Of
        );
    }

    /// <exception cref="WorkerException">The folder is no home: it has neither an inbox nor a lake.</exception>
    public static void RefuseNoHome(Home home)
    {
        if (!Directory.Exists(home.Inbox) && !Directory.Exists(home.Lake))
            throw new WorkerException(
                $"{home.Path} is no home: it has no inbox/ folder. Make inbox/<source>/ and put exports there, or name "
                    + "another home with --home."
            );
    }

    /// <summary>Refused files, rejects above the home's share, and what the ingest itself warned of.</summary>
    public static IReadOnlyList<string> Warnings(IngestReport report, HomeSettings settings) =>
        [
            .. report.Warnings,
            .. report.Files.SelectMany(file => file.Warnings.Select(warning => $"{file.Path}: {warning}")),
            .. report.Refused.Select(file => $"{file.Path} was refused: {file.Refusal}"),
            .. TooManyRejects(report, settings)
                ?
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Rejected:N0} of {report.Read:N0} rows were rejected, more than the {settings.RejectShare:P1} that leads.json allows; see lake/rejects."
                    ),
                ]
                : Array.Empty<string>(),
        ];

    /// <summary>Done, or done with refused files or more rejects than the home allows.</summary>
    public static int ExitCodeOf(IngestReport report, HomeSettings settings) =>
        report.Refused.Any() || TooManyRejects(report, settings) ? ExitCode.DoneWithRejects : ExitCode.Done;

    static bool TooManyRejects(IngestReport report, HomeSettings settings) =>
        report.Rejected > settings.RejectShare * report.Read;

    internal sealed class Progress(IProgress<StepProgress> progress, Pace pace) : IProgress<IngestProgress>
    {
        readonly Lock _gate = new();

        public void Report(IngestProgress value)
        {
            // Buckets are written by several threads.
            lock (_gate)
                progress.Report(
                    new(value.Total == 0 ? null : (double)value.Done / value.Total, $"{value.Step}{pace.Of(value)}")
                );
        }
    }
}
