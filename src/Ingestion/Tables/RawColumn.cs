using System.Runtime.InteropServices;
using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>One column as text: each row's value as a code into the column's different values.</summary>
/// <remarks>What a column is gets decided on its different values, which are few, not on its rows.</remarks>
sealed class RawColumn(string name)
{
    readonly List<int> _codes = [];
    readonly List<string> _values = [];
    readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>A code a row.</summary>
    public ReadOnlySpan<int> Codes => CollectionsMarshal.AsSpan(_codes);

    /// <summary>The different values in order of first appearance; a missing one is "".</summary>
    public IReadOnlyList<string> Values => _values;

    public string this[int row] => _values[_codes[row]];

    /// <summary>Adds a row's value; NULL is empty.</summary>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[256];
        if (utf8.Length > text.Length)
            text = new char[utf8.Length];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        var trimmed = text.Trim();
        var codes = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!codes.TryGetValue(trimmed, out var code))
        {
            code = _values.Count;
            _values.Add(new string(trimmed));
            _codeOf.Add(_values[code], code);
        }
        _codes.Add(code);
    }

    /// <summary>The first row of a value, counted from 1.</summary>
    public int FirstRow(int code) => 1 + _codes.IndexOf(code);

    /// <summary>Rows by code.</summary>
    public int[] Counts()
    {
        var counts = new int[_values.Count];
        foreach (var code in _codes)
            counts[code]++;
        return counts;
    }
}
