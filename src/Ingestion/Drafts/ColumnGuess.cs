using System.Text;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Drafts;

/// <summary>Finds out what a column of an unknown file holds: a type stays possible until one value does not fit it.</summary>
sealed class ColumnGuess(string name)
{
    /// <summary>More different words than this are no kinds of something.</summary>
    public const int MostWords = 50;

    readonly List<(SourceColumn Column, FieldParser Parser)> _times =
    [
        .. TimeCandidates.All(name).Select(column => (column, new FieldParser(column))),
    ];
    readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<ulong> _seen = [];
    readonly FieldParser _integer = new(new SourceColumn(name, ColumnKind.Integer, Presence.Present));
    readonly FieldParser _number = new(new SourceColumn(name, ColumnKind.Number, Presence.Present));
    readonly FieldParser _comma = new(
        new SourceColumn(name, ColumnKind.Number, Presence.Present) { DecimalComma = true }
    );
    bool _isInteger = true;
    bool _isNumber = true;
    bool _isComma = true;
    bool _isBoolean = true;
    bool _isThousands = true;
    bool _hasMark;
    bool _hasOffset = true;

    public string Name { get; } = name;

    /// <summary>Rows that have a value.</summary>
    public long Values { get; private set; }

    /// <summary>Rows that have none.</summary>
    public long Empty { get; private set; }

    /// <summary>Values with an @ in them.</summary>
    public long Addresses { get; private set; }

    public bool IsFilled => Values > 0 && Empty == 0;

    public bool IsDistinct => IsFilled && _seen.Count == Values;

    public bool HasFewWords => Values > 0 && _words.Count <= MostWords;

    public bool IsTime => Values > 0 && _times.Count > 0 && Ambiguity is null && !IsPlainNumber;

    /// <summary>Times of day without an offset are somebody's clock; whose is not in the file.</summary>
    public bool LacksOffset => IsTime && Column.Format is null && Column.Epoch == 0 && !_hasOffset;

    bool IsPlainNumber => _isInteger && !TimeCandidates.IsTimeName(Name);

    public void Add(ReadOnlySpan<byte> field)
    {
        var text = field.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            Empty++;
            return;
        }
        Values++;
        Addresses += text.Contains((byte)'@') ? 1 : 0;
        _seen.Add(Hash(text));
        if (_words.Count <= MostWords)
            _words.Add(Encoding.UTF8.GetString(text));
        for (var at = _times.Count - 1; at >= 0; at--)
        {
            if (!_times[at].Parser.TryParse(text, out var ticks) || !TimeCandidates.IsLikely(_times[at].Column, ticks))
                _times.RemoveAt(at);
        }
        var isCode = text[0] == '+' || (text.Length > 1 && text[0] == '0' && char.IsAsciiDigit((char)text[1]));
        _isInteger &= !isCode && _integer.TryParse(text, out _);
        _isNumber &= !isCode && _number.TryParse(text, out _);
        _isComma &= !isCode && _comma.TryParse(text, out _);
        _isBoolean &= Is(text, "true") || Is(text, "false") || Is(text, "yes") || Is(text, "no") || IsSwedish(text);
        var mark = text.IndexOfAny((byte)',', (byte)'.');
        _hasMark |= mark >= 0;
        _isThousands &= mark < 0 || (mark is >= 1 and <= 3 && text[0] != '0' && text.Length - mark == 4);
        _hasOffset &=
            text.Length > 16 && (text[^1] is (byte)'Z' or (byte)'z' || text[16..].ContainsAny((byte)'+', (byte)'-'));
    }

    /// <summary>Two readings that are both possible, in words; such a column is declared as text until somebody chooses.</summary>
    public string? Ambiguity =>
        Values == 0 ? null
        : _times.Count > 1 && !_times.Exists(time => time.Column.Format is null)
            ? $"every value can be read as {string.Join(" and as ", _times.Select(time => time.Column.Format))}"
        : _times.Count == 0 && !_isInteger && (_isNumber || _isComma) && _hasMark && _isThousands
            ? "every mark is followed by three digits, so that it can part thousands or decimals"
        : null;

    /// <summary>The column as it would be declared.</summary>
    public SourceColumn Column
    {
        get
        {
            var text = new SourceColumn(Name, ColumnKind.Text, Presence.Present);
            return Values == 0 || Ambiguity is not null ? text
                : _times.Count > 0 && !IsPlainNumber ? _times[0].Column
                : _isInteger ? text with { Kind = ColumnKind.Integer }
                : _isNumber ? text with { Kind = ColumnKind.Number }
                : _isComma ? text with { Kind = ColumnKind.Number, DecimalComma = true }
                : _isBoolean ? text with { Kind = ColumnKind.Boolean }
                : text;
        }
    }

    /// <summary>The readings between which somebody has to choose, as they would be declared.</summary>
    public IEnumerable<SourceColumn> Readings => _times.Select(time => time.Column);

    static bool IsSwedish(ReadOnlySpan<byte> text) => Is(text, "ja") || Is(text, "nej");

    static bool Is(ReadOnlySpan<byte> text, string word) => Ascii.EqualsIgnoreCase(text, word);

    /// <summary>FNV-1a, 64 bits.</summary>
    static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037;
        foreach (var value in text)
            hash = unchecked((hash ^ value) * 1099511628211);
        return hash;
    }
}
