using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Features;

/// <summary>What training learns from: the features of all snapshots, labelled with what came after.</summary>
public static class TrainingTable
{
    /// <summary>Builds it over the lake's whole catalogue, less what the settings leave out.</summary>
    /// <param name="home">Folder of a cut-off file that the settings may name.</param>
    /// <param name="asOf">The run's instant (UTC): nothing known later is used, for features, labels or consents.</param>
    /// <param name="keepOpen">Keeps rows whose horizon is still open, labelled NaN; otherwise every label is 0 or 1.</param>
    /// <param name="clicks">Which clicks are a machine's: the rule of a model that is to be judged; null is the home's.</param>
    /// <remarks>
    /// Of more rows than <see cref="HomeSettings.MostTrainingRows"/>, or than there is memory for, those of a share of the
    /// contacts are taken, all of a contact or none, so that every rate stays what it is.
    /// </remarks>
    /// <returns>Possibly without rows: when there is nothing to learn from yet.</returns>
    /// <exception cref="IngestionException">The lake or a file of cut-offs cannot be read.</exception>
    public static FeatureTable Build(
        string home,
        Lake lake,
        HomeSettings settings,
        DateTime asOf,
        bool keepOpen = false,
        ClickRule? clicks = null,
        int threads = 0,
        IProgress<(int Done, int Of)>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var features = FeatureCatalog.Of(lake, settings, asOf, cancellation);
        var span = LakeSpan.Read(lake, asOf, cancellation) ?? new LakeSpan(asOf, asOf);
        var delay = ReportingDelay.Days(lake, settings.Label, asOf, cancellation);
        var label = settings.Label with { ReportingDelayDays = delay };
        var options = new FeatureBuildOptions(asOf, settings with { Label = label })
        {
            Labelled = true,
            DataEnd = span.Last,
            KeepOpen = keepOpen,
            Clicks = clicks ?? MachineRules.Load(home).Clicks,
            Threads = threads,
        };
        var cutoffs = Snapshots.Of(home, settings, span, cancellation);
        var most = Math.Min(settings.MostTrainingRows, RowsInMemory(features.Count));
        var share = ShareOf(lake, cutoffs, options, most, cancellation);
        return FeatureBuild.Run(lake, features, cutoffs, options with { ContactShare = share }, progress, cancellation);
    }

    // What training copies and bins comes to about so much a cell.
    static long RowsInMemory(int features)
    {
        const long BytesOfCell = 40;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 8;
        return Math.Max(1000, memory / (BytesOfCell * Math.Max(1, features)));
    }

    // Who may be profiled has said so, so that there cannot be more rows than statements and instants; where there can be
    // too many, those of a few contacts are counted.
    static double ShareOf(
        Lake lake,
        Cutoffs cutoffs,
        FeatureBuildOptions options,
        long most,
        CancellationToken cancellation
    )
    {
        const double Few = 1 / 16.0;
        if (lake.Count(LakeTable.Consents) * cutoffs.Most <= most)
            return 1;
        var rows = 0L;
        FeatureBuild.Stream(
            lake,
            [],
            cutoffs,
            options with
            {
                ContactShare = Few,
            },
            (_, piece) => Interlocked.Add(ref rows, piece.RowCount),
            cancellation: cancellation
        );
        return Math.Min(1, most * Few / Math.Max(rows, 1));
    }
}
