using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tables;

/// <summary>The rows of a Parquet file, numbers, truths and instants as they are stored, all else as text.</summary>
sealed class ParquetRows : ITableRows
{
    static readonly byte[] _infinity = "infinity"u8.ToArray();

    readonly string _file;
    readonly ParquetFile _parquet;
    readonly QueryResult _rows;
    readonly CellSink[] _sinks;
    Chunk? _chunk;
    int _next;

    /// <param name="file">The file's name, for errors.</param>
    public ParquetRows(string file, string path, IReadOnlyList<SinkOf> sinks, CancellationToken cancellation)
    {
        _file = file;
        _sinks = [.. sinks.Select(sink => sink.Sink)];
        _parquet = ParquetFile.Open(file, path);
        try
        {
            _rows = _parquet.Rows(sinks, cancellation);
        }
        catch
        {
            _parquet.Dispose();
            throw;
        }
    }

    public int Read(int most, CancellationToken cancellation)
    {
        var read = 0;
        while (read < most && FindChunk(cancellation))
        {
            var until = Math.Min(_chunk!.Count, _next + most - read);
            for (var s = 0; s < _sinks.Length; s++)
                Give(_chunk[s], _next, until, _sinks[s]);
            read += until - _next;
            _next = until;
        }
        return read;
    }

    public void Dispose()
    {
        _rows.Dispose();
        _parquet.Dispose();
    }

    bool FindChunk(CancellationToken cancellation)
    {
        while (_chunk is null || _next == _chunk.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _chunk = _rows.Next();
            }
            catch (DuckDbException error)
            {
                throw ParquetFile.Unreadable(_file, error);
            }
            _next = 0;
            if (_chunk is null)
                return false;
        }
        return true;
    }

    static void Give(Vector cells, int from, int until, CellSink sink)
    {
        switch (cells.Type.Id)
        {
            case TypeId.Boolean:
                Give<byte>(cells, from, until, sink, static (truth, to) => to.Truth(truth != 0));
                break;
            case TypeId.TinyInt:
                Give<sbyte>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.UTinyInt:
                Give<byte>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.SmallInt:
                Give<short>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.USmallInt:
                Give<ushort>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.Integer:
                Give<int>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.UInteger:
                Give<uint>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.BigInt:
                Give<long>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.UBigInt:
                Give<ulong>(cells, from, until, sink, static (number, to) => to.Number(number));
                break;
            case TypeId.Float:
                Give<float>(cells, from, until, sink, static (number, to) => GiveNumber(number, to));
                break;
            case TypeId.Double:
                Give<double>(cells, from, until, sink, static (number, to) => GiveNumber(number, to));
                break;
            case TypeId.Date:
                Give<int>(cells, from, until, sink, static (day, to) => GiveInstant(day, TimeSpan.TicksPerDay, to));
                break;
            case TypeId.Timestamp or TypeId.TimestampTz:
                Give<long>(
                    cells,
                    from,
                    until,
                    sink,
                    static (at, to) => GiveInstant(at, TimeSpan.TicksPerMicrosecond, to)
                );
                break;
            default:
                for (var row = from; row < until; row++)
                    sink.Text(Cell.Trim(cells.TextBytes(row)));
                break;
        }
    }

    static void Give<T>(Vector cells, int from, int until, CellSink sink, Action<T, CellSink> give)
        where T : unmanaged
    {
        var values = cells.Span<T>();
        for (var row = from; row < until; row++)
        {
            if (cells.IsNull(row))
                sink.Text([]);
            else
                give(values[row], sink);
        }
    }

    static void GiveNumber(double number, CellSink sink)
    {
        if (double.IsNaN(number))
            sink.Text([]);
        else
            sink.Number(number);
    }

    // the engine's infinite instants, and those that no calendar here reaches, are told as infinite
    static void GiveInstant(long units, long ticksPerUnit, CellSink sink)
    {
        var ticks = (Int128)DateTime.UnixEpoch.Ticks + ((Int128)units * ticksPerUnit);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            sink.Text(_infinity);
        else
            sink.Instant(new DateTime((long)ticks, DateTimeKind.Utc));
    }
}
