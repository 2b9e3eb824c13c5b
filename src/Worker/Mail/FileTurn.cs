namespace LeadScoring.Worker.Mail;

/// <summary>One writer at a time over all processes: whoever holds the lock file has the turn until it is disposed.</summary>
/// <remarks>
/// Or several at a time, who keep only one away that wants it alone. The operating system ends the turn of a
/// process that dies, so the file may stay.
/// </remarks>
static class FileTurn
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="WorkerException">Others held it for longer than ten seconds, or the file cannot be made or opened.</exception>
    /// <param name="held">What is said when others have it.</param>
    public static IDisposable Wait(string lockFile, TimeProvider time, HeldTurn? held = null) =>
        Wait(lockFile, FileAccess.ReadWrite, FileShare.None, time, held);

    /// <summary>A turn beside others of this kind, and not beside one of <see cref="Wait(string, TimeProvider, HeldTurn)"/>.</summary>
    /// <exception cref="WorkerException">One alone held it for longer than ten seconds, or the file cannot be made or opened.</exception>
    public static IDisposable WaitBeside(string lockFile, TimeProvider time, HeldTurn? held = null) =>
        Wait(lockFile, FileAccess.Read, FileShare.Read, time, held);

    /// <summary>The turn when nobody has it, null when somebody has.</summary>
    /// <exception cref="WorkerException">The file cannot be made or opened.</exception>
    public static IDisposable? TryTake(string lockFile) =>
        TryOpen(lockFile, FileAccess.ReadWrite, FileShare.None, out _);

    static FileStream Wait(string lockFile, FileAccess access, FileShare share, TimeProvider time, HeldTurn? held)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (TryOpen(lockFile, access, share, out var fault) is { } turn)
                return turn;
            if (time.GetElapsedTime(started) >= Patience)
            {
                var words = held ?? HeldTurn.Usual;
                throw Told(lockFile, words.Found, words.Expected, words.Remedy, fault!);
            }
            using var pause = new ManualResetEventSlim();
            pause.Wait(Pause);
        }
    }

    static FileStream? TryOpen(string lockFile, FileAccess access, FileShare share, out IOException? held)
    {
        held = null;
        try
        {
            return new FileStream(lockFile, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            held = fault;
            return null;
        }
        catch (IOException fault) when (fault is DirectoryNotFoundException)
        {
            throw Told(lockFile, "its folder is missing", "the folder of the home", "make it anew", fault);
        }
        catch (IOException fault)
        {
            throw Told(
                lockFile,
                $"the file system does not take it (error 0x{fault.HResult:x})",
                "a disk with room that takes writes and locks",
                "make room or mend the disk, and run again; nothing was written",
                fault
            );
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Told(
                lockFile,
                "the file may not be written",
                "a file and folder that this user may write",
                "mend the rights of the folder, and run again; nothing was written",
                fault
            );
        }
    }

    /// <summary>Linux EAGAIN, macOS EAGAIN, Windows ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.</summary>
    static bool IsHeld(IOException fault) =>
        fault.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    static WorkerException Told(string where, string found, string expected, string remedy, Exception cause) =>
        new(WorkerException.Told(where, found, expected, remedy), cause);
}

/// <summary>What is said when a turn is another's for too long.</summary>
sealed record HeldTurn(string Found, string Expected, string Remedy)
{
    public static HeldTurn Usual { get; } =
        new(
            "another process has held it for more than ten seconds",
            "one at a time",
            "wait for it and run again, or end it if it hangs; the lock ends with the process, the file may stay"
        );
}
