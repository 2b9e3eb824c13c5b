using System.Numerics;
using System.Runtime.Intrinsics;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Training;

/// <summary>How one feature's values fall into bins 0..<see cref="Count"/>-1, with one more for missing values.</summary>
/// <remarks>
/// Numeric: bin b holds the values x with <c>Cuts[b-1] &lt; x &lt;= Cuts[b]</c>, so that <c>x &lt;= Cuts[b]</c> and
/// "bin at most b" are the same question. Categorical: bin b holds level <c>Levels[b]</c>; levels that are not in the
/// list share the bin of the missing ones.
/// </remarks>
sealed class FeatureBins
{
    readonly byte[] _binOfLevel;

    const int Segment = 16;

    /// <summary>The cuts as float32, each the greatest not above it, filled up with infinity to whole segments.</summary>
    readonly float[] _segments;

    /// <summary>The last cut of each segment, filled up with infinity: at most 16, since there are at most 254 cuts.</summary>
    readonly float[] _lasts;

    FeatureBins(FeatureType type, double[] cuts, int[] levels, int count)
    {
        Type = type;
        Cuts = cuts;
        Levels = levels;
        Count = count;
        _binOfLevel = new byte[levels.Length == 0 ? 0 : levels.Max() + 1];
        Array.Fill(_binOfLevel, (byte)count);
        for (var bin = 0; bin < levels.Length; bin++)
            _binOfLevel[levels[bin]] = (byte)bin;
        _segments = new float[Segment * ((cuts.Length / Segment) + 1)];
        _lasts = new float[Segment];
        Array.Fill(_segments, float.PositiveInfinity);
        Array.Fill(_lasts, float.PositiveInfinity);
        for (var cut = 0; cut < cuts.Length; cut++)
            _segments[cut] = FloatOrder.RoundDown(cuts[cut]);
        for (var segment = 0; segment < _segments.Length / Segment; segment++)
            _lasts[segment] = _segments[(segment * Segment) + Segment - 1];
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
        Span<byte> bin = stackalloc byte[1];
        Fill([value], bin);
        return bin[0];
    }

    /// <summary>Bins of values: the number of cuts below each.</summary>
    /// <remarks>
    /// A value is held against the last cuts of all segments at once, then against all cuts of its segment: two comparisons
    /// of sixteen numbers and no branch, for which way a value goes cannot be foretold.
    /// </remarks>
    public void Fill(ReadOnlySpan<float> values, Span<byte> bins)
    {
        if (Type == FeatureType.Categorical)
        {
            FillLevels(values, bins);
            return;
        }
        var missing = (byte)Missing;
        var lasts = Vector512.LoadUnsafe(ref _lasts[0]);
        ref var segments = ref _segments[0];
        for (var i = 0; i < values.Length; i++)
        {
            var value = Vector512.Create(values[i]);
            var segment = Below(lasts, value);
            var cuts = Vector512.LoadUnsafe(ref segments, (nuint)(segment * Segment));
            var below = (segment * Segment) + Below(cuts, value);
            bins[i] = float.IsNaN(values[i]) ? missing : (byte)below;
        }
    }

    static int Below(Vector512<float> cuts, Vector512<float> value) =>
        BitOperations.PopCount((uint)Vector512.LessThan(cuts, value).ExtractMostSignificantBits());

    void FillLevels(ReadOnlySpan<float> values, Span<byte> bins)
    {
        for (var i = 0; i < values.Length; i++)
            bins[i] = values[i] >= 0 && values[i] < _binOfLevel.Length ? _binOfLevel[(int)values[i]] : (byte)Missing;
    }
}
