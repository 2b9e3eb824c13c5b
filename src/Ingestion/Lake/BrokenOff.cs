using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>What happens when the disk does not let an ingest go on: the lake stays as it was, and the message says so.</summary>
static class BrokenOff
{
    // Linux: EFBIG, ENOSPC, EDQUOT
    static readonly int[] _full = [27, 28, 122];
    static readonly string[] _fullWords = ["No space left", "File too large", "quota", "failed to offload"];

    /// <summary>Removes what the ingest has written so far, so that it does not fill the disk any longer.</summary>
    /// <param name="before">The manifest with which the ingest began.</param>
    public static void CleanUp(LakeLayout layout, Manifest before)
    {
        try
        {
            // Read again: the new manifest may already be in place. Without either, nothing is known to be superfluous.
            var now = Manifest.Read(layout);
            if (now.Generation >= before.Generation)
                LeftOvers.Remove(layout, now);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or IngestionException)
        {
            // What broke the ingest off is what is to be told; the next ingest removes what could not be removed now.
        }
    }

    /// <summary>Whether something could not be written: no fault of the file that is read, whatever is written of it.</summary>
    public static bool IsOfWriting(Exception error) =>
        error is RejectsNotWritten || IsTooLarge(error) || (error is IOException && _full.Contains(error.HResult));

    /// <summary>Whether it is the disk that failed, and neither the program nor what was read.</summary>
    public static bool IsOfTheDisk(Exception error) =>
        error switch
        {
            AggregateException several => several.Flatten().InnerExceptions.All(IsOfTheDisk),
            DuckDbException engine => HasLostTransaction(engine)
                || engine.Message.Contains("IO Error", StringComparison.Ordinal)
                || engine.Message.Contains("failed to offload", StringComparison.Ordinal),
            _ => error is IOException or UnauthorizedAccessException or RejectsNotWritten || IsTooLarge(error),
        };

    public static IngestionException Exception(LakeLayout layout, Exception error)
    {
        var first = error is AggregateException several ? several.Flatten().InnerExceptions[0] : error;
        first = first is RejectsNotWritten ? first.InnerException! : first;
        var what =
            IsTooLarge(first) ? "a file would have become larger than is allowed (File too large)"
            : HasLostTransaction(first)
                ? "the engine could no longer write what it had gathered (No space left, most likely)"
            : first.Message.TrimEnd('.');
        return new(
            $"The ingest was broken off and the lake is as it was: {what}. {ToDo(layout, first)} and run again.",
            error
        );
    }

    /// <summary>What the runtime makes of EFBIG when it writes.</summary>
    static bool IsTooLarge(Exception error) =>
        error is ArgumentOutOfRangeException && error.TargetSite?.DeclaringType == typeof(RandomAccess);

    /// <summary>The engine gives a transaction up by itself when it cannot write it; to roll it back then fails.</summary>
    static bool HasLostTransaction(Exception error) =>
        error is DuckDbException { Statement: "rollback" }
        && error.Message.Contains("no transaction is active", StringComparison.Ordinal);

    static string ToDo(LakeLayout layout, Exception error)
    {
        if (
            IsTooLarge(error)
            || HasLostTransaction(error)
            || error is IOException && _full.Contains(error.HResult)
            || _fullWords.Any(word => error.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
        )
            return $"Free space on the disk of {layout.Lake}";
        return
            error is UnauthorizedAccessException
            || error.Message.Contains("Permission denied", StringComparison.OrdinalIgnoreCase)
            ? $"Give the account that runs leads the right to read {layout.Inbox} and to write in {layout.Lake}"
            : "Mend that";
    }
}
