namespace LeadScoring.Ingestion.DuckDb;

/// <summary>The rows of a query, chunk by chunk.</summary>
public sealed class QueryResult : IDisposable
{
    readonly string _name;
    readonly Connection _connection;
    readonly CancellationToken _cancellation;
    NativeResult _result;
    nint _chunk;
    bool _disposed;

    internal QueryResult(string name, Connection connection, NativeResult result, CancellationToken cancellation)
    {
        (_name, _connection, _result, _cancellation) = (name, connection, result, cancellation);
        var count = NativeMethods.duckdb_column_count(ref _result);
        var columns = new Column[count];
        for (var i = 0UL; i < count; i++)
        {
            columns[i] = new Column(
                NativeMethods.Text(NativeMethods.duckdb_column_name(ref _result, i)),
                ColumnType.Take(NativeMethods.duckdb_column_logical_type(ref _result, i))
            );
        }
        Columns = columns;
    }

    /// <summary>Name and type of each column.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Rows changed, for a statement that changes rows.</summary>
    public long RowsChanged => (long)NativeMethods.duckdb_rows_changed(ref _result);

    /// <summary>The next chunk (at most 2,048 rows), or null at the end; the chunk before is no longer valid.</summary>
    /// <exception cref="DuckDbException">The query failed while it was running.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Chunk? Next()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        DropChunk();
        using var interruption = _cancellation.Register(_connection.Interrupt);
        _cancellation.ThrowIfCancellationRequested();
        _chunk = NativeMethods.duckdb_fetch_chunk(_result);
        if (_chunk != 0)
            return new Chunk(_chunk, Columns);
        _cancellation.ThrowIfCancellationRequested();
        var error = NativeMethods.Text(NativeMethods.duckdb_result_error(ref _result));
        return error.Length == 0 ? null : throw new DuckDbException(_name, error);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        DropChunk();
        NativeMethods.duckdb_destroy_result(ref _result);
    }

    void DropChunk()
    {
        if (_chunk != 0)
            NativeMethods.duckdb_destroy_data_chunk(ref _chunk);
        _chunk = 0;
    }
}

/// <summary>One column of a result.</summary>
public sealed record Column(string Name, ColumnType Type);
