using System.Text;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>Appends rows to a table, value by value; numbers are cast to the column's type, out of range is an error.</summary>
/// <remarks>Rows are in the table after <see cref="Flush"/> or <see cref="Dispose"/>. After an error it is of no more use.</remarks>
public sealed unsafe class Appender : IDisposable
{
    readonly string _table;
    readonly AppenderHandle _handle;
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
    }

    public Appender Append(bool value) => Check(NativeMethods.duckdb_append_bool(_handle, value));

    public Appender Append(long value) => Check(NativeMethods.duckdb_append_int64(_handle, value));

    public Appender Append(float value) => Check(NativeMethods.duckdb_append_float(_handle, value));

    public Appender Append(double value) => Check(NativeMethods.duckdb_append_double(_handle, value));

    public Appender Append(DateTime utc) =>
        Check(NativeMethods.duckdb_append_timestamp(_handle, Time.Microseconds(utc)));

    public Appender Append(DateOnly day) => Check(NativeMethods.duckdb_append_date(_handle, Time.Days(day)));

    public Appender Append(string? value) => value is null ? AppendNull() : Append(Encoding.UTF8.GetBytes(value));

    /// <summary>Appends text that is already UTF-8.</summary>
    public Appender Append(ReadOnlySpan<byte> utf8)
    {
        fixed (byte* start = utf8)
            return Check(NativeMethods.duckdb_append_varchar_length(_handle, start, (ulong)utf8.Length));
    }

    public Appender AppendNull() => Check(NativeMethods.duckdb_append_null(_handle));

    public Appender EndRow() => Check(NativeMethods.duckdb_appender_end_row(_handle));

    /// <summary>Makes the rows appended so far visible.</summary>
    public void Flush() => Check(NativeMethods.duckdb_appender_flush(_handle));

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
            _handle.Dispose();
        }
    }

    Appender Check(int state)
    {
        if (state == NativeMethods.Success)
            return this;
        _failed = true;
        throw new DuckDbException($"append to {_table}", Error());
    }

    string Error() => NativeMethods.Text(NativeMethods.duckdb_appender_error(_handle.DangerousGetHandle()));
}
