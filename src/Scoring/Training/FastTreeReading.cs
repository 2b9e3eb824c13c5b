using LeadScoring.Scoring.Model;
using Microsoft.ML.Trainers.FastTree;

namespace LeadScoring.Scoring.Training;

/// <summary>Turns FastTree's trees over slots into ours over features; nodes and leaves keep their numbers.</summary>
/// <remarks>
/// FastTree sends a slot's value left when it is at most the threshold, and at a question of levels right when any listed
/// slot is on. So a missing number goes where the number that stood for it went; a question whether a number is missing sends
/// every number left; and listed levels change sides, since with us they go left and all else, missing ones too, right.
/// </remarks>
static class FastTreeReading
{
    /// <summary>Stands for "every number": what LightGBM writes where it would be infinite.</summary>
    const double Everything = 1e300;

    /// <summary>The trees that split at all: those without a node add nothing to a score.</summary>
    public static List<Tree> Trees(RegressionTreeEnsemble ensemble, FastTreeSlots slots, double shrinkage)
    {
        if (ensemble.Bias != 0 || ensemble.TreeWeights.Any(weight => weight != 1))
            throw new InvalidOperationException("FastTree's ensemble is no plain sum of trees.");
        return [.. ensemble.Trees.Where(tree => tree.NumberOfNodes > 0).Select(tree => Read(tree, slots, shrinkage))];
    }

    static Tree Read(RegressionTree tree, FastTreeSlots slots, double shrinkage)
    {
        var nodes = tree.NumberOfNodes;
        var (features, thresholds, decisions) = (new int[nodes], new double[nodes], new byte[nodes]);
        int[] left = [.. tree.LeftChild];
        int[] right = [.. tree.RightChild];
        var sets = new LevelSets();
        for (var node = 0; node < nodes; node++)
        {
            var listed = Listed(tree, slots, node);
            var slot = listed.Length > 0 ? listed[0] : tree.NumericalSplitFeatureIndexes[node];
            features[node] = slots[slot].Feature;
            if (listed.Length > 0)
            {
                thresholds[node] = sets.Add(Array.ConvertAll(listed, place => slots[place].Level));
                decisions[node] = Tree.CategoricalBit | (Tree.MissingNaN << 2);
                (left[node], right[node]) = (right[node], left[node]);
                continue;
            }
            var asksMissing = slots[slot].Holds == FastTreeSlot.Missing;
            var threshold = tree.NumericalSplitThresholds[node];
            thresholds[node] = asksMissing ? Everything : threshold;
            var missingLeft = !asksMissing && slots.Fill(features[node]) <= threshold;
            decisions[node] = (byte)((missingLeft ? Tree.DefaultLeftBit : 0) | (Tree.MissingNaN << 2));
        }
        return new Tree
        {
            SplitFeature = features,
            Threshold = thresholds,
            DecisionType = decisions,
            LeftChild = left,
            RightChild = right,
            SplitGain = [.. tree.SplitGains],
            InternalValue = new double[nodes],
            InternalWeight = new double[nodes],
            InternalCount = new long[nodes],
            LeafValue = [.. tree.LeafValues],
            LeafWeight = new double[nodes + 1],
            LeafCount = new long[nodes + 1],
            CategoryStart = sets.Start,
            CategoryBits = sets.Bits,
            Shrinkage = shrinkage,
        };
    }

    /// <summary>The slots of levels that a node sends right; none at a question of numbers.</summary>
    static int[] Listed(RegressionTree tree, FastTreeSlots slots, int node)
    {
        if (tree.CategoricalSplitFlags[node])
            return [.. tree.GetCategoricalSplitFeaturesAt(node)];
        var slot = tree.NumericalSplitFeatureIndexes[node];
        var threshold = tree.NumericalSplitThresholds[node];
        if (slots[slot].Holds != FastTreeSlot.Number && threshold is not (>= 0 and < 1))
            throw new InvalidOperationException($"FastTree parts 0 from 1 at {threshold}.");
        // With few rows left FastTree asks for one level as for a number.
        return slots[slot].Holds == FastTreeSlot.Level ? [slot] : [];
    }

    /// <summary>Sets of levels as LightGBM keeps them.</summary>
    sealed class LevelSets
    {
        readonly List<int> _start = [0];
        readonly List<uint> _bits = [];

        public int[] Start => [.. _start];

        public uint[] Bits => [.. _bits];

        public int Add(int[] levels)
        {
            var words = new uint[levels.Max() / 32 + 1];
            foreach (var level in levels)
                words[level >> 5] |= 1u << (level & 31);
            _bits.AddRange(words);
            _start.Add(_bits.Count);
            return _start.Count - 2;
        }
    }
}
