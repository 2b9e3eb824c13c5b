namespace LeadScoring.Scoring.Training;

/// <summary>Which rows and features each tree sees; the same seed draws the same.</summary>
sealed class Sampling(int rows, int features, TrainingOptions options)
{
    readonly int[] _rows = [.. Enumerable.Range(0, rows)];
    readonly int[] _features = [.. Enumerable.Range(0, features)];
    ulong _state = unchecked((ulong)options.Seed * 0x9E3779B97F4A7C15);

    /// <summary>A tree of one feature could not see two act together.</summary>
    const int FewestFeatures = 2;

    readonly int _rowCount = Count(options.RowShare, rows, 1);
    readonly int _featureCount = Count(options.FeatureShare, features, FewestFeatures);

    public bool TakesAllRows => _rowCount == rows;

    public bool TakesAll => TakesAllRows && _featureCount == features;

    /// <summary>Rows for the next tree, rising.</summary>
    public int[] NextRows() => Draw(_rows, _rowCount);

    /// <summary>Features for the next tree, rising.</summary>
    public int[] NextFeatures() => Draw(_features, _featureCount);

    static int Count(double share, int all, int fewest) =>
        (int)Math.Clamp(Math.Ceiling(share * all), Math.Min(fewest, all), all);

    /// <summary>Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).</summary>
    int[] Draw(int[] from, int count)
    {
        if (count == from.Length)
            return from;
        var drawn = new int[count];
        var taken = 0;
        for (var i = 0; taken < count; i++)
            if (NextShare() * (from.Length - i) < count - taken)
                drawn[taken++] = from[i];
        return drawn;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014), a number in [0, 1).</summary>
    double NextShare()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
