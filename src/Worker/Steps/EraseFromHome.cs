using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps.Ahead;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>What an erasure removed from a home, and what is left for the user to do.</summary>
/// <param name="Lake">What went from the lake, and the inbox files that still hold rows.</param>
/// <param name="Positions">Contacts that the store knew, with history, follow-ups and places.</param>
/// <param name="Mail">Messages, answers from the web, and entries of the mail's ledgers.</param>
/// <param name="Scores">Rows of score files.</param>
/// <param name="Lists">Leads on lists; of workbooks the whole file goes.</param>
/// <param name="RemovedFiles">Workbooks that were removed, to be written again with leads export.</param>
public sealed record HomeErasure(
    Erasure Lake,
    int Positions,
    MailErasure Mail,
    long Scores,
    long Lists,
    IReadOnlyList<string> RemovedFiles
);

/// <summary>Takes contacts out of every part of a home: lake, mail, store, scores, lists.</summary>
/// <remarks>
/// The lake comes first, with the salted hashes that keep them out. Mail, store, scores and lists are then cleaned of all whom
/// the home has erased, so that an erasure that was cut short is finished by running it again.
/// </remarks>
public static class EraseFromHome
{
    public static HomeErasure Run(
        Home home,
        IReadOnlyCollection<string> contacts,
        IngestOptions options,
        DateOnly today,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation
    )
    {
        options = options with { Addresses = KeepAddresses.Of(home) };
        var lake = EraseContacts.Run(home.Path, contacts, options, progress, cancellation);
        var erased = ErasedContacts.Of(home.Path);
        var (positions, mail) = FromStore(home, erased, lake, today, options.Time);
        var scores = 0L;
        foreach (var folder in Days(home.Scores))
            scores += Clean(folder, erased, cancellation).Rows;
        // What single buckets were scored with holds ids as well; the next night makes it anew.
        ScoreParts.Clear(home);
        // So may what a look between nights left when it was killed.
        FewContacts.Clear(home);
        var (rows, removed) = (0L, new List<string>());
        foreach (var folder in Days(home.Exports))
        {
            var (gone, files) = Clean(folder, erased, cancellation);
            rows += gone;
            removed.AddRange(files.Select(file => Path.GetRelativePath(home.Path, file)));
        }
        var left = lake.Inbox.Where(file => File.Exists(Path.Combine(home.Inbox, file.Path)));
        return new(lake with { Inbox = [.. left] }, positions, mail, scores, rows, removed);
    }

    /// <summary>Addresses first, then mail, whose messages are found by what the store has planned, then all else.</summary>
    static (int Positions, MailErasure Mail) FromStore(
        Home home,
        ErasedContacts erased,
        Erasure lake,
        DateOnly today,
        TimeProvider time
    )
    {
        var mail = new ForgetMail(home.Path, erased, time);
        var ids = lake.Ids.Select(id => new ContactId(id)).ToList();
        if (!LeadStore.Exists(home.Path))
            return (0, mail.Run(ids, []));
        using var store = LeadStore.Open(home.Path);
        var known = store.Contacts().Where(contact => erased.Contains(contact.Value)).ToList();
        var all = known.Union(ids).ToList();
        new AddressBook(store).Forget(all);
        var forgotten = mail.Run(all, all.SelectMany(store.FollowUpsOf).Select(planned => planned.FollowUp.Key));
        foreach (var contact in all)
            store.Erase(contact, erased.HashOf(contact.Value), today);
        return (known.Count, forgotten);
    }

    static IEnumerable<string> Days(string parent)
    {
        FolderSwap.SettleAll(parent);
        return Directory.Exists(parent)
            ? Directory.GetDirectories(parent, "as_of=*").Order(StringComparer.Ordinal)
            : [];
    }

    /// <summary>Writes a day's folder anew when a file in it names somebody who was erased.</summary>
    static (long Rows, IReadOnlyList<string> Removed) Clean(
        string folder,
        ErasedContacts erased,
        CancellationToken cancellation
    )
    {
        using var database = Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        using var connection = database.Connect();
        var (rows, removed) = (0L, new List<string>());
        FolderSwap.Replace(
            folder,
            fresh =>
            {
                foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var target = Path.Combine(fresh, Path.GetFileName(file));
                    var gone = Path.GetExtension(file) switch
                    {
                        ".parquet" => WithoutErased.Parquet(connection, file, target, erased),
                        ".csv" => WithoutErased.Csv(file, target, erased),
                        ".xlsx" => WithoutErased.Workbook(file, target, erased),
                        _ => WithoutErased.Copy(file, target),
                    };
                    rows += gone;
                    if (!File.Exists(target))
                        removed.Add(file);
                }
            }
        );
        return (rows, removed);
    }
}
