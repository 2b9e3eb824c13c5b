namespace LeadScoring.Ingestion;

/// <summary>All that a lake holds of a few contacts, as a small lake of its own, so that whatever reads a lake can read it.</summary>
/// <remarks>
/// Files are sorted by contact, so only the pieces in which the contacts lie are read. The slice has the lake's generation,
/// dictionary and buckets; what is tied to no contact is not in it. It lies in a folder of its own and goes with it.
/// </remarks>
public sealed class LakeSlice : IDisposable
{
    static readonly LakeTable[] Tables = [LakeTable.Traces, LakeTable.Contacts, LakeTable.Consents, LakeTable.Outcomes];

    readonly string _folder;

    LakeSlice(string folder, Lake lake) => (_folder, Lake) = (folder, lake);

    /// <summary>The few contacts' lake.</summary>
    public Lake Lake { get; }

    /// <param name="contacts">Ids; who is not known is not there.</param>
    /// <param name="parent">The folder in which the slice's own is made.</param>
    public static LakeSlice Of(Lake lake, IEnumerable<string> contacts, string parent, CancellationToken cancellation)
    {
        Directory.CreateDirectory(parent);
        var folder = Path.Combine(parent, Path.GetRandomFileName());
        var layout = LakeLayout.Of(folder);
        try
        {
            var files = Write(lake, layout, contacts.ToHashSet(StringComparer.Ordinal), cancellation);
            return new(folder, Lake.Of(layout, lake.Manifest with { Files = files, Batches = [], Notes = [] }));
        }
        catch
        {
            Remove(folder);
            throw;
        }
    }

    public void Dispose() => Remove(_folder);

    static List<LakeFile> Write(
        Lake lake,
        LakeLayout layout,
        IReadOnlySet<string> contacts,
        CancellationToken cancellation
    )
    {
        var files = new List<LakeFile>();
        using var database = DuckDb.Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        using var connection = database.Connect();
        foreach (var bucket in contacts.GroupBy(lake.BucketOf).OrderBy(bucket => bucket.Key))
        {
            LakeViews.Create(connection, lake, bucket.Key);
            connection.Execute("asked", "create or replace temp table asked (contact varchar not null)", cancellation);
            using (var asked = connection.Appender("asked"))
            {
                foreach (var contact in bucket.Order(StringComparer.Ordinal))
                    asked.Append(contact).EndRow();
            }
            foreach (var table in Tables.Where(table => lake.Files(table, bucket.Key).Count > 0))
            {
                var file = new LakeFile(
                    table,
                    bucket.Key,
                    LakeLayout.RelativeFile(table, bucket.Key, "slice"),
                    0,
                    0,
                    lake.Generation
                );
                var path = layout.InLake(file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var rows = connection.Execute(
                    $"slice of {file.Path}",
                    $"copy (select * from {LakeLayout.FolderOf(table)} semi join asked using (contact) order by all) to {Sql.Text(path)} (format parquet)",
                    cancellation
                );
                if (rows > 0)
                    files.Add(file with { Rows = rows, Bytes = new FileInfo(path).Length });
            }
        }
        return files;
    }

    static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // An erasure has removed it already.
        }
    }
}
