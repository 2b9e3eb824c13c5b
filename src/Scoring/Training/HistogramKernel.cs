using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LeadScoring.Scoring.Training;

/// <summary>The innermost loop of training: adds a row's packed derivatives to one sum for each of its lanes.</summary>
/// <remarks>
/// Eight lanes of a row are eight bytes side by side; their sums lie <see cref="LaneStride"/> apart in 16.5 KB, which stay
/// in the first-level cache, and the stride is no power of two, so that lanes do not contend for the same cache sets. One
/// addition of 64 bits sums gradient, hessian and row at once (<see cref="Gradients"/>). A bin is below 256 by its type
/// and a row below the table's length by construction, so that pointers are not checked. Two rows a turn: 20 % faster than
/// one, as measured in docs/decisions/0009. None of the loops is inlined: among a caller's variables it would lose registers.
/// </remarks>
static unsafe class HistogramKernel
{
    public const int Lanes = 8;

    public const int LaneStride = 264;

    /// <summary>Sums of a tile, and those of one more lane that takes what nobody asked for.</summary>
    public const int Sums = (Lanes + 1) * LaneStride;

    /// <summary>Entries that row lists must have behind their last, for looking ahead.</summary>
    public const int Ahead = 16;

    /// <summary>Rows side by side in memory, all lanes.</summary>
    /// <param name="bins">Eight bytes of the first row.</param>
    /// <param name="stride">Bytes from row to row.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddRun(byte* bins, nint stride, long* packed, int count, long* sums)
    {
        var end = packed + (count & ~1);
        for (; packed < end; packed += 2, bins += 2 * stride)
        {
            AddRow(bins, packed[0], sums);
            AddRow(bins + stride, packed[1], sums);
        }
        if ((count & 1) != 0)
            AddRow(bins, *packed, sums);
    }

    /// <summary>Rows of a list, all lanes.</summary>
    /// <param name="bins">Eight bytes of row 0.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddRows(byte* bins, nint stride, int* rows, long* packed, int count, long* sums)
    {
        var end = packed + (count & ~1);
        for (; packed < end; packed += 2, rows += 2)
        {
            Fetch(bins + rows[Ahead - 2] * stride);
            Fetch(bins + rows[Ahead - 1] * stride);
            AddRow(bins + rows[0] * stride, packed[0], sums);
            AddRow(bins + rows[1] * stride, packed[1], sums);
        }
        if ((count & 1) != 0)
            AddRow(bins + *rows * stride, *packed, sums);
    }

    /// <summary>Rows of a list, only four of the lanes; <see cref="Lanes"/> as a lane is nobody's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddSome(
        byte* bins,
        nint stride,
        int* rows,
        long* packed,
        int count,
        long* sums,
        (int A, int B, int C, int D) lanes
    )
    {
        var (a, b, c, d) = (lanes.A, lanes.B & 7, lanes.C & 7, lanes.D & 7);
        var toA = sums + (a * LaneStride);
        var toB = sums + (lanes.B * LaneStride);
        var toC = sums + (lanes.C * LaneStride);
        var toD = sums + (lanes.D * LaneStride);
        for (var end = packed + count; packed < end; packed++, rows++)
        {
            Fetch(bins + rows[Ahead - 1] * stride);
            var row = bins + *rows * stride;
            var value = *packed;
            toA[row[a]] += value;
            toB[row[b]] += value;
            toC[row[c]] += value;
            toD[row[d]] += value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch(byte* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void AddRow(byte* bins, long value, long* sums)
    {
        sums[bins[0]] += value;
        sums[LaneStride + bins[1]] += value;
        sums[(2 * LaneStride) + bins[2]] += value;
        sums[(3 * LaneStride) + bins[3]] += value;
        sums[(4 * LaneStride) + bins[4]] += value;
        sums[(5 * LaneStride) + bins[5]] += value;
        sums[(6 * LaneStride) + bins[6]] += value;
        sums[(7 * LaneStride) + bins[7]] += value;
    }
}
