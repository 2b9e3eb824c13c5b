using System.Buffers;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Cuts UTF-8 text into records and fields, byte by byte, and knows the line where each record starts.</summary>
/// <remarks>
/// A field that starts with a quote ends at the next quote that is not doubled. CR, LF and CRLF end a record, in any
/// mixture; a line with nothing in it is a record only where that is asked for. The buffer holds one record at a time, at most
/// <see cref="MaximumRecord"/> bytes:
/// <code>
/// | read before | _start ... record ... | _next ... not looked at yet | _end
/// </code>
/// </remarks>
sealed class RecordScanner
{
    /// <summary>Longest record, in bytes: beyond it a quote was left open.</summary>
    public const int MaximumRecord = 16 << 20;

    const byte Quote = (byte)'"';

    readonly Stream _utf8;
    readonly byte _delimiter;
    readonly SearchValues<byte> _ends;
    readonly SearchValues<byte> _endsAndQuote;
    readonly List<Field> _fields = [];
    byte[] _buffer;
    byte[] _unescaped = new byte[256];
    int _unescapedCount;
    int _start;
    int _next;
    int _end;
    bool _atEnd;
    long _nextLine = 1;

    public RecordScanner(Stream utf8, byte delimiter, int bufferSize = 1 << 20)
    {
        (_utf8, _delimiter) = (utf8, delimiter);
        _ends = SearchValues.Create([delimiter, (byte)'\r', (byte)'\n']);
        _endsAndQuote = SearchValues.Create([delimiter, (byte)'\r', (byte)'\n', Quote]);
        _buffer = new byte[bufferSize];
    }

    /// <summary>Whether a line with nothing in it is a record of one empty field.</summary>
    public bool TakesBlankLines { get; init; }

    /// <summary>Whether a quote at a field's start encloses it; if not, quotes are letters.</summary>
    public bool ReadsQuotes { get; init; } = true;

    /// <summary>Line where the record starts, from 1; line breaks inside quotes count.</summary>
    public long Line { get; private set; }

    /// <summary>Line where the record ends.</summary>
    public long LastLine { get; private set; }

    public int FieldCount => _fields.Count;

    /// <summary>The field's content, quotes removed and doubled quotes made single.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            var (start, length, unescaped) = _fields[field];
            return (unescaped ? _unescaped : _buffer).AsSpan(start, length);
        }
    }

    /// <summary>The record as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(_start, RecordLength);

    int RecordLength { get; set; }

    /// <summary>Whether the file ended before the record's line did.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether text follows a closing quote, so that the fields are a guess.</summary>
    public bool HasTextAfterQuote { get; private set; }

    /// <summary>Whether a field that does not begin with a quote has one in it, which is read as a letter.</summary>
    public bool HasLooseQuote { get; private set; }

    /// <summary>Moves to the next record; false at the end of the file.</summary>
    /// <exception cref="IngestionException">A quote was opened and never closed.</exception>
    public bool Next()
    {
        while (true)
        {
            _start = _next;
            Line = _nextLine;
            while (!TryRecord())
                Fill();
            if (FieldCount > 0)
                return true;
            if (_atEnd && _next == _end)
                return false;
        }
    }

    /// <summary>Reads one record from the buffer; false when it needs more bytes. No fields: a blank line, or the end.</summary>
    bool TryRecord()
    {
        _fields.Clear();
        _unescapedCount = 0;
        (HasTextAfterQuote, HasLooseQuote, IsCutOff, LastLine) = (false, false, false, Line);
        var position = _start;
        if (position == _end && !_atEnd)
            return false;
        if (position == _end)
            return true;
        if (_buffer[position] is (byte)'\r' or (byte)'\n')
        {
            if (TakesBlankLines)
                _fields.Add(new(position, 0, Unescaped: false));
            return EndRecord(position);
        }
        while (true)
        {
            var isQuoted = ReadsQuotes && position < _end && _buffer[position] == Quote;
            if (!(isQuoted ? TryQuoted(ref position) : TryPlain(ref position)))
                return false;
            if (position == _end)
            {
                IsCutOff = true;
                RecordLength = position - _start;
                (_next, _nextLine) = (position, LastLine + 1);
                return true;
            }
            if (_buffer[position] != _delimiter)
                return EndRecord(position);
            position++;
            if (position == _end && !_atEnd)
                return false;
        }
    }

    bool EndRecord(int position)
    {
        var breakLength = 1;
        if (_buffer[position] == '\r')
        {
            if (position + 1 == _end && !_atEnd)
                return false;
            if (position + 1 < _end && _buffer[position + 1] == '\n')
                breakLength = 2;
        }
        RecordLength = position - _start;
        (_next, _nextLine) = (position + breakLength, LastLine + 1);
        return true;
    }

    bool TryPlain(ref int position)
    {
        var rest = _buffer.AsSpan(position, _end - position);
        var length = rest.IndexOfAny(_endsAndQuote);
        if (length >= 0 && rest[length] == Quote)
        {
            HasLooseQuote = ReadsQuotes;
            length = rest.IndexOfAny(_ends);
        }
        if (length < 0 && !_atEnd)
            return false;
        if (length < 0)
            length = rest.Length;
        _fields.Add(new(position, length, Unescaped: false));
        position += length;
        return true;
    }

    bool TryQuoted(ref int position)
    {
        var (open, at, doubled) = (position, position + 1, false);
        while (true)
        {
            var length = _buffer.AsSpan(at, _end - at).IndexOf(Quote);
            if (length < 0 && _atEnd)
                throw Unbalanced(LastLine, "is never closed");
            if (length < 0 || (at + length + 1 == _end && !_atEnd))
                return false;
            at += length + 1;
            if (at == _end || _buffer[at] != Quote)
                break;
            doubled = true;
            at++;
        }
        var content = _buffer.AsSpan(open + 1, at - open - 2);
        var openLine = LastLine;
        LastLine += LineBreaks(content);
        _fields.Add(doubled ? Unescape(content) : new(open + 1, content.Length, Unescaped: false));
        position = at;
        return at == _end || _ends.Contains(_buffer[at]) || TrySkipText(openLine, ref position);
    }

    /// <summary>Text behind a closing quote: on one line the row is bad; over several, rows may have been swallowed.</summary>
    bool TrySkipText(long openLine, ref int position)
    {
        if (LastLine > openLine)
            throw Unbalanced(openLine, $"closes on line {LastLine} in the middle of a field");
        HasTextAfterQuote = true;
        var length = _buffer.AsSpan(position, _end - position).IndexOfAny(_ends);
        if (length < 0 && !_atEnd)
            return false;
        position = length < 0 ? _end : position + length;
        return true;
    }

    Field Unescape(ReadOnlySpan<byte> content)
    {
        if (_unescaped.Length < _unescapedCount + content.Length)
            Array.Resize(ref _unescaped, Math.Max(_unescaped.Length * 2, _unescapedCount + content.Length));
        var start = _unescapedCount;
        for (var i = 0; i < content.Length; i++)
        {
            _unescaped[_unescapedCount++] = content[i];
            if (content[i] == Quote)
                i++;
        }
        return new(start, _unescapedCount - start, Unescaped: true);
    }

    static long LineBreaks(ReadOnlySpan<byte> text)
    {
        var breaks = 0L;
        for (int at; (at = text.IndexOfAny((byte)'\r', (byte)'\n')) >= 0; breaks++)
            text = text[(text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1)..];
        return breaks;
    }

    void Fill()
    {
        var kept = _end - _start;
        if (kept > MaximumRecord)
            throw Unbalanced(LastLine, $"is not closed within {MaximumRecord >> 20} MiB");
        var target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        (_buffer, _start, _end) = (target, 0, kept);
        var read = _utf8.Read(_buffer, _end, _buffer.Length - _end);
        _atEnd = read == 0;
        _end += read;
        _next = 0;
    }

    static IngestionException Unbalanced(long line, string what) =>
        new(
            $"a quote opened on line {line} {what}. Expected every \" inside a field to be doubled; "
                + "mend that line or export again."
        )
        {
            StrayQuote = line,
        };

    readonly record struct Field(int Start, int Length, bool Unescaped);
}
