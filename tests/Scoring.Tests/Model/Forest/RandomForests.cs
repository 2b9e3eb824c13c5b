using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Explaining;

namespace LeadScoring.Scoring.Tests.Model.Forest;

/// <summary>Forests and columns at random that meet each other where it is tight.</summary>
static class RandomForests
{
    static readonly float[] Delicate =
    [
        0,
        -0f,
        float.Epsilon,
        -float.Epsilon,
        1e-35f,
        -1e-35f,
        1.0000001e-35f,
        2e-36f,
        float.MaxValue,
        float.MinValue,
        float.PositiveInfinity,
        float.NegativeInfinity,
        float.NaN,
        -0.5f,
        127,
        128,
        255,
        256,
        1e30f,
    ];

    /// <summary>All decision types, thresholds among the delicate ones, sets of up to 400 levels.</summary>
    public static Tree Tree(Random random, int leaves, int features)
    {
        var tree = RandomTrees.Tree(random, leaves, features);
        var bits = new List<uint>();
        List<int> starts = [0];
        for (var node = 0; node < tree.SplitFeature.Length; node++)
        {
            if ((tree.DecisionType[node] & Scoring.Model.Tree.CategoricalBit) != 0)
            {
                tree.Threshold[node] = starts.Count - 1;
                // Few levels, levels of every column, and none at all.
                var words = random.Next(4) == 0 ? random.Next(13) : 1;
                for (var word = 0; word < words; word++)
                    bits.Add((uint)random.NextInt64(1L << 32) & (uint)random.NextInt64(1L << 32));
                starts.Add(bits.Count);
            }
            else if (random.Next(3) == 0)
                tree.Threshold[node] = Threshold(random);
        }
        return tree with { CategoryBits = [.. bits], CategoryStart = [.. starts] };
    }

    /// <summary>Thresholds of the trees themselves, their float neighbours, levels and delicate values.</summary>
    public static float[] Column(Random random, IReadOnlyList<Tree> trees, int rows)
    {
        double[] thresholds = [.. trees.SelectMany(tree => tree.Threshold).DefaultIfEmpty(1)];
        var column = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var threshold = (float)thresholds[random.Next(thresholds.Length)];
            column[row] = random.Next(7) switch
            {
                0 => threshold,
                1 => MathF.BitIncrement(threshold),
                2 => MathF.BitDecrement(threshold),
                3 => Delicate[random.Next(Delicate.Length)],
                4 => random.Next(-2, 430) + (random.Next(2) == 0 ? 0 : 0.7f),
                5 => float.NaN,
                _ => random.Next(-1, 8),
            };
        }
        return column;
    }

    static double Threshold(Random random)
    {
        var delicate = Delicate[random.Next(Delicate.Length)];
        return random.Next(4) switch
        {
            0 => delicate + double.Epsilon,
            1 => delicate * (1 + 1e-12),
            2 => random.Next(2) == 0 ? 1e300 : -1e300,
            _ => delicate,
        };
    }
}
