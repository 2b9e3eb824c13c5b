namespace LeadScoring.Worker.Mail;

/// <summary>One writer at a time over all processes: whoever holds the lock file has the turn until it is disposed.</summary>
/// <remarks>The operating system ends the turn of a process that dies, so the file may stay.</remarks>
static class FileTurn
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="IOException">Others held it for longer than ten seconds.</exception>
    public static IDisposable Wait(string lockFile, TimeProvider time)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(lockFile) && time.GetElapsedTime(started) < Patience)
            {
                using var pause = new ManualResetEventSlim();
                pause.Wait(Pause);
            }
        }
    }
}
