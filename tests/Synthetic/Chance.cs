namespace LeadScoring.Synthetic;

/// <summary>What a stream of chance is for: each person and purpose has its own, so that a change to one moves no other.</summary>
enum Purpose
{
    Household = 1,
    Person = 2,
    Intent = 3,
    Web = 4,
    Newsletter = 5,
    Forms = 6,
    Fairs = 7,
    Inquiries = 8,
    Answers = 9,
    Register = 10,
    Consents = 11,
    Officers = 12,
    Passers = 13,
    Strangers = 14,
    Dialogue = 15,
}

/// <summary>A seeded stream of chance: SplitMix64 (Steele, Lea, Flood 2014), one stream per seed, purpose and index.</summary>
sealed class Chance(ulong start)
{
    const ulong Golden = 0x9E3779B97F4A7C15;
    ulong state = start;

    public static Chance For(ulong seed, Purpose purpose, long index) =>
        unchecked(new(Mix(Mix(Mix(seed + Golden) + (ulong)purpose * Golden) + (ulong)index * Golden)));

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Unit() < probability;

    /// <summary>Uniform on 0 .. n - 1.</summary>
    public int Below(int n) => (int)(Unit() * n);

    /// <summary>Uniform on the whole numbers low .. high.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Normal by Box and Muller, one of the pair.</summary>
    public double Normal(double mean, double deviation) =>
        mean + deviation * Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>Log-normal with median 1.</summary>
    public double Spread(double deviation) => Math.Exp(Normal(0, deviation));

    /// <summary>Poisson by Knuth's product; meant for small means.</summary>
    public int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = Unit(); product > limit; product *= Unit())
            count++;
        return count;
    }

    /// <summary>An index drawn in proportion to its weight; at least one weight must be positive.</summary>
    public int Pick(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var left = Unit() * total;
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }
        return weights.Length - 1;
    }

    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    ulong Next()
    {
        state = unchecked(state + Golden);
        return Mix(state);
    }

    static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
