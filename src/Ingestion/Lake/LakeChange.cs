namespace LeadScoring.Ingestion;

/// <summary>What every change of a lake begins with and how it breaks off.</summary>
static class LakeChange
{
    /// <summary>Takes the lock, removes what a broken run has left, and lets the change work on the manifest.</summary>
    /// <exception cref="IngestionException">Another process writes the lake, it is damaged, or the disk does not let it
    /// be written; the lake is as it was then.</exception>
    public static T Run<T>(
        LakeLayout layout,
        IngestOptions options,
        IProgress<IngestProgress>? progress,
        Func<Manifest, T> change,
        CancellationToken cancellation
    )
    {
        try
        {
            using var held = IngestLock.Take(layout, options, progress, cancellation);
            var before = LostManifest.Read(layout, options);
            LeftOvers.Remove(layout, before);
            return change(before);
        }
        catch (Exception error) when (BrokenOff.IsOfTheDisk(error))
        {
            throw BrokenOff.Exception(layout, error);
        }
    }
}
