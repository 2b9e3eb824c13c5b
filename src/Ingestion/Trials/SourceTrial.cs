namespace LeadScoring.Ingestion.Trials;

/// <summary>What would come of a file if it were put into the inbox.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Sureness">How sure it is that the file is of this source.</param>
/// <param name="Match">The source, and where the file has its columns.</param>
/// <param name="Rivals">The next best sources.</param>
public sealed record SourceTrial(string File, Sureness Sureness, SourceMatch Match, IReadOnlyList<Rival> Rivals)
{
    /// <summary>How the file was read: dialect and encoding.</summary>
    public string Format { get; init; } = "";

    /// <summary>Why an ingest would refuse the file as a whole; null when it would not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the lake has this very file already: an ingest would not read it again.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Records found: always accepted + rejected + duplicate.</summary>
    public long Read { get; init; }

    public long Accepted { get; init; }

    public long Rejected { get; init; }

    /// <summary>Rows that are there twice in this file; those that the lake has already are not looked for.</summary>
    public long Duplicate { get; init; }

    public IReadOnlyList<RejectReason> Reasons { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<TableRows> Tables { get; init; } = [];
}

/// <summary>Another source that the file might be of.</summary>
/// <param name="Missing">Its columns that the file does not have.</param>
public sealed record Rival(string Source, double Closeness, IReadOnlyList<string> Missing);
