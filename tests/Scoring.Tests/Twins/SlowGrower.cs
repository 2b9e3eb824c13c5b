using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Twins;

/// <summary>Grows a tree of numeric questions by trying every bin of every feature of every leaf on its rows one by one.</summary>
sealed class SlowGrower(BinnedTable table, Gradients gradients, TrainingOptions options)
{
    /// <param name="Features">Usable feature of each node.</param>
    /// <param name="Nodes">Rows of each node.</param>
    /// <param name="Leaves">Rows of each leaf.</param>
    public sealed record Grown(List<int> Features, List<double> Gains, List<int[]> Nodes, List<int[]> Leaves);

    readonly record struct Way(double Gain, int Feature, int Bin, bool MissingLeft);

    public Grown Grow(int[] rows, int[] features)
    {
        var grown = new Grown([], [], [], [rows]);
        while (grown.Leaves.Count < options.Leaves)
        {
            var ways = grown.Leaves.ConvertAll(leaf => Best(leaf, features));
            var at = ways.IndexOf(ways.MaxBy(way => way.Gain));
            var way = ways[at];
            if (way.Gain <= 0)
                break;
            var leaf = grown.Leaves[at];
            grown.Features.Add(way.Feature);
            grown.Gains.Add(way.Gain);
            grown.Nodes.Add(leaf);
            grown.Leaves[at] = [.. leaf.Where(row => GoesLeft(way, row))];
            grown.Leaves.Add([.. leaf.Where(row => !GoesLeft(way, row))]);
        }
        return grown;
    }

    Way Best(int[] rows, int[] features)
    {
        var best = default(Way);
        foreach (var feature in features)
        {
            var bins = table.Bins[feature];
            var sawMissing = rows.Any(row => Bin(feature, row) == bins.Missing);
            foreach (var missingLeft in sawMissing ? new[] { false, true } : [false])
                for (var bin = 0; bin < bins.Count; bin++)
                {
                    var way = new Way(0, feature, bin, missingLeft);
                    way = way with { Gain = Gain(rows, way) };
                    if (way.Gain > best.Gain + 1e-12)
                        best = way;
                }
        }
        return best;
    }

    double Gain(int[] rows, Way way)
    {
        var left = Sum(rows.Where(row => GoesLeft(way, row)));
        var right = Sum(rows.Where(row => !GoesLeft(way, row)));
        if (Math.Min(left.N, right.N) < options.MinimumRows || Math.Min(left.H, right.H) < options.MinimumHessian)
            return 0;
        return Score(left) + Score(right) - Score((left.G + right.G, left.H + right.H, 0));
    }

    double Score((double G, double H, int N) sum) => sum.G * sum.G / (sum.H + options.L2);

    (double G, double H, int N) Sum(IEnumerable<int> rows)
    {
        var (g, h, n) = (0L, 0L, 0);
        foreach (var row in rows)
        {
            var levels = Gradients.Unpack(gradients.Packed[row]);
            (g, h, n) = (g + levels.Gradient, h + levels.Hessian, n + 1);
        }
        return (g * gradients.GradientUnit, h * gradients.HessianUnit, n);
    }

    bool GoesLeft(Way way, int row)
    {
        var bin = Bin(way.Feature, row);
        return bin == table.Bins[way.Feature].Missing ? way.MissingLeft : bin <= way.Bin;
    }

    readonly int[][] _bins = [.. Enumerable.Range(0, table.Features.Length).Select(feature => BinsOf(table, feature))];

    int Bin(int feature, int row) => _bins[feature][row];

    static unsafe int[] BinsOf(BinnedTable table, int feature)
    {
        var (lane, member) = table.Places[feature];
        var codes = table.Rows.Lane(lane, byRow: true, out var stride);
        var bins = new int[table.RowCount];
        for (var row = 0; row < bins.Length; row++)
            bins[row] = member.BinOf(codes[row * stride]);
        return bins;
    }
}
