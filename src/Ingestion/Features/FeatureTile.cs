using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LeadScoring.Ingestion.Features;

/// <summary>Some rows as they are worked out, to be turned into columns.</summary>
/// <remarks>A row lies in one piece, so that it is written by vectors; each column gets a whole cache line at once.</remarks>
/// <param name="columns">By place in a row, the column that it goes to.</param>
sealed class FeatureTile(float[][] columns)
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 16;

    /// <summary>Cells behind a row that may be written with it.</summary>
    public const int Beyond = 8;

    readonly int _width = columns.Length + Beyond;
    readonly float[] _cells = new float[Rows * (columns.Length + Beyond)];

    /// <summary>A row's places, and <see cref="Beyond"/> cells.</summary>
    public Span<float> Row(int row) => _cells.AsSpan(row * _width, _width);

    /// <summary>Copies the first rows to the columns, from a row of theirs on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(int first, int rows)
    {
        unchecked
        {
            var place = 0;
            if (rows == Rows && Avx.IsSupported)
            {
                for (; place + 4 <= columns.Length; place += 4)
                {
                    for (var row = 0; row < Rows; row += 8)
                        TurnEight(place, row, first + row);
                }
            }
            for (; place < columns.Length; place++)
            {
                var column = columns[place].AsSpan(first, rows);
                for (var row = 0; row < column.Length; row++)
                    column[row] = _cells[(row * _width) + place];
            }
        }
    }

    // Four places of eight rows: four rows and the four behind them are transposed side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void TurnEight(int place, int row, int to)
    {
        unchecked
        {
            ref var cell = ref _cells.AsSpan((row * _width) + place, (7 * _width) + 4)[0];
            var (a, b) = (Pair(ref cell, 0), Pair(ref cell, 1));
            var (c, d) = (Pair(ref cell, 2), Pair(ref cell, 3));
            var (ab, cd) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
            Avx.Shuffle(ab, cd, 0x44).CopyTo(columns[place].AsSpan(to));
            Avx.Shuffle(ab, cd, 0xEE).CopyTo(columns[place + 1].AsSpan(to));
            (ab, cd) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
            Avx.Shuffle(ab, cd, 0x44).CopyTo(columns[place + 2].AsSpan(to));
            Avx.Shuffle(ab, cd, 0xEE).CopyTo(columns[place + 3].AsSpan(to));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector256<float> Pair(ref float cell, int row) =>
        Vector256.Create(
            Vector128.LoadUnsafe(ref cell, (nuint)(row * _width)),
            Vector128.LoadUnsafe(ref cell, (nuint)((row + 4) * _width))
        );
}
