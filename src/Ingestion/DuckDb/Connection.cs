namespace LeadScoring.Ingestion.DuckDb;

/// <summary>One connection, for one thread at a time; <see cref="Interrupt"/> and <see cref="Progress"/> from any.</summary>
public sealed class Connection : IDisposable
{
    readonly ConnectionHandle _handle;

    internal Connection(ConnectionHandle handle) => _handle = handle;

    internal ConnectionHandle Handle => _handle;

    /// <summary>Runs one or more statements to the end; parameters go to the last one.</summary>
    /// <param name="name">What errors call the statement.</param>
    /// <param name="sql">One or several statements separated by semicolons.</param>
    /// <param name="parameters">Values for <c>$1, $2</c> in order, or <c>(name, value)</c> pairs for <c>$name</c>.</param>
    /// <returns>Rows changed by the last statement (rows copied, for <c>copy</c>).</returns>
    public long Execute(string name, string sql, CancellationToken cancellation, params object?[] parameters)
    {
        using var result = Run(name, sql, streaming: false, parameters, cancellation);
        return result.RowsChanged;
    }

    public long Execute(string name, string sql, params object?[] parameters) =>
        Execute(name, sql, CancellationToken.None, parameters);

    /// <summary>Runs a query whose rows are read chunk by chunk while the engine works.</summary>
    /// <remarks>Read to the end or dispose before the connection is used again.</remarks>
    public QueryResult Query(string name, string sql, CancellationToken cancellation, params object?[] parameters) =>
        Run(name, sql, streaming: true, parameters, cancellation);

    public QueryResult Query(string name, string sql, params object?[] parameters) =>
        Query(name, sql, CancellationToken.None, parameters);

    /// <summary>Reads every row of a query into objects.</summary>
    public IReadOnlyList<T> Rows<T>(string name, string sql, Func<Chunk, int, T> read, params object?[] parameters)
    {
        using var result = Query(name, sql, parameters);
        var rows = new List<T>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                rows.Add(read(chunk, row));
        }
        return rows;
    }

    /// <summary>The first column of the first row, or null when there is no row or it is NULL.</summary>
    public object? Scalar(string name, string sql, params object?[] parameters)
    {
        using var result = Query(name, sql, parameters);
        return result.Next() is { Count: > 0 } chunk ? chunk.Value(0, 0) : null;
    }

    /// <summary>The first column of the first row.</summary>
    /// <exception cref="DuckDbException">There is no row, or it is NULL.</exception>
    public T Scalar<T>(string name, string sql, params object?[] parameters)
        where T : notnull =>
        Scalar(name, sql, parameters) switch
        {
            T value => value,
            null => throw new DuckDbException(name, "one value was expected, there was none"),
            var other => (T)Convert.ChangeType(other, typeof(T), System.Globalization.CultureInfo.InvariantCulture),
        };

    /// <summary>Appends rows to an existing table.</summary>
    public Appender Appender(string table) => new(this, table);

    /// <summary>Stops what the connection is doing; the running call throws.</summary>
    public void Interrupt() => NativeMethods.duckdb_interrupt(_handle);

    /// <summary>How much of the running statement is done, 0 to 1, or null when the engine cannot tell.</summary>
    public double? Progress
    {
        get
        {
            var progress = NativeMethods.duckdb_query_progress(_handle);
            return progress.Percentage < 0 ? null : progress.Percentage / 100;
        }
    }

    public void Dispose() => _handle.Dispose();

    QueryResult Run(string name, string sql, bool streaming, object?[] parameters, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var count = NativeMethods.duckdb_extract_statements(_handle, sql, out var extracted);
        try
        {
            if (count == 0)
            {
                var error = NativeMethods.Text(NativeMethods.duckdb_extract_statements_error(extracted));
                throw new DuckDbException(name, error.Length > 0 ? error : "there is no statement in it");
            }
            for (var index = 0UL; index + 1 < count; index++)
                RunOne(name, extracted, index, streaming: false, [], cancellation).Dispose();
            return RunOne(name, extracted, count - 1, streaming, parameters, cancellation);
        }
        finally
        {
            NativeMethods.duckdb_destroy_extracted(ref extracted);
        }
    }

    QueryResult RunOne(
        string name,
        nint extracted,
        ulong index,
        bool streaming,
        object?[] parameters,
        CancellationToken cancellation
    )
    {
        using var statement = Statement.Prepare(name, _handle, extracted, index);
        statement.Bind(parameters);
        return statement.Run(this, streaming, cancellation);
    }
}
