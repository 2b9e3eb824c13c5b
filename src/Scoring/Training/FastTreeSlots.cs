using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>What a slot of FastTree's feature vector holds.</summary>
enum FastTreeSlot
{
    /// <summary>The number, or the mean of the training rows where it is missing.</summary>
    Number,

    /// <summary>1 where the number is missing, else 0.</summary>
    Missing,

    /// <summary>1 where the feature has this level, else 0.</summary>
    Level,
}

/// <summary>Tells features as slots without gaps: FastTree silently leaves out every row that has one.</summary>
/// <remarks>
/// A number that is missing in some training row takes two slots, the second saying so; a categorical feature takes one for
/// each level, all 0 where it is missing. Slots stand in the order of the features.
/// </remarks>
sealed class FastTreeSlots
{
    readonly (int Feature, FastTreeSlot Holds, int Level)[] _slots;
    readonly (int First, int Count, float Fill, bool IsLevels)[] _features;
    readonly bool _dense;

    FastTreeSlots((int, FastTreeSlot, int)[] slots, (int, int, float, bool IsLevels)[] features)
    {
        _slots = slots;
        _features = features;
        _dense = !Array.Exists(features, feature => feature.IsLevels);
    }

    public int Count => _slots.Length;

    public int Features => _features.Length;

    /// <summary>What a slot holds, of which feature and, of a level, which.</summary>
    public (int Feature, FastTreeSlot Holds, int Level) this[int slot] => _slots[slot];

    /// <summary>What stands for a missing number of a feature.</summary>
    public float Fill(int feature) => _features[feature].Fill;

    /// <summary>First and last slot of each categorical feature, one after the other.</summary>
    public int[] CategoricalRanges =>
        [
            .. _features
                .Where(feature => feature is { IsLevels: true, Count: > 0 })
                .SelectMany(feature => new[] { feature.First, feature.First + feature.Count - 1 }),
        ];

    /// <summary>The slots that a training table needs.</summary>
    public static FastTreeSlots Of(FeatureTable training)
    {
        var slots = new List<(int, FastTreeSlot, int)>();
        var features = new List<(int, int, float, bool)>();
        for (var f = 0; f < training.Features.Count; f++)
        {
            var first = slots.Count;
            var column = training.Columns[f];
            var isLevels = training.Features[f].Type == FeatureType.Categorical;
            if (isLevels)
                for (var level = 0; level < Levels(training.Features[f], column); level++)
                    slots.Add((f, FastTreeSlot.Level, level));
            else
            {
                slots.Add((f, FastTreeSlot.Number, 0));
                if (Array.Exists(column, float.IsNaN))
                    slots.Add((f, FastTreeSlot.Missing, 0));
            }
            features.Add((first, slots.Count - first, isLevels ? 0 : Mean(column), isLevels));
        }
        return new FastTreeSlots([.. slots], [.. features]);
    }

    /// <summary>Writes the slots of a row that are not 0, or all of them where no feature has levels.</summary>
    /// <param name="columns">One a feature.</param>
    /// <param name="places">Slots written to, rising; room for two a feature.</param>
    /// <returns>How many were written; as many as <see cref="Count"/> are all.</returns>
    public int Write(float[][] columns, int row, Span<int> places, Span<float> values)
    {
        var written = 0;
        for (var f = 0; f < _features.Length; f++)
        {
            var (first, count, fill, isLevels) = _features[f];
            var value = columns[f][row];
            if (isLevels)
            {
                // A level that training did not have is as good as none.
                if (value >= 0 && value < count)
                    Put(first + (int)value, 1, places, values, ref written);
                continue;
            }
            var missing = float.IsNaN(value);
            Put(first, missing ? fill : value, places, values, ref written);
            if (count == 2)
                Put(first + 1, missing ? 1 : 0, places, values, ref written);
        }
        return written;
    }

    void Put(int slot, float value, Span<int> places, Span<float> values, ref int written)
    {
        if (value == 0 && !_dense)
            return;
        places[written] = slot;
        values[written++] = value;
    }

    static int Levels(Feature feature, float[] column) =>
        feature.Levels.Count > 0
            ? feature.Levels.Count
            : column.Aggregate(0, (most, code) => code >= most ? (int)code + 1 : most);

    static float Mean(float[] column)
    {
        var (sum, rows) = (0.0, 0);
        foreach (var value in column)
            if (!float.IsNaN(value))
            {
                sum += value;
                rows++;
            }
        return rows == 0 ? 0 : (float)(sum / rows);
    }
}
