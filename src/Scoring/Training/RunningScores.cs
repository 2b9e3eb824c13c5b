namespace LeadScoring.Scoring.Training;

/// <summary>Raw scores of rows while trees are added, and the derivatives of the loss at them.</summary>
sealed class RunningScores
{
    const int BlockRows = 8192;

    readonly float[] _labels;
    readonly float[] _weights;
    readonly double[] _scores;
    readonly GradientSpread[] _spreads;

    public RunningScores(float[] labels, float[] weights, double prior)
    {
        (_labels, _weights) = (labels, weights);
        _scores = new double[labels.Length];
        Array.Fill(_scores, prior);
        _spreads = new GradientSpread[(labels.Length + BlockRows - 1) / BlockRows];
    }

    /// <summary>Adds the value of each row's leaf, then writes the derivatives.</summary>
    /// <param name="values">Of each leaf of the tree grown last.</param>
    /// <param name="leafOf">The leaf of each row.</param>
    public GradientSpread Advance(double[] values, ushort[] leafOf, Gradients into, Crew crew)
    {
        var work = 4L * _scores.Length;
        crew.Run(_spreads.Length, work, (block, _) => _spreads[block] = Advance(block, values, leafOf, into));
        var all = default(GradientSpread);
        foreach (var spread in _spreads)
            all += spread;
        return all;
    }

    GradientSpread Advance(int block, double[] values, ushort[] leafOf, Gradients into)
    {
        var from = block * BlockRows;
        var count = Math.Min(BlockRows, _scores.Length - from);
        var scores = _scores.AsSpan(from, count);
        var leaves = leafOf.AsSpan(from, count);
        for (var i = 0; i < scores.Length; i++)
            scores[i] += values[leaves[i]];
        return LogLoss.Derivatives(
            scores,
            _labels.AsSpan(from, count),
            _weights.Length == 0 ? [] : _weights.AsSpan(from, count),
            into.First.AsSpan(from, count),
            into.Second.AsSpan(from, count)
        );
    }
}
