using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Reads one JSON object a line. Strings give their text, lists and objects their JSON, null nothing.</summary>
sealed class NdjsonReader : IRecordReader
{
    const int MaximumLine = 16 << 20;
    const int MaximumDepth = 64;
    const int MostExtra = 100;

    readonly Stream _stream;
    readonly Dictionary<string, int> _columns;
    readonly (int Start, int Length)[] _values;
    readonly bool[] _isThere;
    readonly bool[] _wasThere;
    bool _hasRecords;
    readonly bool _checkUtf8;
    readonly bool _isWide;
    readonly List<string> _warnings = [];
    readonly SortedSet<string> _extra = new(StringComparer.Ordinal);
    byte[] _buffer = new byte[1 << 20];
    byte[] _texts = new byte[1 << 12];
    int _textsCount;
    int _start;
    int _length;
    int _end;
    bool _atEnd;

    public NdjsonReader(TextFile file, IReadOnlyList<SourceColumn> columns)
    {
        _stream = file.Open();
        Columns = columns;
        Format = $"{file.Packing}ndjson {file.Encoding.Name}";
        _columns = columns
            .Select((column, at) => (column.Name, at))
            .ToDictionary(c => c.Name, c => c.at, StringComparer.Ordinal);
        _values = new (int, int)[columns.Count];
        _isThere = new bool[columns.Count];
        _wasThere = new bool[columns.Count];
        (_checkUtf8, _isWide) = (file.Encoding.HasBadBytes, file.Encoding.IsWide);
    }

    public string Format { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public IReadOnlyList<string> Warnings => [.. _warnings, .. Drift()];

    public long Line { get; private set; }

    public double Share => (double)_stream.Position / Math.Max(1, _stream.Length);

    public string? Problem { get; private set; }

    public string Text => Encoding.UTF8.GetString(_buffer, _start, _length);

    public ReadOnlySpan<byte> Field(int column) => _texts.AsSpan(_values[column].Start, _values[column].Length);

    public void Dispose() => _stream.Dispose();

    public bool Next()
    {
        do
        {
            if (!NextLine())
                return false;
        } while (_buffer.AsSpan(_start, _length).Trim(" \t\r"u8).IsEmpty);
        (_textsCount, _hasRecords) = (0, true);
        Array.Clear(_values);
        Array.Clear(_isThere);
        var line = _buffer.AsSpan(_start, _length);
        try
        {
            Problem =
                _checkUtf8 && !Utf8.IsValid(line) ? "bytes that are no UTF-8, expected the file's encoding"
                : _isWide && line.IndexOf(TextEncoding.HalfCharacter) >= 0 ? "half a character of UTF-16, expected text"
                : Parse(line);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Problem = IsTooDeep(line)
                ? $"nested more than {MaximumDepth} deep, expected less"
                : "no valid JSON, expected one object on the line";
        }
        return true;
    }

    /// <summary>Whether a line that was not understood would be with deeper nesting.</summary>
    static bool IsTooDeep(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = line.Length + 1 });
        var deepest = 0;
        try
        {
            while (json.Read())
                deepest = Math.Max(deepest, json.CurrentDepth);
        }
        catch (JsonException)
        {
            return false;
        }
        return deepest >= MaximumDepth;
    }

    /// <summary>Fields that nobody declares, and declared ones that no line of the file has: perhaps they were renamed.</summary>
    IEnumerable<string> Drift()
    {
        if (_extra.Count > 0)
            yield return $"fields that the source does not declare are ignored: {HeaderMatch.Listed(_extra)}";
        var missing = Columns
            .Where((column, at) => _hasRecords && !_wasThere[at] && column.Presence == Presence.Present)
            .Select(column => column.Name + Suggestion.For(column.Name, _extra))
            .ToArray();
        if (missing.Length > 0)
            yield return $"fields that the source declares are on no line and taken for empty: {HeaderMatch.Listed(missing)}";
    }

    string? Parse(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaximumDepth });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return "no JSON object, expected one on the line";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (_columns.TryGetValue(name, out var column))
            {
                if (_isThere[column])
                    return $"{name}: there twice, expected once";
                _isThere[column] = _wasThere[column] = true;
                _values[column] = Keep(ref json, line);
            }
            else
            {
                json.Skip();
                if (_extra.Count < MostExtra)
                    _extra.Add(name);
            }
        }
        return json.Read() ? "text behind the JSON object, expected the line's end" : null;
    }

    (int Start, int Length) Keep(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        var from = (int)json.TokenStartIndex;
        var isText = json.TokenType == JsonTokenType.String;
        if (json.TokenType == JsonTokenType.Null)
            return default;
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            json.Skip();
        var raw = isText ? json.ValueSpan : line[from..(int)json.BytesConsumed];
        if (json.TokenType == JsonTokenType.Number)
            raw = WithoutZeros(raw);
        if (_texts.Length < _textsCount + raw.Length)
            Array.Resize(ref _texts, Math.Max(_texts.Length * 2, _textsCount + raw.Length));
        var target = _texts.AsSpan(_textsCount);
        var length = raw.Length;
        if (isText && json.ValueIsEscaped)
            length = json.CopyString(target);
        else
            raw.CopyTo(target);
        _textsCount += length;
        return (_textsCount - length, length);
    }

    /// <summary>1.0 is 1: JSON has one kind of number, and programs write whole ones either way.</summary>
    static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> number)
    {
        var point = number.IndexOf((byte)'.');
        return point > 0 && !number[(point + 1)..].ContainsAnyExcept((byte)'0') ? number[..point] : number;
    }

    bool NextLine()
    {
        _start += _length;
        if (Line > 0 && _start < _end)
            _start++;
        Line++;
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0 || _atEnd)
            {
                _length = found >= 0 ? found : _end - _start;
                if (found < 0 && _length > 0)
                    _warnings.Add($"the last line ({Line}) has no line end; was the file cut off?");
                return found >= 0 || _length > 0;
            }
            Fill();
        }
    }

    void Fill()
    {
        var kept = _end - _start;
        if (kept > MaximumLine)
            throw new IngestionException(
                $"line {Line} is longer than {MaximumLine >> 20} MiB. Expected one object a line."
            );
        var target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        (_buffer, _start) = (target, 0);
        var read = _stream.Read(_buffer, kept, _buffer.Length - kept);
        (_end, _atEnd) = (kept + read, read == 0);
    }
}
