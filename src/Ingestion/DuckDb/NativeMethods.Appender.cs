using System.Runtime.InteropServices;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>The appender: rows from the program into a table.</summary>
static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_appender_create(
        ConnectionHandle connection,
        string? schema,
        string table,
        out nint appender
    );

    [LibraryImport(Library)]
    internal static partial nint duckdb_appender_error(nint appender);

    [LibraryImport(Library)]
    internal static partial int duckdb_appender_flush(AppenderHandle appender);

    [LibraryImport(Library)]
    internal static partial int duckdb_appender_destroy(ref nint appender);

    [LibraryImport(Library)]
    internal static partial int duckdb_appender_end_row(AppenderHandle appender);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_null(AppenderHandle appender);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_bool(AppenderHandle appender, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_int64(AppenderHandle appender, long value);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_float(AppenderHandle appender, float value);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_double(AppenderHandle appender, double value);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_timestamp(AppenderHandle appender, long microseconds);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_date(AppenderHandle appender, int days);

    [LibraryImport(Library)]
    internal static partial int duckdb_append_varchar_length(AppenderHandle appender, byte* value, ulong length);
}
