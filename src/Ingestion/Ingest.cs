using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Turns the inbox into the lake: every new file is read, every record accounted for, all at once made visible.</summary>
public static class Ingest
{
    /// <summary>Ingests what is new in a home's inbox.</summary>
    /// <remarks>
    /// A file is new when the lake has not seen its content. Nothing is visible before the manifest is replaced, so a
    /// run that is killed leaves the lake as it was; the next run removes what it left behind. The same inbox and salt
    /// give the same bytes.
    /// </remarks>
    /// <param name="home">The home folder.</param>
    /// <exception cref="IngestionException">Sources are wrong, the lake is damaged, another ingest is running, or the
    /// disk does not let it be written; the lake is as it was then. A file that cannot be read is no exception: it is
    /// refused in the report and the others go on.</exception>
    public static IngestReport Run(
        string home,
        IngestOptions? options = null,
        IProgress<IngestProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var layout = LakeLayout.Of(home);
        var catalog = SourceCatalog.Load(home);
        var settings = options ?? new IngestOptions();
        return LakeChange.Run(
            layout,
            settings,
            progress,
            manifest => Take(layout, manifest, catalog, settings, progress, cancellation),
            cancellation
        );
    }

    static IngestReport Take(
        LakeLayout layout,
        Manifest manifest,
        SourceCatalog catalog,
        IngestOptions options,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation
    )
    {
        var hashes = InboxHashes.Of(layout, options.Time);
        // Files that others write while they are read, with what changed; all are read again without them.
        var unsteady = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var warnings = new List<string>();
                var files = InboxFile.List(layout, warnings);
                var inbox = Inbox.Sort(files, catalog, manifest, unsteady, hashes, progress, cancellation);
                warnings.AddRange(Vanished(unsteady, files));
                if (inbox.New.Count == 0 && !LakeRun.IsToBeCleaned(layout, manifest))
                {
                    Remember(hashes, manifest, warnings);
                    return new IngestReport(manifest.Generation, Changed: false, inbox.Reports(), warnings);
                }
                var run = new LakeRun(layout, manifest, options, progress);
                if (run.Ingest(inbox, unsteady, warnings, cancellation) is { } report)
                {
                    Remember(hashes, Manifest.Read(layout, options.Buckets), warnings);
                    return report;
                }
                LeftOvers.Remove(layout, manifest);
            }
        }
        catch
        {
            BrokenOff.CleanUp(layout, manifest);
            throw;
        }
    }

    /// <summary>Where there is a lake; that it cannot be written costs the next ingest time and no more.</summary>
    static void Remember(InboxHashes hashes, Manifest manifest, List<string> warnings)
    {
        try
        {
            if (manifest.Generation > 0)
                hashes.Save();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warnings.Add($"lake/inbox.cache was not written ({error.Message}); the next ingest hashes the inbox again");
        }
    }

    static IEnumerable<string> Vanished(SortedDictionary<string, string> unsteady, IReadOnlyList<InboxFile> files) =>
        unsteady
            .ExceptBy(files.Select(file => file.Relative), pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"inbox/{pair.Key}: {pair.Value}");
}
