using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>The training table as bytes: the bins of every feature that can split at all, several small ones a byte.</summary>
/// <remarks>
/// u counts usable features, <see cref="Features"/> gives their place in the model. A tile is eight lanes side by side.
/// The sums of all codes of all lanes lie in one histogram: lane l's begin at <c>Offsets[l]</c>.
/// </remarks>
sealed class BinnedTable
{
    BinnedTable(int[] features, FeatureBins[] bins, Lane[] lanes, BinnedRows rows)
    {
        Features = features;
        Bins = bins;
        Lanes = lanes;
        Rows = rows;
        Places = new (int, LaneMember)[features.Length];
        Offsets = new int[lanes.Length + 1];
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            Offsets[lane + 1] = Offsets[lane] + lanes[lane].Slots;
            foreach (var member in lanes[lane].Members)
                Places[member.Feature] = (lane, member);
        }
    }

    public int RowCount => Rows.Count;

    /// <summary>Places in the model of the usable features, rising.</summary>
    public int[] Features { get; }

    public FeatureBins[] Bins { get; }

    public Lane[] Lanes { get; }

    /// <summary>Where a usable feature's bins are: its lane and what part of the lane's code.</summary>
    public (int Lane, LaneMember Member)[] Places { get; }

    public int[] Offsets { get; }

    public BinnedRows Rows { get; }

    public int Tiles => (Lanes.Length + HistogramKernel.Lanes - 1) / HistogramKernel.Lanes;

    public static BinnedTable Make(FeatureTable table, TrainingOptions options, Crew crew)
    {
        var found = new FeatureBins[table.Features.Count];
        var cells = (long)table.RowCount * found.Length;
        crew.Run(
            found.Length,
            cells,
            (f, _) => found[f] = Binning.Find(table.Features[f].Type, table.Columns[f], table.Weights, options)
        );
        int[] usable = [.. Enumerable.Range(0, found.Length).Where(f => CanSplit(found[f], table.Columns[f]))];
        FeatureBins[] bins = [.. usable.Select(f => found[f])];
        var lanes = Lane.Pack([.. bins.Select(b => b.Slots)]);
        var columns = Array.ConvertAll(usable, f => table.Columns[f]);
        return new BinnedTable(usable, bins, lanes, new BinnedRows(columns, table.RowCount, bins, lanes, true, crew));
    }

    /// <summary>Other rows in the same lanes.</summary>
    /// <param name="columns">One a feature of the model.</param>
    public BinnedRows Code(float[][] columns, int rows, Crew crew) =>
        new(Array.ConvertAll(Features, f => columns[f]), rows, Bins, Lanes, tiled: false, crew);

    /// <summary>Of two bins rows must differ: values, or values and missing ones.</summary>
    static bool CanSplit(FeatureBins bins, float[] column) =>
        bins.Count > 1
        || (
            Array.Exists(column, value => bins.BinOf(value) == bins.Missing)
            && Array.Exists(column, value => bins.BinOf(value) != bins.Missing)
        );
}
