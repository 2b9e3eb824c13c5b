using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>The files of an inbox, sorted into those to read, by source, and those about which all is known.</summary>
/// <param name="New">Sources with new files, in ordinal order.</param>
/// <param name="SettledFiles">Reports of known files, and of those without a source.</param>
/// <param name="Copies">Files with the same content as a new one before them.</param>
sealed record Inbox(
    IReadOnlyList<(Source Source, IReadOnlyList<FileIntake> Files)> New,
    IReadOnlyList<FileReport> SettledFiles,
    IReadOnlyList<(InboxFile File, FileIntake Of)> Copies
)
{
    /// <param name="unsteady">Files that are refused because they changed while they were read, with what changed.</param>
    public static Inbox Sort(
        IReadOnlyList<InboxFile> files,
        SourceCatalog catalog,
        Manifest manifest,
        SortedDictionary<string, string> unsteady,
        InboxHashes hashes,
        IProgress<IngestProgress>? progress,
        CancellationToken cancellation
    )
    {
        var seen = manifest.Batches.Select(batch => (batch.Source, batch.Sha256)).ToHashSet();
        var settled = new List<FileReport>();
        var sources = new List<(Source, IReadOnlyList<FileIntake>)>();
        var copies = new List<(InboxFile, FileIntake)>();
        var (done, total) = (0L, files.Sum(file => file.Bytes));
        foreach (var group in files.GroupBy(file => file.Source, StringComparer.Ordinal))
        {
            var source = catalog.Find(group.Key);
            var fresh = new List<FileIntake>();
            foreach (var file in group)
            {
                progress?.Report(new IngestProgress("looking for new files", done += file.Bytes, total, 0));
                if (source is null)
                    settled.Add(Without(file, catalog));
                else if (unsteady.TryGetValue(file.Relative, out var change))
                    settled.Add(Settled(file, FileState.Refused, $"inbox/{file.Relative}: {change}"));
                else if (TryHash(file, hashes, settled, cancellation) is not { } hash)
                    continue;
                else if (seen.Add((file.Source, hash)))
                    fresh.Add(new FileIntake(file, hash, fresh.Count));
                else if (fresh.Find(one => string.Equals(one.Sha256, hash, StringComparison.Ordinal)) is { } original)
                    copies.Add((file, original));
                else
                    settled.Add(Settled(file, FileState.Known, null));
            }
            if (fresh.Count > 0)
                sources.Add((source!, fresh));
        }
        return new Inbox(sources, settled, copies);
    }

    /// <summary>All reports in the order of source and path.</summary>
    public IReadOnlyList<FileReport> Reports() =>
        [
            .. New.SelectMany(source => source.Files.Select(file => file.Report()))
                .Concat(SettledFiles)
                .Concat(Copies.Select(copy => CopyOf(copy.File, copy.Of)))
                .OrderBy(report => report.Source, StringComparer.Ordinal)
                .ThenBy(report => report.Path, StringComparer.Ordinal),
        ];

    /// <summary>What is known by its twin, or refused like it.</summary>
    static FileReport CopyOf(InboxFile file, FileIntake original) =>
        original.Refusal is null
            ? Settled(file, FileState.Known, null)
            : Settled(file, FileState.Refused, $"inbox/{file.Relative}: {original.Refusal}");

    static string? TryHash(InboxFile file, InboxHashes hashes, List<FileReport> settled, CancellationToken cancellation)
    {
        try
        {
            return hashes.Sha256(file, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var why =
                error is UnauthorizedAccessException
                    ? "it may not be read. Give the account that runs leads the right to read it."
                    : error.Message;
            settled.Add(Settled(file, FileState.Refused, $"inbox/{file.Relative}: {file.Change() ?? why}"));
            return null;
        }
    }

    static FileReport Without(InboxFile file, SourceCatalog catalog)
    {
        var known = catalog.Sources.Select(source => source.Name).ToArray();
        return Settled(
            file,
            FileState.Refused,
            $"inbox/{file.Relative}: there is no source '{file.Source}'{Suggestion.For(file.Source, known)}. "
                + $"Expected one of {string.Join(", ", known)}, or a sources/{file.Source}.sql in the home."
        );
    }

    static FileReport Settled(InboxFile file, FileState state, string? refusal) =>
        new(file.Source, file.Relative, state, 0, 0, 0, 0, "", refusal, [], null, []);
}
