using System.Text.Json;

namespace LeadScoring.Ingestion;

/// <summary>Remembers the hashes of inbox files from one ingest to the next, so that only what changed is read again.</summary>
/// <remarks>
/// A file counts as unchanged when path, size and time of writing are the same. A clock has steps: a file that is written
/// twice within one of them shows nothing. So, as git does, a hash is remembered only if the file was older than a few
/// steps when the inbox was looked at; a younger one is hashed again next time. It is a cache: to remove it costs time
/// and nothing else.
/// </remarks>
sealed class InboxHashes
{
    /// <summary>The coarsest steps in which file systems note times (FAT: two seconds), with some room.</summary>
    static readonly TimeSpan _clockSteps = TimeSpan.FromSeconds(4);

    readonly string _path;
    readonly DateTime _settledBefore;
    readonly Dictionary<string, RememberedHash> _before;
    readonly SortedDictionary<string, RememberedHash> _now = new(StringComparer.Ordinal);

    InboxHashes(string path, DateTime settledBefore, Dictionary<string, RememberedHash> before) =>
        (_path, _settledBefore, _before) = (path, settledBefore, before);

    /// <summary>Reads what an earlier ingest remembered; nothing when there is none, or when it cannot be read.</summary>
    public static InboxHashes Of(LakeLayout layout, TimeProvider time)
    {
        // The clock of the disk may be behind that of the machine; the lock's note has just been written on it.
        var here = time.GetUtcNow().UtcDateTime;
        var disk = File.Exists(layout.LockHolderFile) ? File.GetLastWriteTimeUtc(layout.LockHolderFile) : here;
        return new(layout.InboxHashesFile, (disk < here ? disk : here) - _clockSteps, Read(layout.InboxHashesFile));
    }

    /// <summary>The SHA-256 of a file, remembered or worked out.</summary>
    public string Sha256(InboxFile file, CancellationToken cancellation)
    {
        var isKnown =
            _before.TryGetValue(file.Relative, out var known)
            && known.Bytes == file.Bytes
            && known.Written == file.Written.Ticks;
        var hash = isKnown ? known!.Sha256 : file.Sha256(cancellation);
        if (isKnown || (file.Written < _settledBefore && file.Change() is null))
            _now[file.Relative] = new(file.Relative, file.Bytes, file.Written.Ticks, hash);
        return hash;
    }

    /// <summary>Writes what is known of the files of this ingest, when that is something new.</summary>
    public void Save()
    {
        var isSame =
            _now.Count == _before.Count && _now.Values.All(entry => _before.GetValueOrDefault(entry.Path) == entry);
        if (!isSame || !File.Exists(_path))
            AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_now.Values.ToArray()));
    }

    static Dictionary<string, RememberedHash> Read(string path)
    {
        try
        {
            var entries = File.Exists(path)
                ? JsonSerializer.Deserialize<RememberedHash[]>(File.ReadAllBytes(path)) ?? []
                : [];
            return entries
                .Where(entry => entry is { Path: not null, Sha256.Length: 64 })
                .DistinctBy(entry => entry.Path, StringComparer.Ordinal)
                .ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Half a cache is none.
            return [];
        }
    }

    /// <param name="Written">Ticks of UTC.</param>
    sealed record RememberedHash(string Path, long Bytes, long Written, string Sha256);
}
