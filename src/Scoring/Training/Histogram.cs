using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Training;

/// <summary>For each code of each lane the derivatives and number of a node's rows, lane after lane.</summary>
/// <remarks>32 bits hold the sum over all rows of a table, by the choice of the levels (<see cref="Gradients"/>).</remarks>
sealed class Histogram(int slots)
{
    const int HighGradientShift = Gradients.GradientShift - 32;
    const int HessianMask = (1 << (Gradients.GradientShift - Gradients.HessianShift)) - 1;
    const int RowMask = (1 << Gradients.HessianShift) - 1;

    public int[] Gradient { get; } = new int[slots];

    public int[] Hessian { get; } = new int[slots];

    public int[] Rows { get; } = new int[slots];

    public BinSums Slice(int start, int count) =>
        new(Gradient.AsSpan(start, count), Hessian.AsSpan(start, count), Rows.AsSpan(start, count));

    public void Clear(int start, int count)
    {
        Gradient.AsSpan(start, count).Clear();
        Hessian.AsSpan(start, count).Clear();
        Rows.AsSpan(start, count).Clear();
    }

    /// <summary>Takes packed sums apart, adds them to the slots from <paramref name="start"/> on and clears them.</summary>
    public void Add(Span<long> packed, int start)
    {
        var i = 0;
        ref var from = ref MemoryMarshal.GetReference(packed);
        ref var gradients = ref Gradient[start];
        ref var hessians = ref Hessian[start];
        ref var rows = ref Rows[start];
        for (; i + Vector256<int>.Count <= packed.Length; i += Vector256<int>.Count)
        {
            var (at, half) = ((nuint)i, (nuint)Vector256<long>.Count);
            var (a, b) = (Vector256.LoadUnsafe(ref from, at), Vector256.LoadUnsafe(ref from, at + half));
            var high = Vector256.Narrow(a >>> 32, b >>> 32);
            var low = Vector256.Narrow(a, b);
            var middle = Vector256.Narrow(a >>> Gradients.HessianShift, b >>> Gradients.HessianShift);
            var gradient = Vector256.LoadUnsafe(ref gradients, at) + (high >> HighGradientShift);
            var hessian = Vector256.LoadUnsafe(ref hessians, at) + (middle & Vector256.Create(HessianMask));
            var count = Vector256.LoadUnsafe(ref rows, at) + (low & Vector256.Create(RowMask));
            gradient.StoreUnsafe(ref gradients, at);
            hessian.StoreUnsafe(ref hessians, at);
            count.StoreUnsafe(ref rows, at);
            Vector256<long>.Zero.StoreUnsafe(ref from, at);
            Vector256<long>.Zero.StoreUnsafe(ref from, at + half);
        }
        for (; i < packed.Length; i++)
        {
            var sum = Gradients.Unpack(packed[i]);
            Gradient[start + i] += (int)sum.Gradient;
            Hessian[start + i] += (int)sum.Hessian;
            Rows[start + i] += (int)sum.Rows;
            packed[i] = 0;
        }
    }

    /// <summary>Adds another histogram's slots.</summary>
    public void Add(Histogram other, int start, int count)
    {
        Add(Gradient, other.Gradient, start, count);
        Add(Hessian, other.Hessian, start, count);
        Add(Rows, other.Rows, start, count);
    }

    /// <summary>Parent minus child is the other child, in place and exactly.</summary>
    public void Subtract(Histogram child, int start, int count)
    {
        Subtract(Gradient, child.Gradient, start, count);
        Subtract(Hessian, child.Hessian, start, count);
        Subtract(Rows, child.Rows, start, count);
    }

    static void Add(int[] to, int[] what, int start, int count)
    {
        var sums = to.AsSpan(start, count);
        var more = what.AsSpan(start, count);
        for (var i = 0; i < sums.Length; i++)
            sums[i] += more[i];
    }

    static void Subtract(int[] from, int[] what, int start, int count)
    {
        var sums = from.AsSpan(start, count);
        var less = what.AsSpan(start, count);
        var i = 0;
        for (; i + Vector256<int>.Count <= sums.Length; i += Vector256<int>.Count)
            (Vector256.Create<int>(sums[i..]) - Vector256.Create<int>(less[i..])).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] -= less[i];
    }
}

/// <summary>Sums of the bins of one feature, or of the codes of one lane.</summary>
readonly ref struct BinSums(ReadOnlySpan<int> gradient, ReadOnlySpan<int> hessian, ReadOnlySpan<int> rows)
{
    public readonly ReadOnlySpan<int> Gradient = gradient;
    public readonly ReadOnlySpan<int> Hessian = hessian;
    public readonly ReadOnlySpan<int> Rows = rows;

    public GradientSum this[int bin] => new(Gradient[bin], Hessian[bin], Rows[bin]);
}
