using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Adds the leaf values of several trees to the scores of a block, tree after tree.</summary>
/// <remarks>Eight sums stay in registers while the trees pass; each row's sum is rounded as if its trees were walked.</remarks>
static class LeafSums
{
    /// <param name="leaves">Leaf numbers: a stretch of <paramref name="blockRows"/> for each tree.</param>
    /// <param name="values">The trees' leaf values, one tree after the other.</param>
    /// <param name="firsts">Where each tree's values begin in <paramref name="values"/>.</param>
    public static void Add(
        ReadOnlySpan<byte> leaves,
        int blockRows,
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> firsts,
        Span<double> scores
    )
    {
        var row = 0;
        for (; row + 8 <= scores.Length; row += 8)
            AddEight(leaves[row..], blockRows, values, firsts, scores.Slice(row, 8));
        for (; row < scores.Length; row++)
        for (var tree = 0; tree < firsts.Length; tree++)
            scores[row] += values[firsts[tree] + leaves[tree * blockRows + row]];
    }

    static void AddEight(
        ReadOnlySpan<byte> leaves,
        int blockRows,
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> firsts,
        Span<double> scores
    )
    {
        var (a, b, c, d) = (scores[0], scores[1], scores[2], scores[3]);
        var (e, f, g, h) = (scores[4], scores[5], scores[6], scores[7]);
        ref var leaf = ref MemoryMarshal.GetReference(leaves);
        for (var tree = 0; tree < firsts.Length; tree++)
        {
            ref var value = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), firsts[tree]);
            var eight = Unsafe.ReadUnaligned<ulong>(ref leaf);
            if (!BitConverter.IsLittleEndian)
                eight = BinaryPrimitives.ReverseEndianness(eight);
            a += Unsafe.Add(ref value, (byte)eight);
            b += Unsafe.Add(ref value, (byte)(eight >> 8));
            c += Unsafe.Add(ref value, (byte)(eight >> 16));
            d += Unsafe.Add(ref value, (byte)(eight >> 24));
            e += Unsafe.Add(ref value, (byte)(eight >> 32));
            f += Unsafe.Add(ref value, (byte)(eight >> 40));
            g += Unsafe.Add(ref value, (byte)(eight >> 48));
            h += Unsafe.Add(ref value, (byte)(eight >> 56));
            leaf = ref Unsafe.Add(ref leaf, blockRows);
        }
        (scores[0], scores[1], scores[2], scores[3]) = (a, b, c, d);
        (scores[4], scores[5], scores[6], scores[7]) = (e, f, g, h);
    }
}
