using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>Chooses the bins of a feature from its training values.</summary>
static class Binning
{
    /// <summary>Cuts come from at most this many rows, evenly spread over the table; all rows are then binned by them.</summary>
    const int SampleRows = 200_000;

    public static FeatureBins Find(FeatureType type, float[] column, TrainingOptions options) =>
        type == FeatureType.Categorical ? Levels(column, options) : Numbers(column, options.Bins);

    static FeatureBins Numbers(float[] column, int most)
    {
        var values = Sample(column);
        Array.Sort(values);
        var (distinct, rows) = Distinct(values);
        return FeatureBins.Numeric(distinct.Count <= most ? AllCuts(distinct) : QuantileCuts(distinct, rows, most));
    }

    static float[] Sample(float[] column)
    {
        var step = Math.Max(1.0, column.Length / (double)SampleRows);
        var sample = new float[Math.Min(column.Length, SampleRows)];
        var kept = 0;
        for (var i = 0; i < sample.Length; i++)
            if (column[(int)(i * step)] is var value && !float.IsNaN(value))
                sample[kept++] = value;
        return sample[..kept];
    }

    static (List<float> Values, List<int> Rows) Distinct(float[] sorted)
    {
        var values = new List<float>();
        var rows = new List<int>();
        foreach (var value in sorted)
        {
            if (values.Count == 0 || value > values[^1])
            {
                values.Add(value);
                rows.Add(0);
            }
            rows[^1]++;
        }
        return (values, rows);
    }

    static double[] AllCuts(List<float> distinct)
    {
        var cuts = new double[Math.Max(0, distinct.Count - 1)];
        for (var i = 0; i < cuts.Length; i++)
            cuts[i] = Between(distinct[i], distinct[i + 1]);
        return cuts;
    }

    /// <summary>
    /// A bin closes when it holds its fair share of the rows that are left for the bins that are left, so that one
    /// frequent value takes one bin and does not cost the others theirs.
    /// </summary>
    static double[] QuantileCuts(List<float> distinct, List<int> rows, int most)
    {
        var cuts = new List<double>(most - 1);
        long left = 0;
        foreach (var count in rows)
            left += count;
        long held = 0;
        for (var i = 0; i + 1 < distinct.Count && cuts.Count < most - 1; i++)
        {
            held += rows[i];
            var share = left / (double)(most - cuts.Count);
            if (held < share && held + rows[i + 1] / 2.0 < share)
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
                rows[(int)value] = rows.GetValueOrDefault((int)value) + 1;
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
