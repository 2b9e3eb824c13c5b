using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>Rows of a bucket as they come, given on as a table of its own whenever enough have come together.</summary>
/// <remarks>
/// The arrays are used again for the next piece. Rows are worked out in a tile of sixteen, which lie side by side column by
/// column, so that each column gets a whole cache line at once.
/// </remarks>
/// <param name="rowsAtOnce">Rows of a piece.</param>
/// <param name="take">Called with (bucket, rows).</param>
sealed class FeatureRows(IReadOnlyList<Feature> features, int rowsAtOnce, bool labelled, Action<int, FeatureTable> take)
{
    /// <summary>Rows of a tile: cells of a row lie as far apart.</summary>
    public const int TileRows = 16;

    readonly float[] _tile = new float[TileRows * features.Count];
    readonly string[] _contacts = new string[rowsAtOnce];
    readonly DateTime[] _asOf = new DateTime[rowsAtOnce];
    readonly float[] _labels = new float[rowsAtOnce];
    readonly float[][] _columns = [.. features.Select(_ => new float[rowsAtOnce])];
    int _count;

    /// <summary>The bucket whose rows come; it is said with every piece.</summary>
    public int Bucket { get; set; }

    /// <summary>Where the next row is to be written; it becomes a row by <see cref="Keep"/>.</summary>
    public Span<float> Next() => _tile.AsSpan(_count % TileRows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Keep(string contact, long asOf, float label)
    {
        (_contacts[_count], _asOf[_count], _labels[_count]) = (contact, Time.Instant(asOf), label);
        _count++;
        if (_count % TileRows == 0)
            Copy(_count - TileRows);
        if (_count == rowsAtOnce)
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
        if (_count % TileRows > 0)
            Copy(_count - (_count % TileRows));
        var all = new FeatureTable(features, _contacts, _asOf, _columns, labelled ? _labels : null);
        var table = _count == rowsAtOnce ? all : all.Head(_count);
        _count = 0;
        take(Bucket, table);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Copy(int first)
    {
        unchecked
        {
            var rows = Math.Min(TileRows, rowsAtOnce - first);
            for (var f = 0; f < _columns.Length; f++)
            {
                var column = _columns[f].AsSpan(first, rows);
                if (rows == TileRows)
                    Vector512.Create<float>(_tile.AsSpan(f * TileRows, TileRows)).CopyTo(column);
                else
                    _tile.AsSpan(f * TileRows, rows).CopyTo(column);
            }
        }
    }

    /// <summary>All rows of some pieces sorted by as-of and contact; the pieces are used up.</summary>
    public static FeatureTable ToTable(
        IReadOnlyList<Feature> features,
        IReadOnlyList<FeatureTable> pieces,
        bool labelled
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
        );
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
