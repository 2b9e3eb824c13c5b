using LeadScoring.Ingestion.Addresses;

namespace LeadScoring.Ingestion;

/// <summary>What every change of a lake begins with and how it breaks off.</summary>
static class LakeChange
{
    /// <summary>Takes the lock, removes what a broken run has left, and lets the change work on the manifest; whoever keeps addresses settles them last.</summary>
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
        var isChanged = false;
        try
        {
            using var held = IngestLock.Take(layout, options, progress, cancellation);
            var before = LostManifest.Read(layout, options);
            LeftOvers.Remove(layout, before);
            var result = change(before);
            isChanged = true;
            if (options.Addresses is { } addresses)
            {
                var lake = Lake.Of(layout, Manifest.Read(layout, options.Buckets));
                addresses.Settle(new AddressOwners(lake, options.Time), cancellation);
            }
            return result;
        }
        catch (Exception error) when (!isChanged && BrokenOff.IsOfTheDisk(error))
        {
            throw BrokenOff.Exception(layout, error);
        }
    }
}
