using System.Globalization;

namespace LeadScoring.Ingestion;

/// <summary>One file of the inbox.</summary>
/// <param name="Source">The folder below <c>inbox/</c> in which it lies.</param>
/// <param name="Relative">Relative to <c>inbox/</c>, with forward slashes.</param>
/// <param name="Written">When it was last written (UTC).</param>
sealed record InboxFile(string Source, string Relative, string Path, long Bytes, DateTime Written)
{
    /// <summary>All files of the inbox in the order in which they are ingested: source, then path, both ordinal.</summary>
    /// <remarks>Names that start with a dot are skipped, and files that lie beside the folders are warned about.</remarks>
    public static IReadOnlyList<InboxFile> List(LakeLayout layout, List<string> warnings)
    {
        if (!Directory.Exists(layout.Inbox))
            return [];
        warnings.AddRange(
            Directory
                .GetFiles(layout.Inbox)
                .Select(System.IO.Path.GetFileName)
                .Where(name => !name!.StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                    $"inbox/{name} lies beside the sources' folders and is not read; move it to inbox/<source>/"
                )
        );
        var files = new DirectoryInfo(layout.Inbox)
            .EnumerateDirectories()
            .SelectMany(
                folder => InboxWalk.Files(layout, folder, warnings),
                (folder, file) => Of(layout, folder.Name, file)
            );
        return
        [
            .. files
                .OrderBy(file => file.Source, StringComparer.Ordinal)
                .ThenBy(file => file.Relative, StringComparer.Ordinal),
        ];
    }

    /// <remarks>What has no length is not opened: it may be a pipe, and who opens one waits for ever.</remarks>
    public string Sha256(CancellationToken cancellation) =>
        Bytes == 0 ? FileHash.OfNothing : FileHash.Sha256(Path, cancellation);

    /// <summary>How the file differs from what it was when the inbox was listed; null when it does not.</summary>
    public string? Change()
    {
        var now = Target(new FileInfo(Path));
        if (!now.Exists)
            return "it vanished while the inbox was read. Put it back and run again, if it is to be read.";
        if (now.Length == Bytes && now.LastWriteTimeUtc == Written)
            return null;
        var sizes = string.Create(CultureInfo.InvariantCulture, $"{Bytes:N0} bytes at first, {now.Length:N0} later");
        return $"it changed while the inbox was read ({sizes}). Let it be written to its end and run again.";
    }

    /// <summary>The file behind a link: its size and time count, not those of the link.</summary>
    static FileInfo Target(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    static InboxFile Of(LakeLayout layout, string source, FileInfo file) =>
        new(
            source,
            System
                .IO.Path.GetRelativePath(layout.Inbox, file.FullName)
                .Replace(System.IO.Path.DirectorySeparatorChar, '/'),
            file.FullName,
            Target(file).Length,
            Target(file).LastWriteTimeUtc
        );
}
