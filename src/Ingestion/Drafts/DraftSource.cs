using System.Text;
using System.Text.RegularExpressions;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Drafts;

/// <summary>Writes a first <c>sources/NAME.sql</c> for an export that nobody has described yet.</summary>
public static partial class DraftSource
{
    /// <summary>Rows that are looked at; what is found there may not hold for a later one, and then that row is rejected.</summary>
    const int MostRows = 200_000;

    /// <param name="name">The source's name, which is also that of its folder below <c>inbox/</c>.</param>
    /// <param name="path">A file of it.</param>
    /// <exception cref="IngestionException">The name is taken or no name, or the file cannot be read.</exception>
    public static SourceDraft Run(string home, string name, string path, CancellationToken cancellation)
    {
        var layout = LakeLayout.Of(home);
        if (!NamePattern().IsMatch(name))
            throw new IngestionException(
                $"'{name}' is no name for a source. Expected small letters a-z, digits and _, beginning with a letter."
            );
        var target = Path.Combine(layout.Sources, $"{name}.sql");
        if (File.Exists(target))
            throw new IngestionException($"sources/{name}.sql is there already and is not overwritten. Name another.");
        if (SourceCatalog.Load(home).Find(name) is not null)
            throw new IngestionException($"'{name}' is a built-in source. Expected a name of your own; name another.");
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new IngestionException($"{path}: there is no such file. Expected an export; name another.");
        try
        {
            var (columns, rows, left) = Survey(path, cancellation);
            var draft = DraftText.Of(name, columns, rows == MostRows ? rows : null, left);
            Directory.CreateDirectory(layout.Sources);
            using var stream = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(Encoding.UTF8.GetBytes(draft.Text));
            return draft with { Path = target };
        }
        catch (IngestionException error)
        {
            throw new IngestionException($"{file}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IngestionException(
                $"{file} or sources/{name}.sql: {error.Message} Expected to read the one and write the other.",
                error
            );
        }
    }

    static (IReadOnlyList<ColumnGuess> Columns, long Rows, int LeftOut) Survey(
        string path,
        CancellationToken cancellation
    )
    {
        var scratch = Directory.CreateTempSubdirectory("leads-new-").FullName;
        try
        {
            var file = FileColumns.Of(path, [], sheet: null, scratch, cancellation);
            var names = file.Declarable;
            if (names.Count == 0)
                throw new IngestionException(
                    "none of its columns has a name of its own. Expected a header with names."
                );
            var columns = names.Select(one => new SourceColumn(one, ColumnKind.Text, Presence.Optional)).ToArray();
            var guesses = names.Select(one => new ColumnGuess(one)).ToArray();
            var rows = 0L;
            using var reader = InputFile.Open(path, columns, sheet: null, scratch, cancellation);
            while (rows < MostRows && reader.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                if (reader.Problem is not null)
                    continue;
                rows++;
                for (var at = 0; at < guesses.Length; at++)
                    guesses[at].Add(reader.Field(at));
            }
            return rows > 0
                ? (guesses, rows, file.Names.Count - names.Count)
                : throw new IngestionException("there is no sound row in it. Expected some rows to guess from.");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.None, 1000)]
    private static partial Regex NamePattern();
}

/// <summary>A source as it was guessed from a file.</summary>
/// <param name="Path">Where it was written.</param>
/// <param name="Text">The whole of the <c>.sql</c>.</param>
/// <param name="Time">The column that says when; null when none was found and the body is to be filled in.</param>
/// <param name="Person">The columns that say who; empty when none was found.</param>
/// <param name="Identity">The column by which a row is known again; null: equal rows are all kept.</param>
/// <param name="Notes">What was left open, and has to be looked at by somebody.</param>
public sealed record SourceDraft(
    string Name,
    string Path,
    string Text,
    IReadOnlyList<SourceColumn> Columns,
    string? Time,
    IReadOnlyList<string> Person,
    string? Identity,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Whether the source reads such files as it stands.</summary>
    public bool IsReady => Time is not null && Person.Count > 0;
}
