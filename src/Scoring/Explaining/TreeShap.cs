using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Exact path-dependent SHAP values: how much each feature moves a row's raw score from the expected one.</summary>
/// <remarks>
/// Lundberg et al. 2018 and 2020 with the training rows of each node as cover, as LightGBM's <c>predict_contrib</c>. The
/// contributions and the expected value add up to the raw score. <see cref="ExplainedTree"/> has the formula.
/// </remarks>
public sealed class TreeShap
{
    const int BlockRows = ExplainedTree.BlockRows;

    readonly BoostedTrees _model;
    readonly ExplainedTree[] _trees;
    readonly int _space;
    readonly int _mostNodes;

    public TreeShap(BoostedTrees model)
    {
        _model = model;
        foreach (var tree in model.Trees)
            if (tree.LeafTotal > 1 && tree.InternalCount[0] <= 0)
                throw new ScoringException(
                    "A tree of the model counts no rows in its root, expected the training rows of each node (internal_count). "
                        + "Contributions need them; retrain the model or score without reasons."
                );
        _trees = [.. model.Trees.Select(tree => new ExplainedTree(tree))];
        Expected = _trees.Sum(tree => tree.Expected);
        _space = _trees.Select(tree => tree.Space).Append(0).Max();
        _mostNodes = _trees.Select(tree => tree.Nodes.Length).Append(0).Max();
    }

    /// <summary>Mean raw score of the training rows.</summary>
    public double Expected { get; }

    /// <summary>A single row's contributions; for many rows make one <see cref="TreeShap"/> and keep it.</summary>
    /// <param name="row">One value a feature.</param>
    /// <param name="contributions">One a feature and then the expected value, in log-odds.</param>
    public static void Contributions(BoostedTrees model, ReadOnlySpan<double> row, Span<double> contributions) =>
        new TreeShap(model).Contributions(row, contributions);

    /// <inheritdoc cref="Contributions(BoostedTrees, ReadOnlySpan{double}, Span{double})"/>
    public void Contributions(ReadOnlySpan<double> row, Span<double> contributions)
    {
        var features = _model.Features.Count;
        if (row.Length != features || contributions.Length != features + 1)
            throw new InvalidOperationException($"{features} features need as many values and one contribution more.");
        var room = new Room(this);
        for (var t = 0; t < _trees.Length; t++)
        {
            var nodes = _trees[t].Nodes;
            for (var n = 0; n < nodes.Length; n++)
                room.GoLeft[n] = _model.Trees[t].GoesLeft(nodes[n].Node, row[nodes[n].Feature]) ? 1u : 0;
            _trees[t].AddTo(room.GoLeft, room.Agree, 1, room.Contributions, room.Space);
        }
        for (var f = 0; f < features; f++)
            contributions[f] = room.Contributions[f * BlockRows];
        contributions[features] = Expected;
    }

    /// <summary>Is told a row's contributions, one a feature.</summary>
    internal delegate void Explained(int row, ReadOnlySpan<double> contributions);

    /// <summary>Explains every row; the calls for different rows may come at the same time.</summary>
    internal void ForEachRow(
        float[][] columns,
        int rows,
        int threads,
        Explained explained,
        CancellationToken cancellation
    )
    {
        RowBlocks.Run(
            rows,
            BlockRows,
            threads,
            () => new Room(this),
            (room, from, until) =>
            {
                Block(columns, from, until, room);
                for (var row = from; row < until; row++)
                {
                    for (var f = 0; f < columns.Length; f++)
                        room.OfRow[f] = room.Contributions[f * BlockRows + row - from];
                    explained(row, room.OfRow);
                }
            },
            cancellation
        );
    }

    void Block(float[][] columns, int from, int until, Room room)
    {
        room.Codes.Fill(columns, from, until);
        Array.Clear(room.Contributions);
        for (var t = 0; t < _trees.Length; t++)
        {
            var nodes = _trees[t].Nodes;
            for (var n = 0; n < nodes.Length; n++)
                room.GoLeft[n] = room.Codes.GoLeft(t, nodes[n].Node, 0);
            _trees[t].AddTo(room.GoLeft, room.Agree, until - from, room.Contributions, room.Space);
        }
    }

    sealed class Room(TreeShap shap)
    {
        public BlockCodes Codes { get; } = new(shap._model.Forest.Questions);
        public ulong[] GoLeft { get; } = new ulong[shap._mostNodes];
        public ulong[] Agree { get; } = new ulong[2 * shap._mostNodes];
        public double[] Contributions { get; } = new double[shap._model.Features.Count * BlockRows];
        public double[] OfRow { get; } = new double[shap._model.Features.Count];
        public Aligned<double> Space { get; } = new(shap._space);
    }

    /// <summary>Each row's strongest contributions, largest magnitude first; ties by feature order; none of 0.</summary>
    /// <param name="count">Most reasons a row.</param>
    /// <param name="threads">Threads to use; 0 is all. The reasons do not depend on it.</param>
    /// <exception cref="ScoringException">The table lacks one of the model's features.</exception>
    public Reason[][] TopReasons(
        FeatureTable table,
        int count,
        int threads = 0,
        CancellationToken cancellation = default
    )
    {
        var columns = FeatureAlignment.Columns(_model.Features, table);
        var reasons = new Reason[table.RowCount][];
        ForEachRow(
            columns,
            table.RowCount,
            threads,
            (row, contributions) => reasons[row] = Strongest(columns, row, contributions, count),
            cancellation
        );
        return reasons;
    }

    Reason[] Strongest(float[][] columns, int row, ReadOnlySpan<double> contributions, int count)
    {
        Span<int> best = stackalloc int[Math.Min(count, contributions.Length)];
        best = best[..LargestFirst.Pick(contributions, best)];
        var reasons = new Reason[best.Length];
        for (var i = 0; i < best.Length; i++)
            reasons[i] = new Reason(_model.Features[best[i]].Name, columns[best[i]][row], contributions[best[i]]);
        return reasons;
    }
}
