using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Watches the loss on validation rows and says when more trees no longer help.</summary>
/// <remarks>
/// The loss is log loss at the best constant shift of the raw scores: the share of ones drifts from month to month, the
/// calibration that follows corrects it anyway, and a drifted share must not end training early or keep it going. With
/// validation rows of one class only, the shift is 0.
/// </remarks>
sealed class EarlyStopping
{
    const int BlockRows = 4096;

    readonly float[] _labels;
    readonly float[] _weights;
    readonly float[][] _columns;
    readonly double[] _scores;
    readonly int _patience;
    readonly ParallelOptions _parallel;
    readonly (double Loss, double Slope, double Curve, double Weight)[] _blocks;
    readonly bool _shifts;
    double _shift;

    public EarlyStopping(
        FeatureTable validation,
        IReadOnlyList<Feature> features,
        double prior,
        int patience,
        ParallelOptions parallel
    )
    {
        _columns = FeatureAlignment.Columns(features, validation);
        _labels = validation.Labels;
        _weights = validation.Weights;
        _scores = new double[validation.RowCount];
        Array.Fill(_scores, prior);
        _patience = patience;
        _parallel = parallel;
        _blocks = new (double, double, double, double)[(validation.RowCount + BlockRows - 1) / BlockRows];
        _shifts = _labels.Contains(0f) && _labels.Contains(1f);
    }

    /// <summary>Trees that gave the lowest loss; at least one, for a constant cannot rank.</summary>
    public int BestTrees { get; private set; } = 1;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds a tree to the validation scores.</summary>
    /// <param name="trees">Trees so far, this one included.</param>
    /// <returns>Whether the loss has not fallen for as many trees as was asked to wait.</returns>
    public bool Ends(Tree tree, int trees)
    {
        var masks = new TreeMasks(tree);
        Blocks.Run(
            _scores.Length,
            TreeMasks.BlockRows,
            _parallel,
            (_, from, until) => masks.AddTo(_columns, from, until, _scores)
        );
        var loss = Loss();
        if (loss < BestLoss)
            (BestLoss, BestTrees) = (loss, trees);
        return trees - BestTrees >= _patience;
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
        Blocks.Run(
            _scores.Length,
            BlockRows,
            _parallel,
            (block, from, until) => _blocks[block] = LogLoss.Sums(_scores, _labels, _weights, _shift, from, until)
        );
        var sum = (Loss: 0.0, Slope: 0.0, Curve: 0.0, Weight: 0.0);
        foreach (var (loss, slope, curve, weight) in _blocks)
            sum = (sum.Loss + loss, sum.Slope + slope, sum.Curve + curve, sum.Weight + weight);
        return sum;
    }
}
