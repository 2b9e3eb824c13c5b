using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Takes contacts out of a home's lake for good, with all their ids, addresses and devices.</summary>
/// <remarks>
/// What stays are salted hashes, so that neither an old file nor a new export brings them back. They are written first:
/// a run that is killed after that is finished by the next one, of whatever kind.
/// </remarks>
public static class EraseContacts
{
    /// <param name="home">The home folder.</param>
    /// <param name="contacts">Ids; with each go all ids that are the same contact.</param>
    /// <exception cref="IngestionException">Another process writes the lake, it is damaged, or the disk does not let it
    /// be written; the lake is as it was then.</exception>
    public static Erasure Run(
        string home,
        IReadOnlyCollection<string> contacts,
        IngestOptions? options = null,
        IProgress<IngestProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var layout = LakeLayout.Of(home);
        var settings = options ?? new IngestOptions();
        return LakeChange.Run(layout, settings, progress, Erase, cancellation);

        Erasure Erase(Manifest before)
        {
            var salt = Salt.Of(layout, before);
            var keys = Keys(layout, before, contacts, cancellation);
            var list = Suppressions.Read(layout);
            list.With(keys.Select(key => Suppressions.OfSubject(salt, key))).Write(layout);
            var after = LakeRun.IsToBeCleaned(layout, before)
                ? new LakeRun(layout, before, settings, progress).Clean(keepFrom: null, cancellation)
                : before;
            return new Erasure(
                [.. keys.Where(key => key.StartsWith("c:", StringComparison.Ordinal)).Select(key => key[2..])],
                keys.Count(key => !key.StartsWith("c:", StringComparison.Ordinal)),
                Rows(before) - Rows(after),
                InInbox(layout, SourceCatalog.Load(home), salt, keys, progress, cancellation)
            );
        }
    }

    static long Rows(Manifest manifest) =>
        manifest
            .Files.Where(file =>
                file.Table is LakeTable.Traces or LakeTable.Contacts or LakeTable.Consents or LakeTable.Outcomes
            )
            .Sum(file => file.Rows);

    /// <summary>The ids, and the addresses and devices that nobody else has.</summary>
    static SortedSet<string> Keys(
        LakeLayout layout,
        Manifest manifest,
        IReadOnlyCollection<string> contacts,
        CancellationToken cancellation
    )
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, Lake.Of(layout, manifest), bucket: null);
        connection.Execute("asked", "create temp table asked (contact varchar)");
        using (var rows = connection.Appender("asked"))
        {
            foreach (var contact in contacts)
                rows.Append(contact).EndRow();
        }
        cancellation.ThrowIfCancellationRequested();
        return new SortedSet<string>(
            connection.Rows(
                "KeysOfContacts.sql",
                EmbeddedSql.Read("Lake.KeysOfContacts.sql"),
                (chunk, row) => chunk.Text(0, row)!
            ),
            StringComparer.Ordinal
        );
    }

    /// <summary>Files of the inbox that still name one of them; they are the user's own and are not touched.</summary>
    static List<InboxRows> InInbox(
        LakeLayout layout,
        SourceCatalog catalog,
        string salt,
        SortedSet<string> keys,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation
    )
    {
        var text = new ErasedText(salt, keys.Contains);
        var found = new List<InboxRows>();
        var scratch = Directory.CreateTempSubdirectory("leads-erase-").FullName;
        try
        {
            var files = InboxFile.List(layout, []);
            var (done, total) = (0L, files.Sum(file => file.Bytes));
            foreach (var file in files)
            {
                progress?.Report(new IngestProgress("looking through the inbox", done += file.Bytes, total, 0));
                var rows = catalog.Find(file.Source) is { } source
                    ? Count(file, source, text, scratch, cancellation)
                    : -1;
                if (rows != 0)
                    found.Add(new InboxRows(file.Relative, rows < 0 ? null : rows));
            }
            return found;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <returns>-1 when the file cannot be read.</returns>
    static long Count(InboxFile file, Source source, ErasedText text, string scratch, CancellationToken cancellation)
    {
        try
        {
            using var reader = Reading.InputFile.Open(file.Path, source.Columns, source.Sheet, scratch, cancellation);
            var rows = 0L;
            while (reader.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                rows += text.Names(reader.Text) ? 1 : 0;
            }
            return rows;
        }
        catch (Exception error) when (error is IngestionException or IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }
}

/// <summary>What an erasure took away, and what only the user can.</summary>
/// <param name="Ids">All ids of the contacts.</param>
/// <param name="Subjects">Addresses and devices that were theirs alone.</param>
/// <param name="Rows">Rows that went from the lake: traces, versions, consents and outcomes.</param>
/// <param name="Inbox">Files of the inbox that still hold rows of theirs.</param>
public sealed record Erasure(IReadOnlyList<string> Ids, int Subjects, long Rows, IReadOnlyList<InboxRows> Inbox);

/// <summary>Rows of one inbox file.</summary>
/// <param name="Path">Relative to <c>inbox/</c>, with forward slashes.</param>
/// <param name="Rows">How many; null when the file cannot be read.</param>
public sealed record InboxRows(string Path, long? Rows);
