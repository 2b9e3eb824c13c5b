using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>Rows of a bucket as they come, given on as a table of its own whenever enough have come together.</summary>
/// <remarks>The arrays are used again for the next piece.</remarks>
sealed class FeatureRows
{
    readonly IReadOnlyList<Feature> _features;
    readonly Action<int, FeatureTable> _take;
    readonly bool _labelled;
    readonly string[] _contacts;
    readonly DateTime[] _asOf;
    readonly float[] _labels;
    readonly float[][] _columns;
    readonly FeatureTile _tile;
    int _count;

    /// <param name="plan">Its features are the columns, and a row's cells come in its order.</param>
    /// <param name="rowsAtOnce">Rows of a piece.</param>
    /// <param name="take">Called with (bucket, rows).</param>
    public FeatureRows(FeaturePlan plan, int rowsAtOnce, bool labelled, Action<int, FeatureTable> take)
    {
        (_features, _labelled, _take) = (plan.Features, labelled, take);
        _contacts = new string[rowsAtOnce];
        _asOf = new DateTime[rowsAtOnce];
        _labels = new float[rowsAtOnce];
        _columns = [.. plan.Features.Select(_ => new float[rowsAtOnce])];
        _tile = new FeatureTile([.. plan.Order.Select(column => _columns[column])]);
    }

    /// <summary>The bucket whose rows come; it is said with every piece.</summary>
    public int Bucket { get; set; }

    /// <summary>Where the next row is to be written; it becomes a row by <see cref="Keep"/>.</summary>
    public Span<float> Next() => _tile.Row(_count % FeatureTile.Rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(string contact, long asOf, float label)
    {
        (_contacts[_count], _asOf[_count], _labels[_count]) = (contact, Time.Instant(asOf), label);
        _count++;
        if (_count % FeatureTile.Rows == 0)
            _tile.CopyTo(_count - FeatureTile.Rows, FeatureTile.Rows);
        if (_count == _labels.Length)
            GiveOn();
    }

    /// <summary>Gives on what is left.</summary>
    public void End()
    {
        if (_count > 0)
            GiveOn();
    }

    void GiveOn()
    {
        var left = _count % FeatureTile.Rows;
        _tile.CopyTo(_count - left, left);
        var all = new FeatureTable(_features, _contacts, _asOf, _columns, _labelled ? _labels : null);
        var table = _count == _labels.Length ? all : all.Head(_count);
        _count = 0;
        _take(Bucket, table);
    }

    /// <summary>All rows of some pieces sorted by as-of and contact; the pieces are used up.</summary>
    public static FeatureTable ToTable(
        IReadOnlyList<Feature> features,
        IReadOnlyList<FeatureTable> pieces,
        bool labelled,
        double share
    )
    {
        var order = Sorted(pieces);
        var columns = new float[features.Count][];
        for (var f = 0; f < columns.Length; f++)
        {
            columns[f] = Column(pieces, f, order);
            foreach (var piece in pieces)
                piece.Columns[f] = [];
        }
        return new FeatureTable(
            features,
            Array.ConvertAll(order, o => pieces[o.Piece].Contacts[o.Row]),
            Array.ConvertAll(order, o => pieces[o.Piece].AsOf[o.Row]),
            columns,
            labelled ? Array.ConvertAll(order, o => pieces[o.Piece].Labels[o.Row]) : null
        )
        {
            ContactShare = share,
        };
    }

    static float[] Column(IReadOnlyList<FeatureTable> pieces, int feature, (int Piece, int Row)[] order)
    {
        unchecked
        {
            float[][] blocks = [.. pieces.Select(piece => piece.Columns[feature])];
            var column = GC.AllocateUninitializedArray<float>(order.Length);
            for (var index = 0; index < column.Length; index++)
                column[index] = blocks[order[index].Piece][order[index].Row];
            return column;
        }
    }

    // by one number a row: the rank of its instant, then that of its contact
    static (int Piece, int Row)[] Sorted(IReadOnlyList<FeatureTable> pieces)
    {
        var contacts = Ranks(pieces.SelectMany(piece => piece.Contacts), StringComparer.Ordinal);
        var instants = Ranks(pieces.SelectMany(piece => piece.AsOf), Comparer<DateTime>.Default);
        var order = new (int Piece, int Row)[pieces.Sum(piece => piece.RowCount)];
        var keys = new long[order.Length];
        var next = 0;
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            for (var row = 0; row < pieces[piece].RowCount; row++)
            {
                order[next] = (piece, row);
                keys[next++] =
                    ((long)instants[pieces[piece].AsOf[row]] << 32) | (uint)contacts[pieces[piece].Contacts[row]];
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
