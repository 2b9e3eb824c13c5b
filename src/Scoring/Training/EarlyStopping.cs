using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Watches the loss on validation rows and says when more trees no longer help.</summary>
/// <remarks>
/// The loss is log loss at the best constant shift of the raw scores: the share of ones drifts from month to month, the
/// calibration that follows corrects it anyway, and a drifted share must not end training early or keep it going. With
/// validation rows of one class only, the shift is 0. The rows are coded once, as the training rows are.
/// </remarks>
sealed class EarlyStopping
{
    const int BlockRows = 4096;

    readonly float[] _labels;
    readonly float[] _weights;
    readonly BinnedRows _rows;
    readonly double[] _scores;
    readonly ushort[] _leafOf;
    readonly int _patience;
    readonly Crew _crew;
    readonly (double Loss, double Slope, double Curve, double Weight)[] _blocks;
    readonly bool _shifts;
    double _shift;

    public EarlyStopping(
        FeatureTable validation,
        IReadOnlyList<Feature> features,
        BinnedTable table,
        double prior,
        int patience,
        Crew crew
    )
    {
        _rows = table.Code(FeatureAlignment.Columns(features, validation), validation.RowCount, crew);
        _labels = validation.Labels;
        _weights = validation.Weights;
        _scores = new double[validation.RowCount];
        _leafOf = new ushort[validation.RowCount];
        Array.Fill(_scores, prior);
        _patience = patience;
        _crew = crew;
        _blocks = new (double, double, double, double)[(validation.RowCount + BlockRows - 1) / BlockRows];
        _shifts = _labels.Contains(0f) && _labels.Contains(1f);
    }

    /// <summary>Trees that gave the lowest loss; at least one, for a constant cannot rank.</summary>
    public int BestTrees { get; private set; } = 1;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds a tree to the validation scores.</summary>
    /// <param name="values">Of its leaves.</param>
    /// <param name="trees">Trees so far, this one included.</param>
    /// <returns>Whether the loss has not fallen for as many trees as was asked to wait.</returns>
    public bool Ends(CodedTree tree, double[] values, int trees)
    {
        _crew.Run(_blocks.Length, 8L * _scores.Length, (block, _) => Add(tree, values, block));
        var loss = Loss();
        if (loss < BestLoss)
            (BestLoss, BestTrees) = (loss, trees);
        return trees - BestTrees >= _patience;
    }

    void Add(CodedTree tree, double[] values, int block)
    {
        var (from, until) = (block * BlockRows, Math.Min(_scores.Length, (block + 1) * BlockRows));
        tree.Walk(_rows, from, until, _leafOf);
        for (var row = from; row < until; row++)
            _scores[row] += values[_leafOf[row]];
    }

    /// <summary>Mean loss at the best shift, found by Newton's method from the last tree's.</summary>
    double Loss()
    {
        for (var step = 0; ; step++)
        {
            var (loss, slope, curve, weight) = Sums();
            if (!_shifts)
                return loss / weight;
            var move = Math.Clamp(-slope / (curve + 1e-12), -2, 2);
            _shift += move;
            if (Math.Abs(move) < 1e-4 || step == 30)
                return (loss + slope * move / 2) / weight;
        }
    }

    (double Loss, double Slope, double Curve, double Weight) Sums()
    {
        _crew.Run(_blocks.Length, 8L * _scores.Length, (block, _) => _blocks[block] = Sums(block));
        var sum = (Loss: 0.0, Slope: 0.0, Curve: 0.0, Weight: 0.0);
        foreach (var (loss, slope, curve, weight) in _blocks)
            sum = (sum.Loss + loss, sum.Slope + slope, sum.Curve + curve, sum.Weight + weight);
        return sum;
    }

    (double Loss, double Slope, double Curve, double Weight) Sums(int block)
    {
        var from = block * BlockRows;
        var count = Math.Min(BlockRows, _scores.Length - from);
        return LogLoss.Sums(
            _scores.AsSpan(from, count),
            _labels.AsSpan(from, count),
            _weights.Length == 0 ? [] : _weights.AsSpan(from, count),
            _shift
        );
    }
}
