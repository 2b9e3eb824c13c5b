using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Worker.Exports;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>What an erasure removed from a home, and what is left for the user to do.</summary>
/// <param name="Lake">What went from the lake, and the inbox files that still hold rows.</param>
/// <param name="Positions">Contacts that the store knew, with history, follow-ups and places.</param>
/// <param name="Scores">Rows of score files.</param>
/// <param name="Lists">Leads on lists; of workbooks the whole file goes.</param>
/// <param name="RemovedFiles">Workbooks that were removed, to be written again with leads export.</param>
public sealed record HomeErasure(
    Erasure Lake,
    int Positions,
    long Scores,
    long Lists,
    IReadOnlyList<string> RemovedFiles
);

/// <summary>Takes contacts out of every part of a home: lake, store, scores, lists.</summary>
/// <remarks>
/// The lake comes first, with the salted hashes that keep them out. Store, scores and lists are then cleaned of all whom
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
        var lake = EraseContacts.Run(home.Path, contacts, options, progress, cancellation);
        var erased = ErasedContacts.Of(home.Path);
        var positions = FromStore(home, erased, lake, today);
        var scores = 0L;
        foreach (var folder in Days(home.Scores))
            scores += Clean(folder, erased, cancellation).Rows;
        // What single buckets were scored with holds ids as well; the next night makes it anew.
        ScoreParts.Clear(home);
        var (rows, removed) = (0L, new List<string>());
        foreach (var folder in Days(home.Exports))
        {
            var (gone, files) = Clean(folder, erased, cancellation);
            rows += gone;
            removed.AddRange(files.Select(file => Path.GetRelativePath(home.Path, file)));
        }
        return new(lake, positions, scores, rows, removed);
    }

    static int FromStore(Home home, ErasedContacts erased, Erasure lake, DateOnly today)
    {
        if (!LeadStore.Exists(home.Path))
            return 0;
        using var store = LeadStore.Open(home.Path);
        var known = store.Positions().Keys.Where(contact => erased.Contains(contact.Value)).ToList();
        foreach (var contact in known)
            store.Erase(contact, erased.HashOf(contact.Value), today);
        foreach (var id in lake.Ids)
            store.Erase(new(id), erased.HashOf(id), today);
        return known.Count;
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
