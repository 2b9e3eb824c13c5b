using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>The training table as bytes: one column of bin numbers for each feature that can split at all.</summary>
/// <remarks>
/// <c>Columns[u][row]</c> with u counting usable features, <see cref="Features"/> gives their place in the model.
/// The sums of all bins of all usable features lie in one array: feature u's begin at <c>Offsets[u]</c>.
/// </remarks>
sealed class BinnedTable
{
    BinnedTable(int rows, int[] features, FeatureBins[] bins, byte[][] columns)
    {
        RowCount = rows;
        Features = features;
        Bins = bins;
        Columns = columns;
        Offsets = new int[features.Length + 1];
        for (var u = 0; u < features.Length; u++)
            Offsets[u + 1] = Offsets[u] + bins[u].Slots;
    }

    public int RowCount { get; }

    /// <summary>Places in the model of the usable features, rising.</summary>
    public int[] Features { get; }

    public FeatureBins[] Bins { get; }

    public byte[][] Columns { get; }

    public int[] Offsets { get; }

    public static BinnedTable Make(FeatureTable table, TrainingOptions options, ParallelOptions parallel)
    {
        var bins = new FeatureBins[table.Features.Count];
        var columns = new byte[table.Features.Count][];
        Parallel.For(
            0,
            bins.Length,
            parallel,
            f =>
            {
                bins[f] = Binning.Find(table.Features[f].Type, table.Columns[f], options);
                columns[f] = Array.ConvertAll(table.Columns[f], bins[f].BinOf);
            }
        );
        int[] usable = [.. Enumerable.Range(0, bins.Length).Where(f => CanSplit(bins[f], columns[f]))];
        return new BinnedTable(
            table.RowCount,
            usable,
            [.. usable.Select(f => bins[f])],
            [.. usable.Select(f => columns[f])]
        );
    }

    static bool CanSplit(FeatureBins bins, byte[] column) =>
        bins.Count > 1 || (bins.Count == 1 && column.Contains((byte)bins.Missing));
}
