using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Different texts, each with a code in order of first appearance; a text that is known costs no string.</summary>
sealed class TextCodes
{
    const int ShortText = 256;

    readonly List<string> _texts = [];
    readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextCodes() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The texts in code order.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public int Count => _texts.Count;

    /// <summary>The code of a text, a new one when it was not there.</summary>
    public int Add(ReadOnlySpan<byte> utf8) => CodeOf(utf8, adds: true);

    /// <summary>The code of a text, -1 when it is not there.</summary>
    public int Find(ReadOnlySpan<byte> utf8) => CodeOf(utf8, adds: false);

    int CodeOf(ReadOnlySpan<byte> utf8, bool adds)
    {
        Span<char> letters = stackalloc char[ShortText];
        if (utf8.Length > ShortText)
            letters = new char[utf8.Length];
        ReadOnlySpan<char> text = letters[..Encoding.UTF8.GetChars(utf8, letters)];
        if (_lookup.TryGetValue(text, out var code))
            return code;
        if (!adds)
            return -1;
        code = _texts.Count;
        var added = new string(text);
        _texts.Add(added);
        _codes.Add(added, code);
        return code;
    }
}
