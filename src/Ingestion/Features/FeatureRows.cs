using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>Rows of a bucket as they come, until all buckets are put together in order of time and contact.</summary>
/// <remarks>
/// Kept column by column in blocks of rows, so that a column's blocks can be let go as soon as its part of the table is
/// filled: the rows are in memory once, not twice.
/// </remarks>
sealed class FeatureRows(int features)
{
    const int BlockRows = 2048;

    readonly float[] _next = new float[features];
    readonly List<float[]>[] _columns = [.. Enumerable.Range(0, features).Select(_ => new List<float[]>())];

    public List<string> Contacts { get; } = [];

    /// <summary>µs since 1970.</summary>
    public List<long> AsOf { get; } = [];
    public List<float> Labels { get; } = [];

    /// <summary>Where the next row is to be written; it becomes a row by <see cref="Keep"/>.</summary>
    public Span<float> Next() => _next;

    public void Keep(string contact, long asOf, float label)
    {
        unchecked
        {
            var row = Contacts.Count % BlockRows;
            for (var f = 0; f < _columns.Length; f++)
            {
                if (row == 0)
                    _columns[f].Add(new float[BlockRows]);
                _columns[f][^1][row] = _next[f];
            }
        }
        Contacts.Add(contact);
        AsOf.Add(asOf);
        Labels.Add(label);
    }

    /// <summary>All rows sorted by as-of and contact; the parts are used up.</summary>
    public static FeatureTable ToTable(IReadOnlyList<Feature> features, IReadOnlyList<FeatureRows> parts, bool labelled)
    {
        var order = Sorted(parts);
        var columns = new float[features.Count][];
        for (var f = 0; f < columns.Length; f++)
        {
            columns[f] = Column(parts, f, order);
            foreach (var part in parts)
                part._columns[f].Clear();
        }
        return new FeatureTable(
            features,
            Array.ConvertAll(order, o => parts[o.Part].Contacts[o.Row]),
            Array.ConvertAll(order, o => Time.Instant(parts[o.Part].AsOf[o.Row])),
            columns,
            labelled ? Array.ConvertAll(order, o => parts[o.Part].Labels[o.Row]) : null
        );
    }

    static float[] Column(IReadOnlyList<FeatureRows> parts, int feature, (int Part, int Row)[] order)
    {
        unchecked
        {
            float[][][] blocks = [.. parts.Select(part => part._columns[feature].ToArray())];
            var column = GC.AllocateUninitializedArray<float>(order.Length);
            for (var index = 0; index < column.Length; index++)
            {
                var (part, row) = order[index];
                column[index] = blocks[part][row / BlockRows][row % BlockRows];
            }
            return column;
        }
    }

    // by one number a row: the rank of its instant, then that of its contact
    static (int Part, int Row)[] Sorted(IReadOnlyList<FeatureRows> parts)
    {
        var contacts = Ranks(parts.SelectMany(part => part.Contacts), StringComparer.Ordinal);
        var instants = Ranks(parts.SelectMany(part => part.AsOf), Comparer<long>.Default);
        var order = new (int Part, int Row)[parts.Sum(part => part.Contacts.Count)];
        var keys = new long[order.Length];
        var next = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            for (var row = 0; row < parts[part].Contacts.Count; row++)
            {
                order[next] = (part, row);
                keys[next++] =
                    ((long)instants[parts[part].AsOf[row]] << 32) | (uint)contacts[parts[part].Contacts[row]];
            }
        }
        Array.Sort(keys, order);
        return order;
    }

    static Dictionary<T, int> Ranks<T>(IEnumerable<T> values, IComparer<T> order)
        where T : notnull
    {
        var sorted = values.Distinct().ToArray();
        Array.Sort(sorted, order);
        var ranks = new Dictionary<T, int>(sorted.Length);
        foreach (var value in sorted)
            ranks.Add(value, ranks.Count);
        return ranks;
    }
}
