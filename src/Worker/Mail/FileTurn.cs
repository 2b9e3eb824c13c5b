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

    /// <exception cref="IOException">Others held it for longer than ten seconds.</exception>
    public static IDisposable Wait(string lockFile, TimeProvider time) =>
        Wait(lockFile, FileAccess.ReadWrite, FileShare.None, time);

    /// <summary>A turn beside others of this kind, and not beside one of <see cref="Wait(string, TimeProvider)"/>.</summary>
    /// <exception cref="IOException">One alone held it for longer than ten seconds.</exception>
    public static IDisposable WaitBeside(string lockFile, TimeProvider time) =>
        Wait(lockFile, FileAccess.Read, FileShare.Read, time);

    static FileStream Wait(string lockFile, FileAccess access, FileShare share, TimeProvider time)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, access, share);
            }
            catch (IOException) when (File.Exists(lockFile) && time.GetElapsedTime(started) < Patience)
            {
                using var pause = new ManualResetEventSlim();
                pause.Wait(Pause);
            }
        }
    }
}
