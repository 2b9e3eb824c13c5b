namespace LeadScoring.Scoring.Training;

/// <summary>One byte a row that holds the bins of one or several features.</summary>
/// <remarks>
/// Features of few bins share a byte as digits of a mixed-radix number: <c>code = Σ bin · stride</c>, a feature's stride
/// being the product of the slots of those before it. One histogram of the codes then holds all their histograms, which
/// are its marginal sums: an update for several features at the price of one, and nothing is lost.
/// </remarks>
/// <param name="Members">The features, by their place among the usable ones.</param>
/// <param name="Slots">Different codes, at most 256.</param>
sealed record Lane(IReadOnlyList<LaneMember> Members, int Slots)
{
    public const int MostSlots = 256;

    /// <summary>More members would cost more in marginal sums than they save in updates.</summary>
    const int MostMembers = 6;

    /// <summary>Features of most slots first, each into the first lane that has room for it.</summary>
    /// <param name="slots">Slots of each usable feature, at most <see cref="MostSlots"/>.</param>
    public static Lane[] Pack(ReadOnlySpan<int> slots)
    {
        var order = new int[slots.Length];
        var keys = new long[slots.Length];
        for (var u = 0; u < order.Length; u++)
            (order[u], keys[u]) = (u, ((long)(MostSlots - slots[u]) << 32) + u);
        Array.Sort(keys, order);
        var members = new List<List<LaneMember>>();
        var sizes = new List<int>();
        var firstOpen = 0;
        foreach (var u in order)
        {
            while (
                firstOpen < sizes.Count && (sizes[firstOpen] * 2 > MostSlots || members[firstOpen].Count == MostMembers)
            )
                firstOpen++;
            var lane = firstOpen;
            while (lane < sizes.Count && (sizes[lane] * slots[u] > MostSlots || members[lane].Count == MostMembers))
                lane++;
            if (lane == sizes.Count)
            {
                members.Add([]);
                sizes.Add(1);
            }
            members[lane].Add(new LaneMember(u, sizes[lane], slots[u]));
            sizes[lane] *= slots[u];
        }
        return [.. members.Zip(sizes, (features, size) => new Lane(features, size))];
    }

    /// <summary>For every code whether a feature's bin is in a set: 1 or 0.</summary>
    /// <param name="into">256 long.</param>
    public void Mark(LaneMember member, BinSet bins, Span<byte> into)
    {
        into.Clear();
        for (var code = 0; code < Slots; code++)
            into[code] = bins.Contains(member.BinOf(code)) ? (byte)1 : (byte)0;
    }
}

/// <summary>A feature's part of a lane's code.</summary>
/// <param name="Feature">Its place among the usable features.</param>
/// <param name="Stride">What its bin is multiplied by.</param>
/// <param name="Slots">Its bins, the one of missing values included.</param>
readonly record struct LaneMember(int Feature, int Stride, int Slots)
{
    public int BinOf(int code) => code / Stride % Slots;
}
