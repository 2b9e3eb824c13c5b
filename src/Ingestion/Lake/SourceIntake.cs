using System.Text.RegularExpressions;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Brings the new files of one source into the staging tables, every record accounted for.</summary>
sealed partial class SourceIntake(Staging staging, Source source, string salt, LakeLayout layout, Lake lake)
{
    readonly Connection _connection = staging.Connection;

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
    public void Run(IReadOnlyList<FileIntake> files, Action<FileIntake> done, CancellationToken cancellation)
    {
        _connection.Execute("begin", "begin transaction");
        CreateTables(cancellation);
        var rows = new RawRows(_connection, source, salt);
        var rejects = files
            .Select(file => new RejectsFile(layout.InLake(file.RejectsPath), file.File.Relative))
            .ToArray();
        try
        {
            foreach (var file in files)
            {
                ReadFile(rows, file, rejects[file.Number], cancellation);
                done(file);
            }
            var step = "";
            try
            {
                Keep(files, ref step, cancellation);
                foreach (var file in files.Where(file => file.Refusal is null))
                    KeepRejects(file, rejects[file.Number], cancellation);
                DropTables();
                _connection.Execute("commit", "commit");
            }
            catch (Exception error) when (error is DuckDbException or IngestionException)
            {
                _connection.Execute("rollback", "rollback");
                foreach (var file in files.Where(file => file.Refusal is null))
                {
                    file.Refuse(
                        $"{step} failed: {WithoutContent(error.Message)} Mend {source.File}, with try_cast where a value may not fit."
                    );
                    rejects[file.Number].Discard();
                }
            }
        }
        finally
        {
            Array.ForEach(rejects, one => one.Dispose());
        }
    }

    void CreateTables(CancellationToken cancellation)
    {
        new RawRows(_connection, source, salt).CreateTable();
        foreach (var lookup in source.AllLookups)
            LookupTable.Load(_connection, lookup, layout.Sources, staging.Folder, cancellation);
        _connection.Execute("source", "set variable source = $1", source.Name);
    }

    void DropTables()
    {
        _connection.Execute(
            "drop",
            "drop view if exists given; drop table if exists typed; drop table raw; delete from dropped"
        );
        foreach (var lookup in source.AllLookups)
            _connection.Execute("drop", $"drop table {Sql.Name(lookup.Table)}");
    }

    void ReadFile(RawRows rows, FileIntake file, RejectsFile rejects, CancellationToken cancellation)
    {
        try
        {
            using var reader = file.Open(source, staging.Folder, cancellation);
            (file.Read, var appended) = rows.Append(
                reader,
                file.Number,
                (record, reason) => rejects.Add(record.Line, reason, record.Text),
                cancellation
            );
            file.Warnings.AddRange(reader.Warnings);
            if (file.Read != appended + rejects.Count)
                throw Unreconciled(file, $"{file.Read} read, {appended} typed, {rejects.Count} rejected");
        }
        catch (Exception error) when (error is IngestionException or IOException or UnauthorizedAccessException)
        {
            file.Refuse(error.Message);
            rejects.Discard();
            _connection.Execute("refused file", "delete from raw where _file = $1", file.Number);
        }
    }

    void Keep(IReadOnlyList<FileIntake> files, ref string step, CancellationToken cancellation)
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
        CheckGrain();
        _connection.Execute(
            "Drop.sql",
            EmbeddedSql.Read("Lake.Drop.sql").Replace("$keys", KeysTable(), StringComparison.Ordinal),
            cancellation
        );
        _connection.Execute(source.File, SourceOutput.Statements(source.Yields).Keep, cancellation);
        foreach (var derived in source.Derived)
        {
            step = $"the statement {derived.Name}";
            Type(derived, cancellation);
            var unfit = _connection.Scalar<long>(
                derived.File,
                "select count(*) from typed anti join dropped using (_row) where reason is not null"
            );
            if (unfit > 0)
                files[0]
                    .Warnings.Add(
                        $"{derived.Name} left out {unfit} rows that are incomplete, from this file or others of the source"
                    );
            _connection.Execute(derived.File, SourceOutput.Statements(derived.Yields).Keep, cancellation);
        }
        foreach (var file in files)
        {
            const string Counts =
                "select count(*) from dropped join raw using (_row) where _file = $1 and dropped.reason is null";
            file.Duplicate = _connection.Scalar<long>("duplicates", Counts, file.Number);
        }
    }

    void Type(Source statement, CancellationToken cancellation)
    {
        var errors = new List<SourceError>();
        var view = SourceOutput.GivenView(_connection, statement, errors);
        if (errors.Count > 0)
            throw SourceError.Exception(errors);
        _connection.Execute(statement.File, view, cancellation);
        _connection.Execute(statement.File, SourceOutput.Statements(statement.Yields).Type, cancellation);
    }

    void CheckGrain()
    {
        const string Doubled =
            "select min(_line) from raw where _row in (select _row from typed group by _row having count(*) > 1)";
        if (_connection.Scalar("grain", Doubled) is long line)
        {
            throw new IngestionException(
                $"it gives several rows for line {line}, expected one at most; is a lookup's key there twice?"
            );
        }
    }

    string KeysTable()
    {
        var files = lake
            .Manifest.Files.Where(file => string.Equals(file.KeysOf, source.Name, StringComparison.Ordinal))
            .Select(file => layout.InLake(file.Path))
            .ToArray();
        return files.Length == 0 ? "new_keys" : $"read_parquet({Sql.List(files)}, hive_partitioning = false)";
    }

    /// <summary>Fetches the text of the rows that the statements rejected, by going through the file once more.</summary>
    void KeepRejects(FileIntake file, RejectsFile rejects, CancellationToken cancellation)
    {
        const string Rejected =
            "select _line, dropped.reason from dropped join raw using (_row) where _file = $1 and dropped.reason is not null order by _row";
        var lines = _connection.Rows(
            "rejected",
            Rejected,
            (chunk, row) => (chunk.Span<long>(0)[row], chunk.Text(1, row)!),
            file.Number
        );
        if (lines.Count > 0)
        {
            using var reader = file.Open(source, staging.Folder, cancellation);
            var at = 0;
            while (at < lines.Count && reader.Next())
            {
                if (reader.Line == lines[at].Item1)
                    rejects.Add(reader.Line, lines[at++].Item2, reader.Text);
            }
            if (at < lines.Count)
                throw Unreconciled(file, $"line {lines[at].Item1} was not found again");
        }
        file.Rejected = rejects.Count;
        file.Reasons =
        [
            .. rejects
                .Reasons.Select(reason => new RejectReason(reason.Key, reason.Value.Rows, reason.Value.FirstLine))
                .OrderByDescending(reason => reason.Rows)
                .ThenBy(reason => reason.FirstLine),
        ];
        const string Kept = "select count(*) from raw anti join dropped using (_row) where _file = $1";
        var kept = _connection.Scalar<long>("kept", Kept, file.Number);
        if (kept != file.Accepted)
            throw Unreconciled(
                file,
                $"{file.Read} read, {kept} kept, {file.Rejected} rejected, {file.Duplicate} duplicate"
            );
    }

    static InvalidOperationException Unreconciled(FileIntake file, string sums) =>
        new($"The sums of inbox/{file.File.Relative} do not add up: {sums}.");

    /// <summary>The engine's message without the values it quotes and the SQL behind them.</summary>
    static string WithoutContent(string message) => QuotedPattern().Replace(message.Split('\n')[0], "'…'");

    [GeneratedRegex("'[^']*'|\"[^\"]*\"", RegexOptions.None, 1000)]
    internal static partial Regex QuotedPattern();
}
