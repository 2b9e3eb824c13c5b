using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Tests.Explaining;

namespace LeadScoring.Scoring.Tests.Model;

public sealed class TreeMasksTests
{
    [Test]
    public void Blocks_of_rows_end_in_the_leaves_the_rows_walk_to()
    {
        var random = new Random(31);
        for (var round = 0; round < 200; round++)
        {
            // 1 to 40 leaves: below and above what fits into the bits; 1 to 40 rows: with and without a rest.
            var tree = RandomTrees.Tree(random, random.Next(1, 41), 5);
            var rows = random.Next(1, 41);
            float[][] columns = [.. Enumerable.Range(0, 5).Select(_ => Column(random, tree, rows + 3))];
            var scores = new double[rows + 3];
            new TreeMasks(tree).AddTo(columns, 3, rows + 3, scores);
            Assert.That(scores[..3], Has.All.Zero);
            for (var row = 3; row < scores.Length; row++)
                Assert.That(scores[row], Is.EqualTo(tree.LeafValue[tree.LeafOf(columns, row)]), $"round {round}");
        }
    }

    /// <summary>Thresholds themselves and their float neighbours among other values.</summary>
    static float[] Column(Random random, Tree tree, int rows) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(_ => tree.LeafTotal > 1 ? (float)tree.Threshold[random.Next(tree.LeafTotal - 1)] : 1)
                .Select(threshold =>
                    random.Next(7) switch
                    {
                        0 => threshold,
                        1 => MathF.BitIncrement(threshold),
                        2 => MathF.BitDecrement(threshold),
                        3 => float.NaN,
                        4 => 0,
                        5 => random.Next(2) == 0 ? float.PositiveInfinity : float.NegativeInfinity,
                        _ => random.Next(-1, 8),
                    }
                ),
        ];
}
