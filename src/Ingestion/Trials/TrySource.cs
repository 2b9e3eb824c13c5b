using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Trials;

/// <summary>Reads a file as an ingest would, in a temporary folder that is gone afterwards: lake and inbox stay as they are.</summary>
public static class TrySource
{
    const int RivalsTold = 3;

    /// <param name="path">The file, anywhere.</param>
    /// <param name="source">The source to read it by; null takes the one whose columns are most like the file's.</param>
    /// <param name="rows">How many rows of each table to show.</param>
    /// <exception cref="IngestionException">The file cannot be read, no source is like it, or the sources are wrong.</exception>
    public static SourceTrial Run(string home, string path, string? source, int rows, CancellationToken cancellation)
    {
        var layout = LakeLayout.Of(home);
        var catalog = SourceCatalog.Load(home);
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new IngestionException($"{path}: there is no such file. Expected an export to try; name another.");
        var scratch = Directory.CreateTempSubdirectory("leads-try-").FullName;
        try
        {
            var known = catalog.Sources.SelectMany(known => known.Columns).ToArray();
            var file = FileColumns.Of(path, known, catalog.Find(source ?? "")?.Sheet, scratch, cancellation);
            var matches = Matches(catalog, file, source, name);
            var trial = new SourceTrial(
                name,
                source is null ? SourceMatch.SurenessOf(matches) : Sureness.Given,
                matches[0],
                [
                    .. matches
                        .Skip(1)
                        .Take(RivalsTold)
                        .Select(match => new Rival(
                            match.Source.Name,
                            Math.Round(match.Closeness, 3),
                            [.. match.Missing.Select(column => column.Name)]
                        )),
                ]
            );
            return new Trial(layout, LakeLayout.Of(scratch), trial).Read(path, rows, cancellation);
        }
        catch (IngestionException error) when (!error.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new IngestionException($"{name}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IngestionException(
                $"{name}: it cannot be read: {error.Message} Expected a readable file.",
                error
            );
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    static IReadOnlyList<SourceMatch> Matches(SourceCatalog catalog, FileColumns file, string? source, string name)
    {
        var names = catalog.Sources.Select(known => known.Name).ToArray();
        if (source is not null)
        {
            return catalog.Find(source) is { } given
                ? [SourceMatch.Of(file, given)]
                : throw new IngestionException(
                    $"there is no source '{source}'{Suggestion.For(source, names)}. Expected one of {string.Join(", ", names)}."
                );
        }
        var matches = SourceMatch.Best(file, catalog.Sources);
        return matches.Count > 0
            ? matches
            : throw new IngestionException(
                $"none of its {file.Names.Count} columns is one of any source. Expected an export that a source reads; "
                    + $"write one for it with leads sources new NAME {name}."
            );
    }
}

/// <summary>One file read by one source into staging tables that are thrown away.</summary>
sealed class Trial(LakeLayout home, LakeLayout scratch, SourceTrial found)
{
    readonly Source _source = found.Match.Source;

    public SourceTrial Read(string path, int rows, CancellationToken cancellation)
    {
        BringLookups();
        var lake = Lake.Of(scratch, Manifest.Empty(Lake.DefaultBuckets));
        var salt = Salt.Of(File.Exists(home.SaltFile) ? home : scratch, lake.Manifest);
        var inboxFile = new InboxFile(
            _source.Name,
            found.File,
            path,
            new FileInfo(path).Length,
            File.GetLastWriteTimeUtc(path)
        );
        var file = new FileIntake(inboxFile, inboxFile.Sha256(cancellation), number: 0);
        using var staging = Staging.Open(scratch, salt, new IngestOptions());
        MachineRules.Load(home.Home).Teach(staging.Connection);
        using var intake = new SourceIntake(staging, _source, 1, inboxFile.Bytes, salt, scratch, lake);
        var errors = new List<SourceError>();
        intake.Check(errors, cancellation);
        if (errors.Count > 0)
            throw SourceError.Exception(errors);
        intake.Run([file], (_, _) => { }, cancellation);
        var tables = file.Refusal is null ? Shown(staging, file, rows, cancellation) : [];
        return found with
        {
            Format = file.Format,
            Refusal = file.Refusal,
            IsKnown = Lake.Open(home.Home)
                .Manifest.Batches.Any(batch =>
                    string.Equals(batch.Sha256, file.Sha256, StringComparison.Ordinal)
                    && string.Equals(batch.Source, _source.Name, StringComparison.Ordinal)
                ),
            Read = file.Read,
            Accepted = file.Accepted,
            Rejected = file.Rejected,
            Duplicate = file.Duplicate,
            Reasons = file.Reasons,
            Warnings = file.Warnings,
            Tables = tables,
        };
    }

    IReadOnlyList<TableRows> Shown(Staging staging, FileIntake file, int rows, CancellationToken cancellation)
    {
        var tables = TableRows.Of(staging.Connection, rows);
        using var reader = file.Open(_source, staging.Folder, cancellation);
        var personal = PersonalWords.Among(tables.SelectMany(table => table.Words), reader, _source);
        return [.. tables.Select(table => table.Without(personal))];
    }

    void BringLookups()
    {
        foreach (var lookup in _source.AllLookups.Select(lookup => lookup.File).Distinct(StringComparer.Ordinal))
        {
            var from = Path.Combine(home.Sources, lookup);
            if (!File.Exists(from))
                throw new IngestionException(
                    $"the source's lookup file {lookup} is not in sources/. Put it beside {_source.File}."
                );
            var to = Path.Combine(scratch.Sources, lookup);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
    }
}
