namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Codes levels so that belonging to a set of them is one look-up in 16 bytes.</summary>
/// <remarks>
/// Levels that no question of the model names go right everywhere and need no code. The others are numbered; a column
/// holds 128 of them, as two bytes: which byte of a 128-bit set (number / 8) and which bit in it (1 &lt;&lt; number % 8). A
/// value of another column, an unseen one, a negative one and NaN have bit 0, which is in no set.
/// </remarks>
sealed class LevelColumn : CodedColumn
{
    /// <summary>Levels of one column.</summary>
    public const int MostLevels = 128;

    /// <summary>Bytes of a set of a column's levels.</summary>
    public const int SetBytes = MostLevels / 8;

    /// <summary>The <see cref="Width"/>.</summary>
    public const int Bytes = 2;

    /// <summary>For each level, at least for level 0, its byte and bit; 0 for those of no question.</summary>
    readonly (byte Place, byte Bit)[] _codes;

    /// <param name="levels">The levels to number, rising, at most <see cref="MostLevels"/>.</param>
    public LevelColumn(int feature, ReadOnlySpan<int> levels)
        : base(feature)
    {
        _codes = new (byte, byte)[levels.Length == 0 ? 1 : levels[^1] + 1];
        for (var number = 0; number < levels.Length; number++)
            _codes[levels[number]] = ((byte)(number >> 3), (byte)(1 << (number & 7)));
    }

    public override int Width => Bytes;

    public override void Code(scoped ReadOnlySpan<float> values, Span<byte> codes)
    {
        var bits = codes[BlockCodes.Rows..];
        for (var i = 0; i < values.Length; i++)
            (codes[i], bits[i]) = values[i] > -1 && values[i] < _codes.Length ? _codes[(int)values[i]] : default;
    }
}
