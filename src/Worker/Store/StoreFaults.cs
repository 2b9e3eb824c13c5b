using Microsoft.Data.Sqlite;

namespace LeadScoring.Worker.Store;

/// <summary>SQLite's errors that an operator can mend, in an operator's words. Any other is a bug and is left alone.</summary>
/// <remarks>Codes: https://www.sqlite.org/rescode.html</remarks>
static class StoreFaults
{
    const int Busy = 5;
    const int Locked = 6;
    const int ReadOnly = 8;
    const int InputOutput = 10;
    const int Corrupt = 11;
    const int Full = 13;
    const int CannotOpen = 14;
    const int NotADatabase = 26;

    /// <summary>The fault in words, null when it is a bug.</summary>
    public static string? Explain(string path, SqliteException fault) =>
        fault.SqliteErrorCode switch
        {
            Busy or Locked => WorkerException.Told(
                path,
                "another process is writing and did not finish in time",
                "one writer at a time",
                "wait for the other run, or end it, and run again"
            ),
            Corrupt or NotADatabase => WorkerException.Told(
                path,
                $"the file is damaged or no SQLite database (SQLite error {fault.SqliteErrorCode})",
                "a store made by leads",
                "put back a copy, or move the file away: the next run makes a new store, without the history of stages"
            ),
            ReadOnly or CannotOpen => WorkerException.Told(
                path,
                "the file cannot be opened for writing",
                "a file and folder that this user may write",
                "mend the rights of the folder and of leads.db, leads.db-wal, leads.db-shm; or make room, when the disk takes no new file"
            ),
            Full or InputOutput => WorkerException.Told(
                path,
                "the disk is full or failing",
                "room for the store and its journal",
                "make room; nothing of the interrupted step was kept, so run it again"
            ),
            _ => null,
        };
}
