using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Training;

/// <summary>For each bin of each feature the derivatives and number of a node's rows: (gradient, hessian, rows, 0).</summary>
sealed class Histogram(int slots)
{
    public Vector256<long>[] Sums { get; } = new Vector256<long>[slots];

    /// <summary>Fills one feature's slots from a node's rows.</summary>
    /// <param name="column">Bin of every row of the table.</param>
    /// <param name="rows">The node's rows.</param>
    /// <param name="gradients">Their (gradient, hessian), in the same order.</param>
    /// <param name="sums">The feature's slots.</param>
    public static void Fill(
        ReadOnlySpan<byte> column,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<Vector128<long>> gradients,
        Span<Vector256<long>> sums
    )
    {
        sums.Clear();
        ref var bins = ref MemoryMarshal.GetReference(column);
        ref var slots = ref MemoryMarshal.GetReference(sums);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        var one = Vector128.Create(1L, 0L);
        for (var i = 0; i < rows.Length; i++)
        {
            // A row is below the column's length and a bin below the feature's slots by construction (BinnedTable).
            ref var slot = ref Unsafe.Add(ref slots, Unsafe.Add(ref bins, rows[i]));
            slot += Vector256.Create(Unsafe.Add(ref gradient, i), one);
        }
    }

    /// <summary>Parent minus child is the other child, in place and exactly.</summary>
    public static void Subtract(Span<Vector256<long>> parent, ReadOnlySpan<Vector256<long>> child)
    {
        for (var slot = 0; slot < child.Length; slot++)
            parent[slot] -= child[slot];
    }
}
