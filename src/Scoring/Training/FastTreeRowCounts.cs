using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Training;

/// <summary>Counts the training rows in every node, which FastTree does not keep and reasons need, by running them once.</summary>
/// <remarks>
/// The weight of a node, the sum of second derivatives elsewhere, is its rows as well; an inner node's value is the mean of
/// its rows' leaves.
/// </remarks>
static class FastTreeRowCounts
{
    /// <param name="columns">One a feature.</param>
    /// <param name="threads">Threads to use; 0 is all.</param>
    public static Tree[] Added(
        IReadOnlyList<Tree> trees,
        float[][] columns,
        int rows,
        int threads,
        CancellationToken cancellation
    )
    {
        var counted = new Tree[trees.Count];
        RowBlocks.Run(
            trees.Count,
            blockRows: 1,
            threads,
            () => 0,
            (_, tree, _) =>
            {
                var leaves = new long[trees[tree].LeafTotal];
                for (var row = 0; row < rows; row++)
                    leaves[trees[tree].LeafOf(columns, row)]++;
                counted[tree] = With(trees[tree], leaves);
            },
            cancellation
        );
        return counted;
    }

    static Tree With(Tree tree, long[] leaves)
    {
        var nodes = tree.SplitFeature.Length;
        var (counts, sums) = (new long[nodes], new double[nodes]);
        foreach (var node in tree.ParentsFirst().Reverse())
        foreach (var child in new[] { tree.LeftChild[node], tree.RightChild[node] })
        {
            counts[node] += child < 0 ? leaves[~child] : counts[child];
            sums[node] += child < 0 ? leaves[~child] * tree.LeafValue[~child] : sums[child];
        }
        return tree with
        {
            LeafCount = leaves,
            LeafWeight = Array.ConvertAll(leaves, rows => (double)rows),
            InternalCount = counts,
            InternalWeight = Array.ConvertAll(counts, rows => (double)rows),
            InternalValue = [.. sums.Zip(counts, (sum, rows) => rows == 0 ? 0 : sum / rows)],
        };
    }
}
