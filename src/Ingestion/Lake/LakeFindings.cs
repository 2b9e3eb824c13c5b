namespace LeadScoring.Ingestion;

/// <summary>What a look at a lake found.</summary>
/// <param name="Manifest">The manifest that was compared with.</param>
/// <param name="Writer">Who wrote the lake meanwhile, so that strays were not looked for; null when nobody did.</param>
/// <param name="Findings">Everything that is wrong; none in a sound lake.</param>
public sealed record LakeFindings(Manifest Manifest, string? Writer, IReadOnlyList<LakeFinding> Findings)
{
    /// <summary>Files of which the manifest says no checksum, because an older version wrote them.</summary>
    public int WithoutChecksum => Manifest.Files.Count(file => file.Sha256 is null);
}

/// <summary>One thing that is wrong with a lake.</summary>
/// <param name="Path">Relative to <c>lake/</c>, or to <c>inbox/</c> when it is about the sums of an ingested file.</param>
/// <param name="Words">What was found, and what to do.</param>
public sealed record LakeFinding(string Path, LakeFault Fault, string Words)
{
    /// <summary>Whether it is something that the manifest does not name: an ingest at work has such files, too.</summary>
    public bool IsStray => Fault is LakeFault.Orphan or LakeFault.LeftOver;
}

/// <summary>What can be wrong with a lake.</summary>
public enum LakeFault
{
    /// <summary>A file is named in the manifest and is not there.</summary>
    Missing,

    /// <summary>A file has another length than the manifest says.</summary>
    Size,

    /// <summary>A file has another number of rows than the manifest says.</summary>
    Rows,

    /// <summary>A file has other bytes than were written.</summary>
    Checksum,

    /// <summary>A file cannot be opened, or is no Parquet.</summary>
    Unreadable,

    /// <summary>Rows read are not those accepted, rejected and found to be duplicates.</summary>
    Sums,

    /// <summary>The rejected rows of a file are not there, or not all of them.</summary>
    Rejects,

    /// <summary>The lake was made by an earlier version and cannot be added to.</summary>
    Outdated,

    /// <summary>No manifest names the file.</summary>
    Orphan,

    /// <summary>An ingest that was broken off left it behind.</summary>
    LeftOver,
}
