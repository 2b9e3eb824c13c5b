namespace LeadScoring.Ingestion;

/// <summary>Tells a lake that has lost its manifest from one whose first ingest was broken off before it had any.</summary>
/// <remarks>
/// Without a manifest nothing says which files belong to a lake: an ingest would remove them all and read the inbox anew,
/// also where the inbox no longer holds what they were made from.
/// </remarks>
static class LostManifest
{
    /// <summary>The manifest with which an ingest begins.</summary>
    /// <exception cref="IngestionException">It is gone or damaged and the lake is not to be rebuilt, or it is whole and the
    /// lake is to be.</exception>
    public static Manifest Read(LakeLayout layout, IngestOptions options)
    {
        if (!options.Rebuild)
        {
            Refuse(layout);
            return Manifest.Read(layout, options.Buckets);
        }
        if (IsWhole(layout))
            throw new IngestionException(
                $"{layout.ManifestFile} is there and names the files of the lake: nothing is to be rebuilt. Run again "
                    + "without --rebuild, or move the folder lake/ away to make a new one from the inbox."
            );
        return Manifest.Empty(options.Buckets);
    }

    static bool IsWhole(LakeLayout layout)
    {
        try
        {
            return File.Exists(layout.ManifestFile) && Manifest.Read(layout) is not null;
        }
        catch (IngestionException)
        {
            return false;
        }
    }

    /// <summary>What to say of a lake whose manifest is gone; null when it is there, or was never written.</summary>
    public static string? Complaint(LakeLayout layout) =>
        File.Exists(layout.ManifestFile) || !WasThere(layout)
            ? null
            : $"{layout.ManifestFile} is missing, and there are {Tables(layout).Count()} files of a lake beside it. Put it "
                + "back from a copy; or run leads ingest --rebuild, which removes those files and reads the whole inbox "
                + "anew. What the inbox no longer holds is lost then.";

    /// <exception cref="IngestionException">The manifest is gone.</exception>
    public static void Refuse(LakeLayout layout)
    {
        if (Complaint(layout) is { } lost)
            throw new IngestionException(lost);
    }

    /// <summary>Hashes are remembered only once a manifest is written, and a second run needs one as well.</summary>
    static bool WasThere(LakeLayout layout) =>
        Tables(layout).Any()
        && (File.Exists(layout.InboxHashesFile) || Tables(layout).Any(file => !IsOfFirstRun(Path.GetFileName(file))));

    /// <summary>Runs are named by their generation: <c>000001-0123456789ab.parquet</c>.</summary>
    static bool IsOfFirstRun(string name) => name.StartsWith("000001-", StringComparison.Ordinal);

    static IEnumerable<string> Tables(LakeLayout layout) =>
        LeftOvers
            .Folders.Select(layout.InLake)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories));
}
