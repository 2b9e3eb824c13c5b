using System.Text.RegularExpressions;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Brings the new files of one source into the staging tables, every record accounted for.</summary>
/// <param name="number">The source's number in the staging tables.</param>
/// <param name="inputBytes">Bytes of the files to come.</param>
sealed partial class SourceIntake(
    Staging staging,
    Source source,
    int number,
    long inputBytes,
    string salt,
    LakeLayout layout,
    Lake lake
) : IDisposable
{
    readonly Connection _connection = staging.Connection;
    readonly RawRows _rows = new(staging.Connection, source, salt, inputBytes);

    public void Dispose() => _rows.Dispose();

    /// <summary>Whether the source's statements fit its columns; what does not goes to <paramref name="errors"/>.</summary>
    public void Check(List<SourceError> errors, CancellationToken cancellation)
    {
        CreateTables(cancellation);
        foreach (var rule in source.RejectRules)
        {
            try
            {
                using var _ = _connection.Query(source.File, $"select 1 from raw where ({rule.Condition}) limit 0");
            }
            catch (DuckDbException error)
            {
                errors.Add(
                    new(
                        source.File,
                        rule.Line,
                        $"a condition that the engine refuses: {error.Message}",
                        "a condition on raw columns"
                    )
                );
            }
        }
        foreach (var statement in source.Derived.Prepend(source))
            SourceOutput.GivenView(_connection, statement, errors);
        DropTables();
    }

    /// <summary>Reads the files, types and filters their rows, and keeps the good ones.</summary>
    /// <remarks>
    /// Files go through in groups, each in a transaction of its own, so that what is at hand at once does not depend on
    /// how much there is. A large file is alone in its group and goes through slice by slice.
    /// </remarks>
    /// <param name="progress">Told every few thousand records, and at each file's end: the share of it that is read.</param>
    public void Run(
        IReadOnlyList<FileIntake> files,
        Action<FileIntake, double> progress,
        CancellationToken cancellation
    )
    {
        foreach (var group in Groups(files))
            RunGroup(group, progress, cancellation);
    }

    IEnumerable<List<FileIntake>> Groups(IReadOnlyList<FileIntake> files)
    {
        var group = new List<FileIntake>();
        var bytes = 0L;
        foreach (var file in files)
        {
            if (group.Count > 0 && bytes + file.File.Bytes > staging.GroupBytes)
            {
                yield return group;
                (group, bytes) = ([], 0);
            }
            group.Add(file);
            bytes += file.File.Bytes;
        }
        yield return group;
    }

    void RunGroup(List<FileIntake> files, Action<FileIntake, double> progress, CancellationToken cancellation)
    {
        _connection.Execute("begin", "begin transaction");
        CreateTables(cancellation);
        using var group = new IntakeGroup(_connection, files, layout, WhoIsErased());
        var step = "";
        try
        {
            foreach (var file in files)
            {
                ReadFile(group, file, progress, ref step, cancellation);
                progress(file, 1);
            }
            Keep(group, ref step, cancellation);
            group.TellLeftOut();
            foreach (var file in files.Where(file => file.Refusal is null))
                group.KeepRejects(file, () => file.Open(source, staging.Folder, cancellation));
            DropTables();
            _connection.Execute("commit", "commit");
        }
        catch (Exception error) when (error is DuckDbException or IngestionException && !BrokenOff.IsOfTheDisk(error))
        {
            _connection.Execute("rollback", "rollback");
            foreach (var file in files.Where(file => file.Refusal is null))
            {
                file.Refuse(
                    $"{step} failed: {WithoutContent(error.Message)} Mend {source.File}, with try_cast where a value may not fit."
                );
                group.Discard(file);
            }
        }
    }

    /// <summary>Finds in rejected rows who is on the home's list of erased contacts; null when nobody is.</summary>
    ErasedText? WhoIsErased() =>
        staging.Suppressions.Hashes.Count == 0 ? null : ErasedText.Of(salt, staging.Suppressions);

    void CreateTables(CancellationToken cancellation)
    {
        _rows.CreateTable();
        foreach (var lookup in source.AllLookups)
            LookupTable.Load(_connection, lookup, layout.Sources, staging.Folder, cancellation);
        _connection.Execute("source", "set variable source_number = $1", number);
    }

    void DropTables()
    {
        ForgetRows();
        foreach (var lookup in source.AllLookups)
            _connection.Execute("drop", $"drop table {Sql.Name(lookup.Table)}");
    }

    /// <summary>Drops the raw rows at hand and what was made of them; dropping frees their memory, deleting would not.</summary>
    void ForgetRows() =>
        _connection.Execute(
            "forget rows",
            "drop view if exists given; drop table if exists typed; drop table raw; delete from dropped"
        );

    void ReadFile(
        IntakeGroup group,
        FileIntake file,
        Action<FileIntake, double> progress,
        ref string step,
        CancellationToken cancellation
    )
    {
        var isAlone = group.Files.Count == 1;
        try
        {
            using var reader = file.Open(source, staging.Folder, cancellation);
            var (typed, mayBeMore) = (0L, true);
            while (mayBeMore)
            {
                var (read, appended) = _rows.Append(
                    reader,
                    file.Number,
                    isAlone ? staging.SliceRows : long.MaxValue,
                    (record, reason) => group.Reject(file, record, reason),
                    read =>
                    {
                        file.Passed = file.Read + read;
                        progress(file, reader.Share);
                    },
                    cancellation
                );
                mayBeMore = isAlone && read == staging.SliceRows;
                (file.Read, typed) = (file.Read + read, typed + appended);
                if (mayBeMore)
                    Keep(group, ref step, cancellation);
            }
            file.Warnings.AddRange(reader.Warnings);
            if (file.Read != typed + group.Rejected(file))
                throw IntakeGroup.Unreconciled(
                    file,
                    $"{file.Read} read, {typed} typed, {group.Rejected(file)} rejected"
                );
        }
        catch (Exception error) when (IsOfTheFile(error, step))
        {
            var isReadAgain = file.TurnsQuotesOff(error, source, staging.Folder, cancellation);
            if (!isReadAgain)
                file.Refuse(error.Message);
            group.Discard(file);
            if (isAlone)
            {
                // What its earlier slices have brought goes with the transaction; a new one has nothing to keep.
                _connection.Execute("rollback", "rollback; begin transaction");
                CreateTables(cancellation);
            }
            else
            {
                _connection.Execute("refused file", "delete from raw where _file = $1", file.Number);
            }
            if (isReadAgain)
                ReadFile(group, file, progress, ref step, cancellation);
        }
    }

    /// <summary>Whether reading failed, and not a statement over the rows of an earlier slice.</summary>
    static bool IsOfTheFile(Exception error, string step) =>
        !BrokenOff.IsOfWriting(error)
        && (error is IOException or UnauthorizedAccessException || (error is IngestionException && step.Length == 0));

    /// <summary>Takes the raw rows at hand into the staging tables, notes what became of them, and forgets them.</summary>
    void Keep(IntakeGroup group, ref string step, CancellationToken cancellation)
    {
        foreach (var rule in source.RejectRules)
        {
            step = $"the condition of '{rule.Reason}'";
            _connection.Execute(
                $"{source.File} line {rule.Line}",
                $"insert into dropped select _row, $1 from raw anti join dropped using (_row) where ({rule.Condition})",
                cancellation,
                rule.Reason
            );
        }
        step = "the statement";
        Type(source, cancellation);
        DropErased(source, isDerived: false, cancellation);
        var dropped = new DroppedRows(_connection, source, KeysInLake()).Drop(_rows.Again, cancellation);
        KeepTyped(source, cancellation);
        foreach (var derived in source.Derived)
        {
            step = $"the statement {derived.Name}";
            KeepDerived(derived, group, cancellation);
        }
        group.Count(dropped > 0);
        ForgetRows();
        _rows.CreateTable();
        step = "";
    }

    void KeepDerived(Source derived, IntakeGroup group, CancellationToken cancellation)
    {
        Type(derived, cancellation);
        DropErased(derived, isDerived: true, cancellation);
        var unfit = _connection.Scalar<long>(
            derived.File,
            "select count(*) from typed anti join dropped using (_row) where reason is not null"
        );
        group.LeaveOut(derived.Name, unfit);
        KeepTyped(derived, cancellation);
    }

    void Type(Source statement, CancellationToken cancellation)
    {
        var errors = new List<SourceError>();
        var view = SourceOutput.GivenView(_connection, statement, errors);
        if (errors.Count > 0)
            throw SourceError.Exception(errors);
        _connection.Execute(statement.File, view, cancellation);
        var sql = SourceOutput.Statements(statement.Yields);
        if (statement.Yields == Yield.Traces)
            staging.Traces.Type(statement, sql, cancellation);
        else
            _connection.Execute(statement.File, sql.Type, cancellation);
    }

    void DropErased(Source statement, bool isDerived, CancellationToken cancellation)
    {
        if (staging.Suppressions.Hashes.Count > 0)
            Erased.DropRows(_connection, statement, isDerived, cancellation);
    }

    void KeepTyped(Source statement, CancellationToken cancellation)
    {
        var sql = SourceOutput.Statements(statement.Yields);
        if (statement.Yields == Yield.Traces)
            staging.Traces.Keep(statement, sql, cancellation);
        else
            _connection.Execute(statement.File, sql.Keep, cancellation);
    }

    /// <summary>Files with the identities that the lake has of this source.</summary>
    IReadOnlyList<string> KeysInLake() =>
        [
            .. lake
                .Manifest.Files.Where(file => string.Equals(file.KeysOf, source.Name, StringComparison.Ordinal))
                .Select(file => layout.InLake(file.Path)),
        ];

    /// <summary>The engine's message without the values it quotes and the SQL behind them.</summary>
    static string WithoutContent(string message) => QuotedPattern().Replace(message.Split('\n')[0], "'…'");

    [GeneratedRegex("'[^']*'|\"[^\"]*\"", RegexOptions.None, 1000)]
    internal static partial Regex QuotedPattern();
}
