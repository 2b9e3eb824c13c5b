using System.Runtime.CompilerServices;
using System.Text;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>One prepared statement with its parameters.</summary>
sealed unsafe class Statement : IDisposable
{
    readonly string _name;
    readonly StatementHandle _handle;

    Statement(string name, StatementHandle handle) => (_name, _handle) = (name, handle);

    internal static Statement Prepare(string name, ConnectionHandle connection, nint extracted, ulong index)
    {
        var state = NativeMethods.duckdb_prepare_extracted_statement(connection, extracted, index, out var statement);
        if (state == NativeMethods.Success)
            return new Statement(name, new StatementHandle(statement));
        var error = NativeMethods.Text(NativeMethods.duckdb_prepare_error(statement));
        NativeMethods.duckdb_destroy_prepare(ref statement);
        throw new DuckDbException(name, error);
    }

    internal void Bind(object?[] parameters)
    {
        var expected = NativeMethods.duckdb_nparams(_handle);
        if (expected != (ulong)parameters.Length)
            throw new DuckDbException(_name, $"it takes {expected} parameters and was given {parameters.Length}");
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i] is ITuple pair)
                BindNamed(pair);
            else
                Bind((ulong)i + 1, parameters[i]);
        }
    }

    void BindNamed(ITuple pair)
    {
        if (pair.Length != 2 || pair[0] is not string parameter)
            throw new DuckDbException(_name, "a named parameter is a pair of name and value");
        if (NativeMethods.duckdb_bind_parameter_index(_handle, out var index, parameter) != NativeMethods.Success)
            throw new DuckDbException(_name, $"it has no parameter ${parameter}");
        Bind(index, pair[1]);
    }

    void Bind(ulong index, object? value)
    {
        var state = value switch
        {
            null => NativeMethods.duckdb_bind_null(_handle, index),
            bool flag => NativeMethods.duckdb_bind_boolean(_handle, index, flag),
            int number => NativeMethods.duckdb_bind_int64(_handle, index, number),
            long number => NativeMethods.duckdb_bind_int64(_handle, index, number),
            float number => NativeMethods.duckdb_bind_double(_handle, index, number),
            double number => NativeMethods.duckdb_bind_double(_handle, index, number),
            DateTime instant => NativeMethods.duckdb_bind_timestamp(_handle, index, Time.Microseconds(instant)),
            DateOnly day => NativeMethods.duckdb_bind_date(_handle, index, Time.Days(day)),
            string text => BindText(index, text),
            _ => throw new InvalidOperationException($"{_name}: no parameter can be a {value.GetType().Name}."),
        };
        if (state != NativeMethods.Success)
            throw new DuckDbException(_name, $"parameter {index} was refused");
    }

    int BindText(ulong index, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
            return NativeMethods.duckdb_bind_varchar_length(_handle, index, start, (ulong)bytes.Length);
    }

    internal QueryResult Run(Connection connection, bool streaming, CancellationToken cancellation)
    {
        using var interruption = cancellation.Register(connection.Interrupt);
        var state = streaming
            ? RunStreaming(out var result)
            : NativeMethods.duckdb_execute_prepared(_handle, out result);
        if (state == NativeMethods.Success)
            return new QueryResult(_name, connection, result, cancellation);
        var error = NativeMethods.Text(NativeMethods.duckdb_result_error(ref result));
        NativeMethods.duckdb_destroy_result(ref result);
        cancellation.ThrowIfCancellationRequested();
        throw new DuckDbException(_name, error);
    }

    int RunStreaming(out NativeResult result)
    {
        var state = NativeMethods.duckdb_pending_prepared_streaming(_handle, out var pending);
        try
        {
            if (state != NativeMethods.Success)
                throw new DuckDbException(_name, NativeMethods.Text(NativeMethods.duckdb_pending_error(pending)));
            return NativeMethods.duckdb_execute_pending(pending, out result);
        }
        finally
        {
            NativeMethods.duckdb_destroy_pending(ref pending);
        }
    }

    public void Dispose() => _handle.Dispose();
}
