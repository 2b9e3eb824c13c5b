using System.Text.RegularExpressions;
using LeadScoring.Funnel;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring;

namespace LeadScoring.Worker;

/// <summary>A full disk in an operator's words, whatever of a home was being written: scores, lists, messages, ledgers.</summary>
/// <remarks>The store tells its own faults, and an ingest that was broken off tells how the lake is.</remarks>
static partial class DiskFault
{
    // EFBIG, ENOSPC, EDQUOT (Linux, macOS); ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL (Windows)
    static readonly int[] _full = [27, 28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    static readonly string[] _fullWords = ["No space left", "File too large", "quota", "failed to offload"];

    /// <summary>The fault in words; null when it is no full disk, or is told already.</summary>
    public static string? Explain(Exception problem)
    {
        if (problem is WorkerException or IngestionException or ScoringException or FunnelException)
            return null;
        for (var each = problem; each is not null; each = each.InnerException)
            if (IsFull(each))
                return WorkerException.Told(
                    QuotedPath().Match(each.Message) is { Success: true } match ? match.Groups["path"].Value
                        : each is DuckDbException engine ? $"{engine.Statement} in the home"
                        : "the home",
                    "the disk is full, or a file may not grow further",
                    "room for what the home has to keep",
                    "make room and run the same again; nothing half-written counts"
                );
        return null;
    }

    static bool IsFull(Exception problem) =>
        problem switch
        {
            IOException => _full.Contains(problem.HResult),
            DuckDbException => _fullWords.Any(word =>
                problem.Message.Contains(word, StringComparison.OrdinalIgnoreCase)
            ),
            // What the runtime makes of EFBIG when it writes.
            ArgumentOutOfRangeException => problem.TargetSite?.DeclaringType == typeof(RandomAccess),
            _ => false,
        };

    [GeneratedRegex("""['"](?<path>[^'"]+)['"]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedPath();
}
