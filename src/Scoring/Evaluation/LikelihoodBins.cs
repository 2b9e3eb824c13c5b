namespace LeadScoring.Scoring.Evaluation;

/// <summary>Rows put into bins of (nearly) equally many by likelihood; equal likelihoods are never torn apart.</summary>
public sealed class LikelihoodBins
{
    readonly int[] bin;

    public LikelihoodBins(ReadOnlySpan<double> likelihoods, int most)
    {
        var count = likelihoods.Length;
        var keys = likelihoods.ToArray();
        var order = new int[count];
        for (var row = 0; row < count; row++)
            order[row] = row;
        Array.Sort(keys, order);
        bin = new int[count];
        var last = -1;
        for (int from = 0, to; from < count; from = to)
        {
            to = from + 1;
            while (to < count && keys[to] == keys[from])
                to++;
            // The middle of the tie decides, so that a tie lands where most of it would.
            var wanted = (int)((from + to) / 2.0 / count * most);
            if (wanted != last)
            {
                last = wanted;
                Count++;
            }
            for (var place = from; place < to; place++)
                bin[order[place]] = Count - 1;
        }
    }

    /// <summary>Bins that hold rows, from the lowest likelihoods (0) up.</summary>
    public int Count { get; private set; }

    /// <summary>The bin of a row.</summary>
    public int this[int row] => bin[row];

    /// <summary>Mean over rows of |mean likelihood - observed rate| of the row's bin (expected calibration error).</summary>
    public double CalibrationError(
        ReadOnlySpan<double> likelihoods,
        ReadOnlySpan<float> labels,
        ReadOnlySpan<double> weights
    )
    {
        var gap = new double[Count];
        double total = 0;
        for (var row = 0; row < bin.Length; row++)
        {
            gap[bin[row]] += weights[row] * (likelihoods[row] - labels[row]);
            total += weights[row];
        }
        return gap.Sum(Math.Abs) / total;
    }
}
