using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Steps;

/// <summary>Erases whom the files in the home's <c>erasures/</c> name, and removes the files, which name them as well.</summary>
/// <remarks>
/// One id a line. A file whose last line has no end is not taken: it may still be on its way, and a cut id may be somebody
/// else's. Files go when all is done, so that a run that was cut short is made good by the next.
/// </remarks>
static class EraseRequested
{
    const string FolderName = "erasures";

    /// <summary>Null when there was nobody to erase; a step of its own is shown only where there is a file.</summary>
    /// <exception cref="WorkerException">A file is cut short; the others were done.</exception>
    internal static HomeErasure? Run(
        Home home,
        HomeSettings settings,
        Screen screen,
        TimeProvider time,
        TimeSpan wait,
        CancellationToken cancellation
    ) =>
        Files(home).Count == 0
            ? null
            : screen.Step(
                "erase",
                progress => Erase(home, settings, time, wait, progress, cancellation),
                done => done is null ? "nobody was named" : Words.Of(done)
            );

    static HomeErasure? Erase(
        Home home,
        HomeSettings settings,
        TimeProvider time,
        TimeSpan wait,
        IProgress<StepProgress> progress,
        CancellationToken cancellation
    )
    {
        var texts = Files(home).Select(file => (File: file, Text: File.ReadAllText(file))).ToList();
        var whole = texts.Where(one => one.Text.Length == 0 || one.Text[^1] is '\n' or '\r').ToList();
        var ids = whole
            .SelectMany(one => one.Text.Split(['\n', '\r'], StringSplitOptions.TrimEntries))
            .Where(id => id.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        var erasure =
            ids.Count == 0
                ? null
                : EraseFromHome.Run(
                    home,
                    ids,
                    new IngestOptions(settings.Buckets) { Wait = wait },
                    AsOf.Of(null, settings, time).Day,
                    new IngestInbox.Progress(progress, new Pace(TimeProvider.System)),
                    cancellation
                );
        foreach (var (file, _) in whole)
            File.Delete(file);
        return texts.Except(whole).Select(one => one.File).FirstOrDefault() is { } cut
            ? throw WorkerException.Of(
                cut,
                "its last line has no end",
                "one id a line, each line ended, so that no cut id is taken for somebody else's",
                "end the last line; whom other files name is erased"
            )
            : erasure;
    }

    static IReadOnlyList<string> Files(Home home)
    {
        var folder = Path.Combine(home.Path, FolderName);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)] : [];
    }
}
