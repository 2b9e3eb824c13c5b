namespace LeadScoring.Ingestion;

/// <summary>Two ids that are one contact.</summary>
/// <param name="At">Since when that is known (UTC).</param>
/// <param name="Survivor">The id that was named as the one to keep; null when only an address says that they are one.</param>
sealed record MergePair(string One, string Other, DateTime At, string? Survivor);

/// <summary>An id that stands for another contact.</summary>
/// <param name="KnownAt">Since when the two are known to be one (UTC).</param>
sealed record Identity(string Contact, string Canonical, DateTime KnownAt);

/// <summary>Which ids are one contact, out of pairs; the same for the same pairs in any order.</summary>
/// <remarks>
/// Pairs hang together through others. An id is known to be its canonical one's since the earliest instant at which
/// pairs known by then join the two: the largest time on the way through the tree that Kruskal's algorithm makes of the
/// pairs in order of time.
/// </remarks>
static class IdentityMap
{
    /// <summary>All ids that stand for another one, in ordinal order.</summary>
    public static IReadOnlyList<Identity> Of(IReadOnlyList<MergePair> pairs)
    {
        var (trees, ways) = (
            new DisjointIds(),
            new Dictionary<string, List<(string To, DateTime At)>>(StringComparer.Ordinal)
        );
        var (kept, dropped) = (
            new HashSet<string>(StringComparer.Ordinal),
            new HashSet<string>(StringComparer.Ordinal)
        );
        foreach (
            var pair in pairs
                .OrderBy(pair => pair.At)
                .ThenBy(pair => pair.One, StringComparer.Ordinal)
                .ThenBy(pair => pair.Other, StringComparer.Ordinal)
        )
        {
            if (trees.Join(pair.One, pair.Other))
            {
                Add(ways, pair.One, pair.Other, pair.At);
                Add(ways, pair.Other, pair.One, pair.At);
            }
            if (pair.Survivor is { } survivor)
            {
                kept.Add(survivor);
                dropped.Add(string.Equals(survivor, pair.One, StringComparison.Ordinal) ? pair.Other : pair.One);
            }
        }
        return
        [
            .. ways
                .Keys.GroupBy(trees.Root, StringComparer.Ordinal)
                .SelectMany(ids => Joined(Canonical([.. ids], kept, dropped), ways))
                .OrderBy(identity => identity.Contact, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The id that was named as the one to keep and was itself never given up; of several, or without one, the shortest
    /// and then the first: registers count from 1, newsletters give ids of 32 digits.
    /// </summary>
    static string Canonical(IReadOnlyList<string> ids, HashSet<string> kept, HashSet<string> dropped)
    {
        var named = ids.Where(id => kept.Contains(id) && !dropped.Contains(id)).ToArray();
        return (named.Length > 0 ? named : ids)
            .OrderBy(id => id.Length)
            .ThenBy(id => id, StringComparer.Ordinal)
            .First();
    }

    static IEnumerable<Identity> Joined(string canonical, Dictionary<string, List<(string To, DateTime At)>> ways)
    {
        var open = new Stack<(string Id, string From, DateTime At)>([(canonical, "", DateTime.MinValue)]);
        while (open.TryPop(out var step))
        {
            if (step.From.Length > 0)
                yield return new Identity(step.Id, canonical, step.At);
            foreach (
                var (to, at) in ways[step.Id].Where(way => !string.Equals(way.To, step.From, StringComparison.Ordinal))
            )
                open.Push((to, step.Id, at > step.At ? at : step.At));
        }
    }

    static void Add(Dictionary<string, List<(string To, DateTime At)>> ways, string from, string to, DateTime at)
    {
        if (!ways.TryGetValue(from, out var list))
            ways.Add(from, list = []);
        list.Add((to, at));
    }

    /// <summary>Sets of ids that grow together (Tarjan 1975, with halved paths).</summary>
    sealed class DisjointIds
    {
        readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

        public string Root(string id)
        {
            while (_parents.TryGetValue(id, out var parent))
            {
                if (_parents.TryGetValue(parent, out var above))
                    _parents[id] = above;
                id = parent;
            }
            return id;
        }

        /// <returns>False when they were in one set already.</returns>
        public bool Join(string one, string other)
        {
            var (first, second) = (Root(one), Root(other));
            if (string.Equals(first, second, StringComparison.Ordinal))
                return false;
            _parents.Add(second, first);
            return true;
        }
    }
}
