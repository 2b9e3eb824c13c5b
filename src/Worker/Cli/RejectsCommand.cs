using System.CommandLine;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads rejects</c>: what was rejected and why, and the rows themselves when they are to be mended.</summary>
static class RejectsCommand
{
    static readonly Option<string?> Source = new("--source") { Description = "Only this source", HelpName = "S" };

    static readonly Option<string?> Out = new("--out")
    {
        Description = "Write the rows of one source, as they were exported, to this file; it holds personal data",
        HelpName = "FILE",
    };

    internal static Command Build() =>
        Invocation.Command(
            "rejects",
            "What was rejected and why; with --out the rows, to be mended",
            invocation =>
            {
                var files = RejectedRows.List(
                    invocation.Home.Path,
                    invocation.Asked.GetValue(Source),
                    invocation.Cancellation
                );
                var written = invocation.Asked.GetValue(Out) is { } path ? Written(invocation, files, path) : [];
                invocation.Answer(
                    new
                    {
                        Home = invocation.Home.Path,
                        Rejected = files.Sum(file => file.Rejected),
                        Files = files,
                        Written = written,
                    },
                    output => Tell(files, written, output)
                );
                return ExitCode.Done;
            },
            Source,
            Out
        );

    static IReadOnlyList<MendableFile> Written(Invocation invocation, IReadOnlyList<RejectedFile> files, string path)
    {
        var sources = files.Select(file => file.Source).Distinct(StringComparer.Ordinal).ToArray();
        return sources.Length switch
        {
            0 => throw WorkerException.Of(
                $"--out {path}",
                "nothing was rejected",
                "rejected rows to write",
                "leave --out away"
            ),
            1 => RejectedRows.Export(invocation.Home.Path, sources[0], path, invocation.Cancellation),
            _ => throw WorkerException.Of(
                $"--out {path}",
                $"rejected rows of {string.Join(", ", sources)}",
                "those of one source, as each has its own columns",
                "name it with --source"
            ),
        };
    }

    static void Tell(IReadOnlyList<RejectedFile> files, IReadOnlyList<MendableFile> written, TextWriter output)
    {
        if (files.Count == 0)
            output.WriteLine("No row was rejected.");
        foreach (var file in files)
        {
            output.WriteLine(Words.Text($"{file.Path}: {file.Rejected:N0} rejected"));
            foreach (var reason in file.Reasons)
                output.WriteLine(
                    Words.Text($"  {reason.Rows, 8:N0}  {reason.Reason} (first on line {reason.FirstLine})")
                );
        }
        foreach (var file in written)
            output.WriteLine(Words.Text($"Written: {file.Path} ({file.Format}, {file.Rows:N0} rows, personal data)"));
        if (written.Count > 0)
            output.WriteLine(
                $"Mend the rows, delete those that are rightly rejected, and put the file into inbox/{files[0].Source}/."
            );
    }
}
