using System.Runtime.InteropServices;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>Statements, parameters and results.</summary>
static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ulong duckdb_extract_statements(
        ConnectionHandle connection,
        string sql,
        out nint extracted
    );

    [LibraryImport(Library)]
    internal static partial nint duckdb_extract_statements_error(nint extracted);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_extracted(ref nint extracted);

    [LibraryImport(Library)]
    internal static partial int duckdb_prepare_extracted_statement(
        ConnectionHandle connection,
        nint extracted,
        ulong index,
        out nint statement
    );

    [LibraryImport(Library)]
    internal static partial nint duckdb_prepare_error(nint statement);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_nparams(StatementHandle statement);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_bind_parameter_index(StatementHandle statement, out ulong index, string name);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_null(StatementHandle statement, ulong index);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_boolean(
        StatementHandle statement,
        ulong index,
        [MarshalAs(UnmanagedType.U1)] bool value
    );

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_int64(StatementHandle statement, ulong index, long value);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_double(StatementHandle statement, ulong index, double value);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_timestamp(StatementHandle statement, ulong index, long microseconds);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_date(StatementHandle statement, ulong index, int days);

    [LibraryImport(Library)]
    internal static partial int duckdb_bind_varchar_length(
        StatementHandle statement,
        ulong index,
        byte* value,
        ulong length
    );

    [LibraryImport(Library)]
    internal static partial int duckdb_execute_prepared(StatementHandle statement, out NativeResult result);

    [LibraryImport(Library)]
    internal static partial int duckdb_pending_prepared_streaming(StatementHandle statement, out nint pending);

    [LibraryImport(Library)]
    internal static partial int duckdb_execute_pending(nint pending, out NativeResult result);

    [LibraryImport(Library)]
    internal static partial nint duckdb_pending_error(nint pending);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)]
    internal static partial nint duckdb_result_error(ref NativeResult result);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_result(ref NativeResult result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_rows_changed(ref NativeResult result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_column_count(ref NativeResult result);

    [LibraryImport(Library)]
    internal static partial nint duckdb_column_name(ref NativeResult result, ulong column);

    [LibraryImport(Library)]
    internal static partial nint duckdb_column_logical_type(ref NativeResult result, ulong column);

    [LibraryImport(Library)]
    internal static partial nint duckdb_fetch_chunk(NativeResult result);
}

/// <summary>48 bytes, passed by value where the C API says so.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly struct NativeResult
{
    readonly ulong _columns;
    readonly ulong _rows;
    readonly ulong _changed;
    readonly nint _columnData;
    readonly nint _error;
    readonly nint _internal;
}
