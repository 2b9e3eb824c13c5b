using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Tests.Model.Forest;

public sealed class BlockCodesTests
{
    [Test]
    public void Every_node_sends_every_row_as_the_tree_does()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            Tree[] trees = [.. Enumerable.Range(0, 3).Select(_ => RandomForests.Tree(random, 30, 2))];
            float[][] columns = [.. Enumerable.Range(0, 2).Select(_ => RandomForests.Column(random, trees, 260))];
            var codes = new BlockCodes(new ForestQuestions(trees));
            codes.Fill(columns, 4, 260);
            for (var tree = 0; tree < trees.Length; tree++)
            for (var node = 0; node < 29; node++)
            for (var from = 0; from < 256; from += 64)
            {
                var column = columns[trees[tree].SplitFeature[node]];
                var expected = 0UL;
                for (var row = 0; row < 64; row++)
                    if (trees[tree].GoesLeft(node, column[4 + from + row]))
                        expected |= 1UL << row;
                Assert.That(
                    (ulong)codes.GoLeft(tree, node, from),
                    Is.EqualTo(expected),
                    $"{seed} {tree} {node} {from}"
                );
            }
        }
    }
}
