namespace LeadScoring.Ingestion;

/// <summary>What an ingest found and did; every file of the inbox is in it.</summary>
/// <param name="Generation">The lake's generation afterwards.</param>
/// <param name="Changed">Whether there was anything new; if not, no byte of the lake changed.</param>
/// <param name="Files">Every file of the inbox, by source and path.</param>
/// <param name="Warnings">What is odd beside the files: folders without a source, left-overs in the inbox.</param>
public sealed record IngestReport(
    int Generation,
    bool Changed,
    IReadOnlyList<FileReport> Files,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Records read in this run: always accepted + rejected + duplicate + erased.</summary>
    public long Read => Files.Sum(file => file.Read);

    public long Accepted => Files.Sum(file => file.Accepted);

    public long Rejected => Files.Sum(file => file.Rejected);

    public long Duplicate => Files.Sum(file => file.Duplicate);

    public long Erased => Files.Sum(file => file.Erased);

    public IEnumerable<FileReport> Refused => Files.Where(file => file.State == FileState.Refused);
}

/// <summary>What became of one file of the inbox.</summary>
/// <param name="Source">The source, which is the folder below <c>inbox/</c>.</param>
/// <param name="Path">Relative to <c>inbox/</c>, with forward slashes.</param>
/// <param name="Format">How it was read, for example <c>csv ';' utf-8 with BOM</c>; empty when it was not.</param>
/// <param name="Refusal">Why the file was refused, with what to do; null when it was not.</param>
/// <param name="Warnings">What was odd about a file that was read.</param>
/// <param name="RejectsFile">Where the rejected rows are kept with line, reason and text, relative to <c>lake/</c>;
/// null when there are none.</param>
/// <param name="Reasons">Why rows were rejected, the most frequent reason first.</param>
public sealed record FileReport(
    string Source,
    string Path,
    FileState State,
    long Read,
    long Accepted,
    long Rejected,
    long Duplicate,
    string Format,
    string? Refusal,
    IReadOnlyList<string> Warnings,
    string? RejectsFile,
    IReadOnlyList<RejectReason> Reasons
)
{
    /// <summary>Rows of contacts that were erased: they are not taken in again, and no text of them is kept.</summary>
    public long Erased { get; init; }
}

/// <summary>One reason for which rows of a file were rejected; it names columns, never a row's content.</summary>
public sealed record RejectReason(string Reason, long Rows, long FirstLine);

/// <summary>What an ingest did with a file.</summary>
public enum FileState
{
    /// <summary>It was new and is in the lake now.</summary>
    Ingested,

    /// <summary>The same content was ingested before.</summary>
    Known,

    /// <summary>It could not be read; it stays in the inbox and is tried again at the next ingest.</summary>
    Refused,
}

/// <summary>How far an ingest is.</summary>
/// <param name="Step">What is being done, in plain words.</param>
/// <param name="Done">Bytes read, or buckets written.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Rows">Records read so far.</param>
public readonly record struct IngestProgress(string Step, long Done, long Total, long Rows);

/// <summary>Settings of an ingest.</summary>
/// <param name="Buckets">Buckets of a lake that is yet to be made; an existing lake keeps its own.</param>
/// <param name="MemoryLimitMiB">Memory that the engine may use before it spills to disk.</param>
/// <param name="SliceRows">Rows of a large file that are gone through at once.</param>
/// <param name="GroupBytes">Files that together are no larger are gone through at once.</param>
/// <param name="Wait">How long to wait while another ingest writes the lake; none says at once which one it is.</param>
public sealed record IngestOptions(
    int Buckets = Lake.DefaultBuckets,
    int MemoryLimitMiB = 1024,
    int SliceRows = 1_000_000,
    long GroupBytes = 64 << 20,
    TimeSpan Wait = default
)
{
    /// <summary>The clock of the wait, and of the note that says since when the lake is written.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What keeps e-mail addresses, as the lake does not; null when nothing does.</summary>
    public Addresses.AddressKeeping? Addresses { get; init; }

    /// <summary>Makes the lake anew from the inbox, after its manifest was lost or damaged.</summary>
    public bool Rebuild { get; init; }
}
