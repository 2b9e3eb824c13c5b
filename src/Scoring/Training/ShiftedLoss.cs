namespace LeadScoring.Scoring.Training;

/// <summary>Mean log loss of raw scores at the constant shift that makes it least.</summary>
/// <remarks>
/// The share of ones drifts from month to month, and the calibration that follows corrects it anyway: a drifted share must
/// not end training early or keep it going. With rows of one class only, the shift is 0.
/// </remarks>
sealed class ShiftedLoss(float[] labels, float[] weights, Crew crew)
{
    const int BlockRows = 4096;

    readonly (double Loss, double Slope, double Curve, double Weight)[] _blocks = new (double, double, double, double)[
        (labels.Length + BlockRows - 1) / BlockRows
    ];
    readonly bool _shifts = labels.Contains(0f) && labels.Contains(1f);
    double _shift;

    /// <summary>The loss of these scores, found by Newton's method from the last shift.</summary>
    public double Of(double[] scores)
    {
        for (var step = 0; ; step++)
        {
            var (loss, slope, curve, weight) = Sums(scores);
            if (!_shifts)
                return loss / weight;
            var move = Math.Clamp(-slope / (curve + 1e-12), -2, 2);
            _shift += move;
            if (Math.Abs(move) < 1e-4 || step == 30)
                return (loss + slope * move / 2) / weight;
        }
    }

    (double Loss, double Slope, double Curve, double Weight) Sums(double[] scores)
    {
        crew.Run(_blocks.Length, 8L * scores.Length, (block, _) => _blocks[block] = Sums(scores, block));
        var sum = (Loss: 0.0, Slope: 0.0, Curve: 0.0, Weight: 0.0);
        foreach (var (loss, slope, curve, weight) in _blocks)
            sum = (sum.Loss + loss, sum.Slope + slope, sum.Curve + curve, sum.Weight + weight);
        return sum;
    }

    (double Loss, double Slope, double Curve, double Weight) Sums(double[] scores, int block)
    {
        var from = block * BlockRows;
        var count = Math.Min(BlockRows, scores.Length - from);
        return LogLoss.Sums(
            scores.AsSpan(from, count),
            labels.AsSpan(from, count),
            weights.Length == 0 ? [] : weights.AsSpan(from, count),
            _shift
        );
    }
}
