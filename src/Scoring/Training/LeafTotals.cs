namespace LeadScoring.Scoring.Training;

/// <summary>Sums of the derivatives as they are, not of their levels, over the rows of each leaf of a grown tree.</summary>
/// <remarks>
/// Leaves take their values from these sums (leaf renewal), so that rounding may cost a split at most, never a value. Sums
/// are made in fixed blocks and added in order: the same bits for any number of threads.
/// </remarks>
sealed class LeafTotals(Gradients gradients, int rows)
{
    const int BlockRows = 8192;

    readonly List<(int Leaf, int From, int Until)> _blocks = [];
    (double First, double Second)[] _ofBlock = [];

    /// <summary>The leaf each row lies in; rows the tree did not see keep what they had.</summary>
    public ushort[] LeafOf { get; } = new ushort[rows];

    /// <summary>Sums of each leaf, in leaf order.</summary>
    public (double First, double Second)[] Of(IReadOnlyList<GrowingLeaf> leaves, RowPartition partition, Crew crew)
    {
        _blocks.Clear();
        foreach (var leaf in leaves)
            for (var from = leaf.From; from < leaf.Until; from += BlockRows)
                _blocks.Add((leaf.Index, from, Math.Min(leaf.Until, from + BlockRows)));
        if (_ofBlock.Length < _blocks.Count)
            Array.Resize(ref _ofBlock, _blocks.Count);
        crew.Run(_blocks.Count, partition.Count, (block, _) => _ofBlock[block] = Sum(_blocks[block], partition));
        var sums = new (double First, double Second)[leaves.Count];
        for (var block = 0; block < _blocks.Count; block++)
        {
            ref var sum = ref sums[_blocks[block].Leaf];
            sum = (sum.First + _ofBlock[block].First, sum.Second + _ofBlock[block].Second);
        }
        return sums;
    }

    (double First, double Second) Sum((int Leaf, int From, int Until) block, RowPartition partition)
    {
        var (first, second) = (0.0, 0.0);
        var (ofFirst, ofSecond, leafOf) = (gradients.First, gradients.Second, LeafOf);
        foreach (var row in partition.Rows(block.From, block.Until))
        {
            first += ofFirst[row];
            second += ofSecond[row];
            leafOf[row] = (ushort)block.Leaf;
        }
        return (first, second);
    }
}
