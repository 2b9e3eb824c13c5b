namespace LeadScoring.Scoring.Evaluation;

/// <summary>A small seeded generator whose numbers are the same on every machine and runtime (SplitMix64).</summary>
/// <remarks>Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014.</remarks>
struct SplitMix(ulong seed)
{
    ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    /// <summary>A number in [0, bound), each equally likely up to 2^-32.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Scrambles 64 bits so that every input bit moves every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A stable hash of a text (FNV-1a over UTF-16, then scrambled) under a seed.</summary>
    public static ulong Hash(string text, int seed)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211;
        return Mix(hash ^ Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15));
    }
}
