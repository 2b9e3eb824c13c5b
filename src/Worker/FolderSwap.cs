using LeadScoring.Ingestion;

namespace LeadScoring.Worker;

/// <summary>Replaces a whole folder so that a kill at any instant leaves the old one or the new one.</summary>
/// <remarks>
/// The new folder is written as <c>.NAME.tmp</c>. No system call that is everywhere swaps two full folders, so the old
/// one steps aside as <c>.NAME.old</c> first: that name exists only once the new folder is complete, so whoever finds
/// it while NAME is missing finishes the swap (<see cref="Settle"/>). One writer at a time.
/// </remarks>
static class FolderSwap
{
    /// <summary>Writes a folder anew; one with the same files and bytes stays untouched.</summary>
    /// <returns>False when nothing was different.</returns>
    public static bool Replace(string folder, Action<string> write)
    {
        Settle(folder);
        var (fresh, old) = Names(folder);
        Remove(fresh);
        try
        {
            Directory.CreateDirectory(fresh);
            write(fresh);
            if (AreEqual(fresh, folder))
            {
                Remove(fresh);
                return false;
            }
            Flush(fresh);
        }
        catch
        {
            // On a full disk it would take the room that the store needs to say so.
            Remove(fresh);
            throw;
        }
        if (Directory.Exists(folder))
            Directory.Move(folder, old);
        Move(fresh, folder);
        Remove(old);
        return true;
    }

    /// <summary>Finishes a swap that was cut short, and removes what it left; call it before reading.</summary>
    public static void Settle(string folder)
    {
        var (fresh, old) = Names(folder);
        if (!Directory.Exists(old))
            return;
        if (!Directory.Exists(folder))
            Move(Directory.Exists(fresh) ? fresh : old, folder);
        Remove(old);
    }

    /// <summary>Finishes every swap that was cut short among the folders of a parent.</summary>
    public static void SettleAll(string parent)
    {
        if (!Directory.Exists(parent))
            return;
        foreach (var old in Directory.GetDirectories(parent, ".*.old"))
            Settle(Path.Combine(parent, Path.GetFileName(old)[1..^".old".Length]));
    }

    static (string Fresh, string Old) Names(string folder)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return (Path.Combine(parent, $".{name}.tmp"), Path.Combine(parent, $".{name}.old"));
    }

    /// <summary>Puts a folder in its place, unless a reader that settles at the same time has done so just now.</summary>
    static void Move(string from, string folder)
    {
        try
        {
            Directory.Move(from, folder);
        }
        catch (IOException) when (Directory.Exists(folder)) { }
    }

    static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException) { }
    }

    static bool AreEqual(string one, string other) =>
        Directory.Exists(other)
        && Files(one).SequenceEqual(Files(other), StringComparer.Ordinal)
        && Files(one).All(f => HaveEqualBytes(Path.Combine(one, f), Path.Combine(other, f)));

    static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f))
            .Order(StringComparer.Ordinal);

    static bool HaveEqualBytes(string one, string other) =>
        new FileInfo(one).Length == new FileInfo(other).Length
        && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    /// <summary>To the disk before the name: else a power cut could leave the new name on empty files.</summary>
    static void Flush(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            AtomicFile.FlushToDisk(file);
    }
}
