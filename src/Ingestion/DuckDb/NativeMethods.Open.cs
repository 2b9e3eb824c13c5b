using System.Runtime.InteropServices;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>DuckDB's C API, chapter by chapter: opening, connecting, configuring.</summary>
/// <remarks>Source: <c>duckdb.h</c> of DuckDB 1.5. Names are the library's own.</remarks>
static unsafe partial class NativeMethods
{
    const string Library = "duckdb";

    /// <summary>0 is success, 1 is error.</summary>
    internal const int Success = 0;

    static NativeMethods() =>
        NativeLibrary.SetDllImportResolver(
            typeof(NativeMethods).Assembly,
            static (name, assembly, path) =>
                !string.Equals(name, Library, StringComparison.Ordinal) ? 0
                : OperatingSystem.IsWindows() ? NativeLibrary.Load("duckdb.dll", assembly, path)
                : OperatingSystem.IsMacOS() ? NativeLibrary.Load("libduckdb.dylib", assembly, path)
                : NativeLibrary.Load("libduckdb.so", assembly, path)
        );

    [LibraryImport(Library)]
    internal static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int duckdb_open_ext(string path, out nint database, nint config, out nint error);

    [LibraryImport(Library)]
    internal static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    internal static partial int duckdb_connect(DatabaseHandle database, out nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_interrupt(ConnectionHandle connection);

    [LibraryImport(Library)]
    internal static partial NativeProgress duckdb_query_progress(ConnectionHandle connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_free(nint memory);

    [LibraryImport(Library)]
    internal static partial nint duckdb_library_version();

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    /// <summary>Reads a string that DuckDB allocated for the caller, and frees it.</summary>
    internal static string TakeText(nint utf8)
    {
        var text = Text(utf8);
        duckdb_free(utf8);
        return text;
    }
}

/// <summary>24 bytes: share done in per cent (-1 when not known) and rows.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly struct NativeProgress
{
    internal readonly double Percentage;
    internal readonly ulong Processed;
    internal readonly ulong Total;
}
