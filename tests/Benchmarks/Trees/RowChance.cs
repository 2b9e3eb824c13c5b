namespace LeadScoring.Benchmarks.Trees;

/// <summary>The random numbers of one row, fixed by the seed and the row's number alone (SplitMix64).</summary>
/// <remarks>
/// Rows can be drawn in any order and on any thread. Steele, Lea, Flood: Fast splittable pseudorandom number
/// generators, OOPSLA 2014; normal numbers by Box and Muller 1958.
/// </remarks>
struct RowChance(int seed, long row)
{
    ulong _state = unchecked(Mix((ulong)(uint)seed * 0x9E3779B97F4A7C15 ^ Mix((ulong)row + 0xD1B54A32D192ED03)));

    /// <summary>Evenly in (0, 1).</summary>
    public double Even() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Normal, mean 0 and standard deviation 1.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Even())) * Math.Cos(2 * Math.PI * Even());

    ulong Next()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15);
        return Mix(_state);
    }

    static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        }
        return value ^ (value >> 31);
    }
}
