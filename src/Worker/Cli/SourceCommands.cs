using System.CommandLine;
using LeadScoring.Ingestion.Drafts;
using LeadScoring.Ingestion.Trials;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads sources</c>: what exports a home can read, and what would become of a file.</summary>
static class SourceCommands
{
    static readonly Argument<string> File = new("FILE") { Description = "An export, anywhere" };

    static readonly Argument<string> Name = new("NAME")
    {
        Description = "The name of the source, and of its folder in the inbox",
    };

    static readonly Option<string?> By = new("--source")
    {
        Description = "The source to read it by (default: the one whose columns are most like the file's)",
        HelpName = "S",
    };

    static readonly Option<int> Rows = new("--rows")
    {
        Description = "How many rows of each table to show",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    internal static Command Build()
    {
        var sources = List();
        sources.Subcommands.Add(Try());
        sources.Subcommands.Add(New());
        return sources;
    }

    static Command List() =>
        Invocation.Command(
            "sources",
            "The sources a home knows, what they read and what has come of it",
            invocation =>
            {
                var sources = KnownSource.Of(invocation.Home);
                invocation.Answer(
                    new { Home = invocation.Home.Path, Sources = sources },
                    output =>
                    {
                        foreach (var source in sources)
                            Tell(source, output);
                    }
                );
                return ExitCode.Done;
            }
        );

    static Command Try() =>
        Invocation.Command(
            "try",
            "Guess a file's source and show what would become of it; lake and inbox are not touched",
            invocation =>
            {
                var trial = TrySource.Run(
                    invocation.Home.Path,
                    invocation.Asked.GetRequiredValue(File),
                    invocation.Asked.GetValue(By),
                    Math.Max(0, invocation.Asked.GetValue(Rows)),
                    invocation.Cancellation
                );
                invocation.Answer(TrialText.Answer(trial), output => TrialText.Tell(trial, output));
                return trial.Refusal is null ? ExitCode.Done : ExitCode.Unusable;
            },
            File,
            By,
            Rows
        );

    static Command New() =>
        Invocation.Command(
            "new",
            "Write a first sources/NAME.sql for an export that no source reads",
            invocation =>
            {
                var draft = DraftSource.Run(
                    invocation.Home.Path,
                    invocation.Asked.GetRequiredValue(Name),
                    invocation.Asked.GetRequiredValue(File),
                    invocation.Cancellation
                );
                invocation.Answer(draft, output => Tell(draft, invocation.Asked.GetRequiredValue(File), output));
                return ExitCode.Done;
            },
            Name,
            File
        );

    static void Tell(SourceDraft draft, string file, TextWriter output)
    {
        output.WriteLine($"Written: {draft.Path}");
        output.WriteLine($"  when     {draft.Time ?? "not found"}");
        output.WriteLine($"  who      {(draft.Person.Count == 0 ? "not found" : string.Join(", ", draft.Person))}");
        output.WriteLine($"  row id   {draft.Identity ?? "not found"}");
        foreach (var note in draft.Notes)
            output.WriteLine($"Look at: {note}");
        output.WriteLine(
            $"{(draft.IsReady ? "It reads such files as it stands." : "Fill it in.")} See what it makes of this one: leads sources try {file} --source {draft.Name}"
        );
    }

    static void Tell(KnownSource source, TextWriter output)
    {
        output.WriteLine($"{source.Name} ({source.Origin}; {string.Join(", ", source.Yields)}): {source.Meaning}");
        output.WriteLine($"  needs    {string.Join(", ", source.Required)}");
        if (source.Optional.Count > 0)
            output.WriteLine($"  reads    {string.Join(", ", source.Optional)}");
        output.WriteLine(
            source.Files == 0
                ? "  so far   nothing"
                : Words.Text(
                    $"  so far   {source.Files:N0} files, {source.Read:N0} rows read = {source.Accepted:N0} accepted + {source.Rejected:N0} rejected + {source.Duplicate:N0} duplicate"
                )
        );
    }
}
