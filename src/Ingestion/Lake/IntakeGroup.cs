using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion;

/// <summary>Files of one source that go through together, and what became of their rows.</summary>
sealed class IntakeGroup : IDisposable
{
    readonly Connection _connection;
    readonly ErasedText? _erased;
    readonly Dictionary<FileIntake, Outcome> _outcomes;
    readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);

    /// <param name="erased">Whose rows are rejected without their text; null when nobody was erased.</param>
    public IntakeGroup(
        Connection connection,
        IReadOnlyList<FileIntake> files,
        LakeLayout layout,
        ErasedText? erased = null
    )
    {
        (_connection, Files, _erased) = (connection, files, erased);
        _outcomes = files.ToDictionary(
            file => file,
            file => new Outcome(new RejectsFile(layout.InLake(file.RejectsPath), file.File.Relative))
        );
    }

    public IReadOnlyList<FileIntake> Files { get; }

    /// <summary>Rows that were rejected while they were read.</summary>
    public long Rejected(FileIntake file) => _outcomes[file].Rejects.Count;

    public void Reject(FileIntake file, IRecordReader record, string reason) =>
        _outcomes[file].Rejects.Add(record.Line, reason, Kept(record.Text));

    /// <summary>Notes rows that a derived statement could not use, slice by slice.</summary>
    public void LeaveOut(string statement, long rows)
    {
        if (rows > 0)
            _leftOut[statement] = _leftOut.GetValueOrDefault(statement) + rows;
    }

    /// <summary>Warns of them once, with their sum.</summary>
    public void TellLeftOut()
    {
        foreach (var (statement, rows) in _leftOut)
        {
            Files[0]
                .Warnings.Add(
                    $"{statement} left out {rows} rows that are incomplete, from this file or others of the source"
                );
        }
        _leftOut.Clear();
    }

    /// <summary>Takes back what is known of a file that is refused.</summary>
    public void Discard(FileIntake file)
    {
        var outcome = _outcomes[file];
        outcome.Rejects.Discard();
        outcome.Lines.Clear();
        outcome.Kept = 0;
        if (Files.Count == 1)
            _leftOut.Clear();
    }

    /// <summary>Notes, before the raw rows at hand are forgotten, which of them are rejected, duplicate and kept.</summary>
    /// <param name="anyDropped">Whether not all of them are kept.</param>
    public void Count(bool anyDropped)
    {
        const string Rejected =
            "select _line, dropped.reason from dropped join raw using (_row) where _file = $1 and dropped.reason is not null and dropped.reason <> '!' order by _row";
        const string Duplicates =
            "select count(*) from dropped join raw using (_row) where _file = $1 and dropped.reason is null";
        const string All = "select count(*) from raw where _file = $1";
        const string OfErased =
            "select count(*) from dropped join raw using (_row) where _file = $1 and dropped.reason = '!'";
        const string Kept = "select count(*) from raw anti join dropped using (_row) where _file = $1";
        foreach (var file in Files.Where(file => file.Refusal is null))
        {
            var outcome = _outcomes[file];
            outcome.Kept += _connection.Scalar<long>("kept", anyDropped ? Kept : All, file.Number);
            if (!anyDropped)
                continue;
            outcome.Lines.AddRange(
                _connection.Rows(
                    "rejected",
                    Rejected,
                    (chunk, row) => (chunk.Span<long>(0)[row], chunk.Text(1, row)!),
                    file.Number
                )
            );
            file.Duplicate += _connection.Scalar<long>("duplicates", Duplicates, file.Number);
            file.Erased += _connection.Scalar<long>("erased", OfErased, file.Number);
        }
    }

    /// <summary>Fetches the text of the rows that the statements rejected, by going through the file once more.</summary>
    public void KeepRejects(FileIntake file, Func<IRecordReader> open)
    {
        var (rejects, lines) = (_outcomes[file].Rejects, _outcomes[file].Lines);
        if (lines.Count > 0)
        {
            using var reader = open();
            var at = 0;
            while (at < lines.Count && reader.Next())
            {
                if (reader.Line == lines[at].Line)
                    rejects.Add(reader.Line, lines[at++].Reason, Kept(reader.Text));
            }
            if (at < lines.Count)
                throw Unreconciled(file, $"line {lines[at].Line} was not found again");
        }
        file.Rejected = rejects.Count;
        file.Reasons =
        [
            .. rejects
                .Reasons.Select(reason => new RejectReason(reason.Key, reason.Value.Rows, reason.Value.FirstLine))
                .OrderByDescending(reason => reason.Rows)
                .ThenBy(reason => reason.FirstLine),
        ];
        if (_outcomes[file].Kept != file.Accepted)
            throw Unreconciled(
                file,
                $"{file.Read} read, {_outcomes[file].Kept} kept, {file.Rejected} rejected, {file.Duplicate} duplicate, {file.Erased} erased"
            );
    }

    public void Dispose()
    {
        foreach (var outcome in _outcomes.Values)
            outcome.Rejects.Dispose();
    }

    /// <summary>The text of a rejected row; none when it names somebody who was erased.</summary>
    string Kept(string text) => _erased?.Names(text) == true ? "" : text;

    public static InvalidOperationException Unreconciled(FileIntake file, string sums) =>
        new($"The sums of inbox/{file.File.Relative} do not add up: {sums}.");

    sealed record Outcome(RejectsFile Rejects)
    {
        /// <summary>Lines that the source's statements rejected, with the reason, in the order of the file.</summary>
        public List<(long Line, string Reason)> Lines { get; } = [];

        public long Kept { get; set; }
    }
}
