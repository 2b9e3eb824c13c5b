using System.CommandLine;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary>What a person may ask for: <c>leads access CONTACT</c> tells all that is held, <c>leads erase CONTACT</c> forgets it.</summary>
static class PersonCommands
{
    static readonly Argument<string> Contact = new("CONTACT") { Description = "The contact's id in the register" };

    static readonly Argument<string[]> Contacts = new("CONTACT")
    {
        Description = "Ids of contacts; all other ids of each go with it",
        Arity = ArgumentArity.ZeroOrMore,
    };

    static readonly Option<string?> FromFile = new("--file")
    {
        Description = "A file with further ids, one a line",
        HelpName = "FILE",
    };

    internal static Command Access() =>
        Invocation.Command(
            "access",
            "Print as JSON all that the home holds of one contact",
            invocation =>
            {
                var contact = invocation.Asked.GetRequiredValue(Contact);
                var known = TellContact.Run(invocation.Home, contact, invocation.Cancellation);
                invocation.Screen.Output.WriteLine(Json.Text(known));
                return ExitCode.Done;
            },
            Contact
        );

    internal static Command Erase() =>
        Invocation.Command(
            "erase",
            "Forget contacts: lake, store, scores and lists; only salted hashes stay, to keep them out",
            invocation =>
            {
                var home = invocation.Home;
                var settings = HomeSettings.Load(home.Path);
                var erasure = invocation.Screen.Step(
                    "erase",
                    progress =>
                        EraseFromHome.Run(
                            home,
                            Ids(invocation),
                            new IngestOptions(settings.Buckets) { Wait = invocation.Asked.GetValue(Waits.Option) },
                            AsOf.Of(null, settings, TimeProvider.System).Day,
                            new IngestInbox.Progress(progress, new Pace(TimeProvider.System)),
                            invocation.Cancellation
                        ),
                    Words.Of
                );
                invocation.Answer(
                    new
                    {
                        Home = home.Path,
                        Ids = erasure.Lake.Ids.Count,
                        AddressesAndDevices = erasure.Lake.Subjects,
                        LakeRows = erasure.Lake.Rows,
                        erasure.Positions,
                        erasure.Mail.Messages,
                        WebAnswers = erasure.Mail.Answers,
                        erasure.Scores,
                        erasure.Lists,
                        erasure.RemovedFiles,
                        erasure.Lake.Inbox,
                    },
                    output => Tell(erasure, output)
                );
                return ExitCode.Done;
            },
            Contacts,
            FromFile,
            Waits.Option
        );

    static SortedSet<string> Ids(Invocation invocation)
    {
        var ids = new SortedSet<string>(invocation.Asked.GetValue(Contacts) ?? [], StringComparer.Ordinal);
        if (invocation.Asked.GetValue(FromFile) is { } path)
        {
            if (!File.Exists(path))
                throw WorkerException.Of($"--file {path}", "no such file", "one id a line", "name another");
            ids.UnionWith(File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0));
        }
        return ids.Count > 0
            ? ids
            : throw WorkerException.Of("leads erase", "no contact", "one id or more", "name them, or a --file of them");
    }

    static void Tell(HomeErasure erasure, TextWriter output)
    {
        foreach (var file in erasure.RemovedFiles)
            output.WriteLine($"Removed: {file} named an erased contact; leads export --format xlsx writes it again.");
        if (erasure.Mail.Messages > 0)
            output.WriteLine(
                Words.Text(
                    $"Removed: {erasure.Mail.Messages:N0} messages to them; other copies are where they were sent."
                )
            );
        if (erasure.Lake.Inbox.Count == 0)
        {
            output.WriteLine("No file of the inbox names them.");
            return;
        }
        output.WriteLine(
            "But for answers from the web the inbox is yours and was not changed. Remove from it, and from where it is exported:"
        );
        foreach (var file in erasure.Lake.Inbox)
            output.WriteLine(
                file.Rows is { } rows
                    ? Words.Text($"  inbox/{file.Path}: {rows:N0} rows name them")
                    : $"  inbox/{file.Path}: could not be read; look into it yourself"
            );
    }
}
