using LeadScoring.Ingestion.Features;

namespace LeadScoring.Benchmarks.Trees;

/// <summary>Rows drawn from a seed: a table with labels, and the true log-odds that nobody else knows.</summary>
sealed class LabelledRows
{
    const double PositiveShare = 0.03;

    /// <summary>The start is found on this many rows, so that it does not depend on how many are asked for.</summary>
    const int StartRows = 50_000;

    LabelledRows(FeatureTable table, double[] truth)
    {
        Table = table;
        Truth = truth;
    }

    public FeatureTable Table { get; }

    public double[] Truth { get; }

    /// <summary>Rows <paramref name="from"/> and after of the endless table that the seed stands for.</summary>
    public static LabelledRows Draw(int seed, long from, int rows, int features)
    {
        var start = Start(seed, features);
        var columns = new float[features][];
        for (var f = 0; f < features; f++)
            columns[f] = new float[rows];
        var labels = new float[rows];
        var truth = new double[rows];
        Parallel.For(
            0,
            rows,
            () => new float[features],
            (row, _, values) =>
            {
                var chance = new RowChance(seed, from + row);
                Drawing.Fill(ref chance, values);
                truth[row] = start + Trees.Truth.LogOdds(values);
                labels[row] = chance.Even() < 1 / (1 + Math.Exp(-truth[row])) ? 1 : 0;
                for (var f = 0; f < values.Length; f++)
                    columns[f][row] = values[f];
                return values;
            },
            _ => { }
        );
        Feature[] names = [.. Enumerable.Range(0, features).Select(f => Feature.Numeric(Drawing.Name(f), "value"))];
        var contacts = new string[rows];
        Array.Fill(contacts, "");
        return new LabelledRows(new FeatureTable(names, contacts, new DateTime[rows], columns, labels), truth);
    }

    /// <summary>The start at which the mean likelihood is the share of positives, by bisection.</summary>
    static double Start(int seed, int features)
    {
        var odds = new double[StartRows];
        var values = new float[features];
        for (var row = 0; row < odds.Length; row++)
        {
            var chance = new RowChance(seed, row);
            Drawing.Fill(ref chance, values);
            odds[row] = Trees.Truth.LogOdds(values);
        }
        var (low, high) = (-20.0, 20.0);
        for (var step = 0; step < 50; step++)
        {
            var middle = (low + high) / 2;
            if (odds.Average(value => 1 / (1 + Math.Exp(-middle - value))) < PositiveShare)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
