using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>Chooses the bins of a feature from its training values.</summary>
static class Binning
{
    /// <summary>Cuts come from at most this many rows, evenly spread over the table; all rows are then binned by them.</summary>
    const int SampleRows = 200_000;

    /// <param name="weights">Weight of each row, or empty for 1 each: bins of many values hold like weights, not like rows.</param>
    public static FeatureBins Find(FeatureType type, float[] column, float[] weights, TrainingOptions options) =>
        type == FeatureType.Categorical ? Levels(column, options) : Numbers(column, weights, options.Bins);

    static FeatureBins Numbers(float[] column, float[] weights, int most)
    {
        var (values, weigh) = Sample(column, weights);
        if (weigh.Length == 0)
            SortedFloats.Sort(values);
        else
            Array.Sort(values, weigh);
        var (distinct, held) = Distinct(values, weigh);
        return FeatureBins.Numeric(distinct.Count <= most ? AllCuts(distinct) : QuantileCuts(distinct, held, most));
    }

    static (float[] Values, float[] Weights) Sample(float[] column, float[] weights)
    {
        var step = Math.Max(1.0, column.Length / (double)SampleRows);
        var sample = new float[Math.Min(column.Length, SampleRows)];
        var weigh = new float[weights.Length == 0 ? 0 : sample.Length];
        var kept = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            var row = (int)(i * step);
            if (float.IsNaN(column[row]))
                continue;
            if (weigh.Length > 0)
                weigh[kept] = weights[row];
            sample[kept++] = column[row];
        }
        return (sample[..kept], weigh.Length == 0 ? weigh : weigh[..kept]);
    }

    static (List<float> Values, List<double> Held) Distinct(float[] sorted, float[] weights)
    {
        var values = new List<float>();
        var held = new List<double>();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (values.Count == 0 || sorted[i] > values[^1])
            {
                values.Add(sorted[i]);
                held.Add(0);
            }
            held[^1] += weights.Length == 0 ? 1 : weights[i];
        }
        return (values, held);
    }

    static double[] AllCuts(List<float> distinct)
    {
        var cuts = new double[Math.Max(0, distinct.Count - 1)];
        for (var i = 0; i < cuts.Length; i++)
            cuts[i] = Between(distinct[i], distinct[i + 1]);
        return cuts;
    }

    /// <summary>
    /// A bin closes when it holds its fair share of the weight that is left for the bins that are left, so that one
    /// frequent value takes one bin and does not cost the others theirs.
    /// </summary>
    static double[] QuantileCuts(List<float> distinct, List<double> weights, int most)
    {
        var cuts = new List<double>(most - 1);
        var left = weights.Sum();
        var held = 0.0;
        for (var i = 0; i + 1 < distinct.Count && cuts.Count < most - 1; i++)
        {
            held += weights[i];
            var share = left / (most - cuts.Count);
            if (held < share && held + (weights[i + 1] / 2) < share)
                continue;
            cuts.Add(Between(distinct[i], distinct[i + 1]));
            left -= held;
            held = 0;
        }
        return [.. cuts];
    }

    /// <summary>Midpoint of two different floats; exact enough in double never to fall on the greater.</summary>
    static double Between(float lower, float upper) => ((double)lower + upper) / 2;

    /// <summary>The most frequent levels (ties: the lower code), without those of too few rows.</summary>
    static FeatureBins Levels(float[] column, TrainingOptions options)
    {
        var rows = new Dictionary<int, int>();
        foreach (var value in column)
            if (!float.IsNaN(value))
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(rows, (int)value, out _)++;
        return FeatureBins.Categorical([
            .. rows.Where(level => level.Value >= options.MinimumLevelRows)
                .OrderByDescending(level => level.Value)
                .ThenBy(level => level.Key)
                .Take(options.Bins)
                .Select(level => level.Key)
                .Order(),
        ]);
    }
}
