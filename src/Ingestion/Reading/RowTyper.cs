using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Types the fields of a record, all or nothing.</summary>
sealed class RowTyper
{
    readonly SourceColumn[] _columns;
    readonly ColumnKind[] _kinds;
    readonly FieldParser[] _parsers;
    readonly long[] _values;
    readonly bool[] _isNull;

    public RowTyper(IReadOnlyList<SourceColumn> columns)
    {
        _columns = [.. columns];
        _kinds = [.. columns.Select(column => column.Kind)];
        _parsers = [.. columns.Select(column => new FieldParser(column))];
        _values = new long[columns.Count];
        _isNull = new bool[columns.Count];
    }

    public int Count => _columns.Length;

    public ColumnKind Kind(int column) => _kinds[column];

    public bool IsNull(int column) => _isNull[column];

    /// <summary>The value's 64 bits as <see cref="FieldParser"/> gives them; text stays with the reader.</summary>
    public long Bits(int column) => _values[column];

    public double Number(int column) => BitConverter.Int64BitsToDouble(_values[column]);

    public DateTime Instant(int column) => new(_values[column], DateTimeKind.Utc);

    /// <summary>Types the reader's record; gives the reason when it is to be rejected, null when it is good.</summary>
    public string? Type(IRecordReader reader)
    {
        if (reader.Problem is { } problem)
            return problem;
        for (var at = 0; at < _columns.Length; at++)
        {
            var field = reader.Field(at);
            var trimmed = Trim(field);
            _isNull[at] = trimmed.IsEmpty;
            if (trimmed.IsEmpty)
            {
                if (_columns[at].Presence == Presence.Required)
                    return $"{_columns[at].Name}: empty, expected a value";
            }
            else if (_kinds[at] == ColumnKind.Text)
            {
                if (field.Contains((byte)0))
                    return $"{_columns[at].Name}: a NUL byte, expected text";
            }
            else if (!_parsers[at].TryParse(trimmed, out _values[at]))
            {
                return $"{_columns[at].Name}: expected {_parsers[at].Expected}";
            }
        }
        return null;
    }

    static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) =>
        text.Length > 0 && (text[0] <= ' ' || text[^1] <= ' ') ? text.Trim(" \t\r\n"u8) : text;
}
