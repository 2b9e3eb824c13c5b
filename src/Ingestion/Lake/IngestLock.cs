using System.Globalization;

namespace LeadScoring.Ingestion;

/// <summary>Lets one ingest at a time write a lake, and says which process that is.</summary>
/// <remarks>
/// What counts is the lock file that is held open: the system frees it when the process ends, however it ends, so the
/// dead never block. Who holds it stands in a file beside it, because a file that is held cannot be read everywhere.
/// </remarks>
sealed class IngestLock : IDisposable
{
    static readonly TimeSpan _betweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>Long enough for a holder to write its name, and for a look whether there is one to be over.</summary>
    static readonly TimeSpan _untilNamed = TimeSpan.FromSeconds(1);

    readonly LakeLayout _layout;
    readonly FileStream _file;

    IngestLock(LakeLayout layout, FileStream file) => (_layout, _file) = (layout, file);

    /// <summary>Takes the lock, and waits for it as long as <see cref="IngestOptions.Wait"/> says.</summary>
    /// <exception cref="IngestionException">Another ingest still writes the lake.</exception>
    public static IngestLock Take(
        LakeLayout layout,
        IngestOptions options,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(layout.Lake);
        var started = options.Time.GetTimestamp();
        while (true)
        {
            if (TryOpen(layout) is { } file)
                return Named(new IngestLock(layout, file), options.Time);
            var named = LockHolder.Read(layout)?.ToString();
            var holder = named ?? "a process that has not said which";
            var waited = options.Time.GetElapsedTime(started);
            if (waited >= options.Wait && (named is not null || waited >= _untilNamed))
                throw Held(layout, holder, options.Wait);
            progress?.Report(
                new IngestProgress(
                    $"waiting for {holder}",
                    (long)waited.TotalSeconds,
                    (long)options.Wait.TotalSeconds,
                    0
                )
            );
            cancellation.WaitHandle.WaitOne(_betweenTries);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether an ingest writes the lake now; a home without a lake is left without one.</summary>
    public static bool IsHeld(LakeLayout layout)
    {
        if (!File.Exists(layout.LockFile))
            return false;
        try
        {
            using var file = new FileStream(layout.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            return true;
        }
    }

    public void Dispose()
    {
        using (_file)
            File.Delete(_layout.LockHolderFile);
    }

    static IngestLock Named(IngestLock held, TimeProvider time)
    {
        try
        {
            LockHolder.Write(held._layout, time);
            return held;
        }
        catch
        {
            held._file.Dispose();
            throw;
        }
    }

    static FileStream? TryOpen(LakeLayout layout)
    {
        try
        {
            return new FileStream(layout.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            return null;
        }
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows; other faults are no holder.</summary>
    static bool IsSharingViolation(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    static IngestionException Held(LakeLayout layout, string holder, TimeSpan wait)
    {
        var waited =
            wait > TimeSpan.Zero ? $", also after {wait.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s" : "";
        return new(
            $"Another ingest is writing {layout.Lake}{waited}: {holder}. One at a time may. Run again when it is done, or "
                + "let --wait SECONDS wait for it."
        )
        {
            IsHeld = true,
        };
    }
}
