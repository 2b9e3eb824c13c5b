using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>How one feature's values fall into bins 0..<see cref="Count"/>-1, with one more for missing values.</summary>
/// <remarks>
/// Numeric: bin b holds the values x with <c>Cuts[b-1] &lt; x &lt;= Cuts[b]</c>, so that <c>x &lt;= Cuts[b]</c> and
/// "bin at most b" are the same question. Categorical: bin b holds level <c>Levels[b]</c>; levels that are not in the
/// list share the bin of the missing ones.
/// </remarks>
sealed class FeatureBins
{
    readonly int[] _binOfLevel;

    FeatureBins(FeatureType type, double[] cuts, int[] levels, int count)
    {
        Type = type;
        Cuts = cuts;
        Levels = levels;
        Count = count;
        _binOfLevel = new int[levels.Length == 0 ? 0 : levels.Max() + 1];
        Array.Fill(_binOfLevel, count);
        for (var bin = 0; bin < levels.Length; bin++)
            _binOfLevel[levels[bin]] = bin;
    }

    public FeatureType Type { get; }

    /// <summary>Bins of values; the bin of missing values comes after them.</summary>
    public int Count { get; }

    public int Missing => Count;

    /// <summary>Bins in all.</summary>
    public int Slots => Count + 1;

    public double[] Cuts { get; }

    public int[] Levels { get; }

    /// <param name="cuts">Rising; one fewer than there are bins.</param>
    public static FeatureBins Numeric(double[] cuts) => new(FeatureType.Numeric, cuts, [], cuts.Length + 1);

    /// <param name="levels">The codes that have a bin, rising.</param>
    public static FeatureBins Categorical(int[] levels) => new(FeatureType.Categorical, [], levels, levels.Length);

    public byte BinOf(float value)
    {
        if (float.IsNaN(value))
            return (byte)Missing;
        if (Type == FeatureType.Categorical)
            return (byte)(value >= 0 && value < _binOfLevel.Length ? _binOfLevel[(int)value] : Missing);
        var (low, high) = (0, Cuts.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (value <= Cuts[middle])
                high = middle;
            else
                low = middle + 1;
        }
        return (byte)low;
    }
}
