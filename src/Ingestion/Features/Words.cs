using System.Runtime.CompilerServices;
using System.Text;

namespace LeadScoring.Ingestion.Features;

/// <summary>A word of the register.</summary>
/// <param name="Level">Its level of a categorical feature, NaN when it is none.</param>
sealed record Word(string Text, float Level);

/// <summary>The words of one column of the register: countries and languages are few and short, so each is made once.</summary>
/// <param name="levels">The levels of the column's feature.</param>
sealed class Words(Dictionary<string, int> levels)
{
    const int MostBytes = 7;

    // a word of up to seven bytes is a number; where two meet, the latter stays
    readonly ulong[] _keys = new ulong[256];
    readonly Word[] _words = new Word[256];

    /// <summary>The word of some UTF-8 bytes; none is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Word? Of(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            if (bytes.Length is 0 or > MostBytes)
                return bytes.Length == 0 ? null : Make(bytes);
            var key = (ulong)bytes.Length;
            foreach (var letter in bytes)
                key = (key << 8) | letter;
            var place = (int)((key * 0x9E37_79B9_7F4A_7C15) >> 56);
            if (_keys[place] != key)
                (_keys[place], _words[place]) = (key, Make(bytes));
            return _words[place];
        }
    }

    Word Make(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return new Word(text, levels.TryGetValue(text, out var level) ? level : float.NaN);
    }
}
