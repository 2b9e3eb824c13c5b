using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tables;

/// <summary>A table to be scored, piece by piece in the file's order, so that memory does not grow with its rows.</summary>
/// <remarks>Rows without a name of their own are named by their number in <see cref="NumberWidth"/> digits.</remarks>
public sealed class ScoringRows : IDisposable
{
    /// <summary>Digits of a row's number, so that the order of names is that of rows.</summary>
    public const int NumberWidth = 10;

    const int MostRows = 1 << 16;
    const int MostCells = 1 << 24;

    readonly TableFile _file;
    readonly IReadOnlyList<Feature> _features;
    readonly int[] _places;
    readonly int? _id;
    readonly int _rowsAtOnce;
    readonly Dictionary<string, KnownLevels> _levels;

    ScoringRows(TableFile file, IReadOnlyList<Feature> features, string? id, int? rowsAtOnce)
    {
        (_file, _features) = (file, features);
        FeatureColumns.CheckPresent(file, features);
        _places = [.. features.Select(feature => file.Place(feature.Name, "model"))];
        _id = id is null ? null : file.Place(id, "id");
        _rowsAtOnce = rowsAtOnce ?? Math.Clamp(MostCells / Math.Max(1, features.Count), 1, MostRows);
        _levels = features
            .Where(feature => feature.Type == FeatureType.Categorical)
            .ToDictionary(feature => feature.Name, feature => new KnownLevels(feature), StringComparer.Ordinal);
    }

    /// <summary>What the analyst should know of the rows read so far: levels never seen.</summary>
    public IReadOnlyList<string> Warnings => [.. UnknownLevels.Warnings(_levels.Values)];

    /// <param name="features">The features of the model that is to score.</param>
    /// <param name="id">Column that names the rows, or null to number them.</param>
    /// <param name="rowsAtOnce">Most rows of a piece; null for 65,536, fewer of a wide table.</param>
    /// <exception cref="IngestionException">A file that is no table, or columns that are not there; all are named.</exception>
    public static ScoringRows Open(
        string path,
        IReadOnlyList<Feature> features,
        string? id = null,
        int? rowsAtOnce = null,
        CancellationToken cancellation = default
    )
    {
        var file = TableFile.Open(path, cancellation);
        try
        {
            return new ScoringRows(file, features, id, rowsAtOnce);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The pieces; each is read when it is asked for, and its columns may be used again by the next.</summary>
    /// <exception cref="IngestionException">There are no rows, or a number is none or infinite.</exception>
    public IEnumerable<FeatureTable> Pieces(CancellationToken cancellation = default)
    {
        var piece = new Piece(this);
        using var rows = _file.Rows(piece.Sinks, cancellation);
        while (rows.Read(_rowsAtOnce, cancellation) is > 0 and var count)
            yield return piece.Take(count);
        if (piece.Before == 0)
            throw _file.WithoutRows();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The memory of one piece, filled again and again.</summary>
    sealed class Piece
    {
        readonly ScoringRows _of;
        readonly float[][] _columns;
        readonly string[] _names;
        readonly DateTime[] _times;

        public Piece(ScoringRows of)
        {
            _of = of;
            _names = new string[of._rowsAtOnce];
            _times = new DateTime[of._rowsAtOnce];
            Array.Fill(_times, ReadTable.DayZero);
            _columns = [.. of._features.Select(_ => new float[of._rowsAtOnce])];
            Sinks =
            [
                .. of._features.Select((feature, f) => new SinkOf(of._places[f], SinkFor(feature, _columns[f]))),
                .. of._id is { } id ? [new SinkOf(id, new IdColumn(_names))] : Array.Empty<SinkOf>(),
            ];
        }

        public IReadOnlyList<SinkOf> Sinks { get; }

        /// <summary>Rows of the pieces before.</summary>
        public long Before { get; private set; }

        public FeatureTable Take(int count)
        {
            for (var row = 0; _of._id is null && row < count; row++)
                _names[row] = (Before + row + 1).ToString($"D{NumberWidth}", CultureInfo.InvariantCulture);
            Before += count;
            foreach (var (_, sink) in Sinks)
                sink.Rewind();
            return count == _times.Length
                ? new FeatureTable(_of._features, _names, _times, _columns)
                : new FeatureTable(
                    _of._features,
                    _names[..count],
                    _times[..count],
                    [.. _columns.Select(column => column[..count])]
                );
        }

        CellSink SinkFor(Feature feature, float[] values) =>
            _of._levels.TryGetValue(feature.Name, out var levels)
                ? levels.Into(values)
                : new NumberColumn(feature.Name, values);
    }
}
