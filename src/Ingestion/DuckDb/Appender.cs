using System.Text;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>Appends rows to a table, value by value in the order of its columns.</summary>
/// <remarks>
/// Values are written straight into the columns of a chunk, which goes to the engine when it is full; a call into the
/// engine for every value takes several times as long. A number has to fit the column's type: out of range is an error.
/// Rows are in the table after <see cref="Flush"/> or <see cref="Dispose"/>. After an error it is of no more use.
/// </remarks>
public sealed unsafe class Appender : IDisposable
{
    static readonly int _capacity = (int)NativeMethods.duckdb_vector_size();

    readonly string _table;
    readonly AppenderHandle _handle;
    readonly ColumnBuffer[] _columns;
    nint _chunk;
    int _row;
    int _column;
    bool _failed;

    internal Appender(Connection connection, string table)
    {
        _table = table;
        var state = NativeMethods.duckdb_appender_create(connection.Handle, null, table, out var appender);
        _handle = new AppenderHandle(appender);
        if (state != NativeMethods.Success)
        {
            var error = Error();
            _handle.Dispose();
            throw new DuckDbException($"append to {table}", error);
        }
        _columns = MakeChunk();
    }

    public Appender Append(bool value) => Check(Next().Put(_row, value));

    public Appender Append(long value) => Check(Next().Put(_row, value));

    public Appender Append(float value) => Check(Next().Put(_row, value));

    public Appender Append(double value) => Check(Next().Put(_row, value));

    public Appender Append(DateTime utc) => Check(Next().PutInstant(_row, Time.Microseconds(utc)));

    public Appender Append(DateOnly day) => Check(Next().PutDay(_row, Time.Days(day)));

    public Appender Append(string? value) => value is null ? AppendNull() : Append(Encoding.UTF8.GetBytes(value));

    /// <summary>Appends text that is already UTF-8.</summary>
    public Appender Append(ReadOnlySpan<byte> utf8) => Check(Next().Put(_row, utf8));

    public Appender AppendNull()
    {
        Next().Null(_row);
        return this;
    }

    public Appender EndRow()
    {
        if (_column != _columns.Length)
            return Fail($"a row of {_column} values, expected {_columns.Length}");
        _column = 0;
        if (++_row == _capacity)
            SendChunk();
        return this;
    }

    /// <summary>Makes the rows appended so far visible.</summary>
    public void Flush()
    {
        SendChunk();
        CheckState(NativeMethods.duckdb_appender_flush(_handle));
    }

    public void Dispose()
    {
        if (_handle.IsClosed)
            return;
        try
        {
            if (!_failed)
                Flush();
        }
        finally
        {
            NativeMethods.duckdb_destroy_data_chunk(ref _chunk);
            _handle.Dispose();
        }
    }

    ColumnBuffer[] MakeChunk()
    {
        var types = new nint[NativeMethods.duckdb_appender_column_count(_handle)];
        for (var i = 0; i < types.Length; i++)
            types[i] = NativeMethods.duckdb_appender_column_type(_handle, (ulong)i);
        fixed (nint* all = types)
            _chunk = NativeMethods.duckdb_create_data_chunk(all, (ulong)types.Length);
        var columns = new ColumnBuffer[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            var vector = NativeMethods.duckdb_data_chunk_get_vector(_chunk, (ulong)i);
            columns[i] = new ColumnBuffer(vector, ColumnType.Take(types[i]).Id);
        }
        return columns;
    }

    ColumnBuffer Next()
    {
        if (_column == _columns.Length)
            Fail($"more values in a row than the {_columns.Length} columns");
        return _columns[_column++];
    }

    void SendChunk()
    {
        if (_row == 0)
            return;
        NativeMethods.duckdb_data_chunk_set_size(_chunk, (ulong)_row);
        CheckState(NativeMethods.duckdb_append_data_chunk(_handle, _chunk));
        NativeMethods.duckdb_data_chunk_reset(_chunk);
        foreach (var column in _columns)
            column.Forget();
        _row = 0;
    }

    Appender Check(string? misfit) => misfit is null ? this : Fail(misfit);

    void CheckState(int state)
    {
        if (state != NativeMethods.Success)
            Fail(Error());
    }

    Appender Fail(string error)
    {
        _failed = true;
        throw new DuckDbException($"append to {_table}", error);
    }

    string Error() => NativeMethods.Text(NativeMethods.duckdb_appender_error(_handle.DangerousGetHandle()));
}
