namespace LeadScoring.Scoring.Evaluation;

/// <summary>Figures of a ranking and of likelihoods on labelled rows, each row weighing the same.</summary>
/// <remarks>Labels are 0 or 1, likelihoods 0 to 1; a figure that the rows cannot give (one class only) is NaN.</remarks>
public static class Metrics
{
    /// <summary>Smallest likelihood the log loss believes: a certain mistake costs 34.5, not infinity.</summary>
    public const double Smallest = 1e-15;

    /// <summary>Area under the ROC curve, ties counting half.</summary>
    public static double RocAuc(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels) =>
        new Ranking(scores, labels).RocAuc(Ones(scores.Length));

    /// <summary>Average precision (area under the precision-recall steps).</summary>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels) =>
        new Ranking(scores, labels).AveragePrecision(Ones(scores.Length));

    /// <summary>Positive rate among the top share of rows over the positive rate of all.</summary>
    public static double Lift(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, double share)
    {
        Span<double> found = stackalloc double[1];
        var (_, positives) = new Ranking(scores, labels).Top(Ones(scores.Length), [share], found);
        return positives > 0 ? found[0] / positives / share : double.NaN;
    }

    /// <summary>Share of positives among the <paramref name="places"/> highest scores.</summary>
    public static double Precision(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, int places)
    {
        if (scores.Length == 0)
            return double.NaN;
        var share = Math.Min(1, (double)places / scores.Length);
        Span<double> found = stackalloc double[1];
        var (rows, _) = new Ranking(scores, labels).Top(Ones(scores.Length), [share], found);
        return found[0] / (share * rows);
    }

    /// <summary>Mean of -ln of the likelihood given to what happened.</summary>
    public static double LogLoss(ReadOnlySpan<double> likelihoods, ReadOnlySpan<float> labels)
    {
        double sum = 0;
        for (var row = 0; row < labels.Length; row++)
            sum += LogLoss(likelihoods[row], labels[row]);
        return sum / labels.Length;
    }

    /// <summary>-ln of the likelihood given to what happened to one row.</summary>
    public static double LogLoss(double likelihood, float label) =>
        -Math.Log(Math.Max(Smallest, label == 1 ? likelihood : 1 - likelihood));

    /// <summary>Mean squared difference of likelihood and label.</summary>
    public static double Brier(ReadOnlySpan<double> likelihoods, ReadOnlySpan<float> labels)
    {
        double sum = 0;
        for (var row = 0; row < labels.Length; row++)
            sum += (likelihoods[row] - labels[row]) * (likelihoods[row] - labels[row]);
        return sum / labels.Length;
    }

    /// <summary>Expected calibration error over bins of (nearly) equally many rows.</summary>
    public static double CalibrationError(ReadOnlySpan<double> likelihoods, ReadOnlySpan<float> labels, int bins = 10)
    {
        var likelihoodBins = new LikelihoodBins(likelihoods, bins);
        return likelihoodBins.CalibrationError(likelihoods, labels, Ones(labels.Length));
    }

    internal static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
