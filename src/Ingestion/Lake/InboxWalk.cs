namespace LeadScoring.Ingestion;

/// <summary>Goes through a source's folder with all that is below it, links included, and never round in a circle.</summary>
static class InboxWalk
{
    /// <summary>The files whose names, and those of the folders above them, do not start with a dot.</summary>
    public static IEnumerable<FileInfo> Files(LakeLayout layout, DirectoryInfo folder, List<string> warnings) =>
        folder.Name.StartsWith('.') ? [] : Files(layout, folder, [Real(layout.Inbox)], warnings);

    static IEnumerable<FileInfo> Files(
        LakeLayout layout,
        DirectoryInfo folder,
        IReadOnlyList<string> above,
        List<string> warnings
    )
    {
        var real = Real(folder.FullName);
        if (above.Any(one => IsIn(one, real)))
        {
            warnings.Add($"{Relative(layout, folder)} is a link to a folder above it and is not followed; remove it");
            yield break;
        }
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')))
        {
            if (entry is DirectoryInfo below)
            {
                foreach (var file in Files(layout, below, [.. above, real], warnings))
                    yield return file;
            }
            else if (entry.LinkTarget is not null && !LeadsSomewhere(entry))
                warnings.Add(
                    $"{Relative(layout, entry)} is a link to a file that is not there; put it there, or remove it"
                );
            else
                yield return (FileInfo)entry;
        }
    }

    static bool LeadsSomewhere(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            // Links that lead to each other.
            return false;
        }
    }

    /// <summary>Whether a folder is another one or lies above it: then it would contain itself.</summary>
    static bool IsIn(string inner, string outer) =>
        string.Equals(inner, outer, StringComparison.Ordinal)
        || inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path without links.</summary>
    static string Real(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        var target = Directory.ResolveLinkTarget(path, returnFinalTarget: true);
        return target is null ? Path.Join(Real(parent), Path.GetFileName(path)) : Real(target.FullName);
    }

    static string Relative(LakeLayout layout, FileSystemInfo entry) =>
        "inbox/" + Path.GetRelativePath(layout.Inbox, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
