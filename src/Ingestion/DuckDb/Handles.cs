using System.Runtime.InteropServices;

namespace LeadScoring.Ingestion.DuckDb;

sealed class DatabaseHandle : SafeHandle
{
    internal DatabaseHandle(nint database)
        : base(0, ownsHandle: true) => SetHandle(database);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_close(ref handle);
        return true;
    }
}

sealed class ConnectionHandle : SafeHandle
{
    internal ConnectionHandle(nint connection)
        : base(0, ownsHandle: true) => SetHandle(connection);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_disconnect(ref handle);
        return true;
    }
}

sealed class StatementHandle : SafeHandle
{
    internal StatementHandle(nint statement)
        : base(0, ownsHandle: true) => SetHandle(statement);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.duckdb_destroy_prepare(ref handle);
        return true;
    }
}

sealed class AppenderHandle : SafeHandle
{
    internal AppenderHandle(nint appender)
        : base(0, ownsHandle: true) => SetHandle(appender);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() =>
        NativeMethods.duckdb_appender_destroy(ref handle) == NativeMethods.Success;
}
