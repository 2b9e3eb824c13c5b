using System.Runtime.CompilerServices;

namespace LeadScoring.Worker.Packed;

/// <summary>Rows one after the other in pieces that are never moved.</summary>
/// <remarks>One array that grows by doubling would for a moment need three times the room.</remarks>
sealed class PackedRows<T>
    where T : struct
{
    const int PieceBits = 15;

    readonly List<T[]> _pieces = [];

    public int Count { get; private set; }

    public ref T this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pieces[row >> PieceBits][row & ((1 << PieceBits) - 1)];
    }

    public void Add(in T row)
    {
        if (Count >> PieceBits == _pieces.Count)
            _pieces.Add(new T[1 << PieceBits]);
        this[Count++] = row;
    }
}

/// <summary>The few words that rows hold by their number.</summary>
sealed class PackedWords
{
    readonly List<string> _words = [];
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public string this[int number] => _words[number];

    public int Of(string word)
    {
        if (_numbers.TryGetValue(word, out var number))
            return number;
        _words.Add(word);
        _numbers.Add(word, _words.Count - 1);
        return _words.Count - 1;
    }
}
