using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>Rows of a bucket as they come, row after row in blocks, until all buckets are put together.</summary>
sealed class FeatureRows(int features)
{
    const int BlockRows = 256;

    readonly List<float[]> _blocks = [];

    public List<string> Contacts { get; } = [];

    /// <summary>µs since 1970.</summary>
    public List<long> AsOf { get; } = [];
    public List<float> Labels { get; } = [];

    /// <summary>The place of the next row; it is taken by <see cref="Keep"/>.</summary>
    public Span<float> Next()
    {
        if (_blocks.Count * BlockRows == Contacts.Count)
            _blocks.Add(new float[BlockRows * features]);
        return Row(Contacts.Count);
    }

    public void Keep(string contact, long asOf, float label)
    {
        Contacts.Add(contact);
        AsOf.Add(asOf);
        Labels.Add(label);
    }

    Span<float> Row(int row) => _blocks[row / BlockRows].AsSpan(row % BlockRows * features, features);

    /// <summary>All rows sorted by as-of and contact, column by column.</summary>
    public static FeatureTable ToTable(IReadOnlyList<Feature> features, IReadOnlyList<FeatureRows> parts, bool labelled)
    {
        var order = Sorted(parts);
        var columns = new float[features.Count][];
        for (var f = 0; f < columns.Length; f++)
            columns[f] = GC.AllocateUninitializedArray<float>(order.Length);
        for (var row = 0; row < order.Length; row++)
        {
            var values = order[row].Part.Row(order[row].Row);
            for (var f = 0; f < columns.Length; f++)
                columns[f][row] = values[f];
        }
        return new FeatureTable(
            features,
            Array.ConvertAll(order, o => o.Part.Contacts[o.Row]),
            Array.ConvertAll(order, o => Time.Instant(o.Part.AsOf[o.Row])),
            columns,
            labelled ? Array.ConvertAll(order, o => o.Part.Labels[o.Row]) : null
        );
    }

    static (FeatureRows Part, int Row)[] Sorted(IReadOnlyList<FeatureRows> parts)
    {
        var order = new (FeatureRows Part, int Row)[parts.Sum(part => part.Contacts.Count)];
        var next = 0;
        foreach (var part in parts)
        {
            for (var row = 0; row < part.Contacts.Count; row++)
                order[next++] = (part, row);
        }
        Array.Sort(
            order,
            (a, b) =>
            {
                var byTime = a.Part.AsOf[a.Row].CompareTo(b.Part.AsOf[b.Row]);
                return byTime != 0 ? byTime : string.CompareOrdinal(a.Part.Contacts[a.Row], b.Part.Contacts[b.Row]);
            }
        );
        return order;
    }
}
