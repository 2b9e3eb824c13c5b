using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadScoring.Ingestion;

/// <summary>Where things lie in a home: inbox, own sources, lake, salt.</summary>
/// <param name="Home">Absolute path of the home folder.</param>
public sealed record LakeLayout(string Home)
{
    public static LakeLayout Of(string home) => new(Path.GetFullPath(home));

    public string Inbox => Path.Combine(Home, "inbox");

    /// <summary>Own sources: one <c>.sql</c> file each, and the lookup files beside them.</summary>
    public string Sources => Path.Combine(Home, "sources");

    public string Lake => Path.Combine(Home, "lake");

    public string ManifestFile => Path.Combine(Lake, "manifest.json");

    /// <summary>Hashes of inbox files, for the next ingest; never needed.</summary>
    public string InboxHashesFile => Path.Combine(Lake, "inbox.cache");

    /// <summary>Held open without sharing while an ingest runs.</summary>
    public string LockFile => Path.Combine(Lake, ".lock");

    /// <summary>Says which process holds the lock file.</summary>
    public string LockHolderFile => Path.Combine(Lake, ".holder.lock");

    /// <summary>Salted hashes of erased contacts.</summary>
    public string SuppressionsFile => Path.Combine(Home, "suppressions");

    public string SaltFile => Path.Combine(Home, "salt");

    /// <summary>Path of a file named in the manifest, which writes paths relative to the lake with forward slashes.</summary>
    public string InLake(string relative) => Path.Combine(Lake, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary><c>traces/bucket=03/0123456789abcdef.parquet</c></summary>
    public static string RelativeFile(LakeTable table, int bucket, string run) =>
        string.Create(CultureInfo.InvariantCulture, $"{FolderOf(table)}/bucket={bucket:00}/{run}.parquet");

    /// <summary>The folder of a table, which is also the table's name in SQL.</summary>
    public static string FolderOf(LakeTable table) =>
        table switch
        {
            LakeTable.Traces => "traces",
            LakeTable.Contacts => "contacts",
            LakeTable.Consents => "consents",
            LakeTable.Outcomes => "outcomes",
            LakeTable.Visitors => "visitors",
            LakeTable.Links => "links",
            LakeTable.Merges => "merges",
            LakeTable.Identities => "identities",
        };

    /// <summary>
    /// The bucket of a contact or subject: the first eight bytes of the SHA-256 of its UTF-8 text, read as a big-endian
    /// number, modulo the number of buckets.
    /// </summary>
    public static int BucketOf(string key, int buckets)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)buckets);
    }
}
