using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Codes numbers by how many of the thresholds asked for lie below them.</summary>
/// <remarks>
/// With sorted thresholds t, <c>value &lt;= t[k]</c> holds exactly when at most k thresholds lie below the value; so the
/// whole forest asks bytes. Missing values are given the order that makes them go the default way at every threshold.
/// The count is found without a branch: a table over the leading bits of the value's order tells where its thresholds
/// begin, a binary search over the fullest bucket's thresholds does the rest, mostly one or two comparisons.
/// </remarks>
sealed class NumberColumn : CodedColumn
{
    /// <summary>Most thresholds of one column, as codes are bytes.</summary>
    public const int MostThresholds = 255;

    /// <summary>The <see cref="Width"/>: a code by which missing values go left, and one by which they go right.</summary>
    public const int Bytes = 2;

    /// <summary>What is taken off a count, so that bytes compare as signed numbers.</summary>
    public const int Offset = 128;

    const int MostBucketBits = 12;

    readonly bool _zeroIsMissing;
    readonly int _missing;
    readonly int _lowest;
    readonly int _highest;
    readonly int _shift;
    readonly int _firstStep;
    readonly byte[] _start;
    readonly int[] _thresholds;

    /// <param name="missing">One of the missing types of <see cref="Tree"/>.</param>
    /// <param name="thresholds">Their <see cref="FloatOrder"/>, rising, 1 to <see cref="MostThresholds"/>.</param>
    public NumberColumn(int feature, int missing, ReadOnlySpan<int> thresholds)
        : base(feature)
    {
        _zeroIsMissing = missing == Tree.MissingZero;
        _missing = missing is Tree.MissingZero or Tree.MissingNaN ? FloatOrder.Lowest : FloatOrder.Of(0);
        (_lowest, _highest) = (thresholds[0], thresholds[^1]);
        var steps = int.MaxValue;
        for (var bits = 0; bits <= MostBucketBits; bits++)
        {
            var shift = Math.Clamp(BitOperations.Log2((uint)(_highest - _lowest) | 1) + 1 - bits, 0, 31);
            var needed = BitOperations.Log2((uint)Fullest(thresholds, shift)) + 1;
            if (needed < steps)
                (steps, _shift) = (needed, shift);
        }
        _firstStep = 1 << (steps - 1);
        _start = Starts(thresholds);
        // Searching runs past the end by less than the window; nothing is above the highest order.
        _thresholds = new int[thresholds.Length + 2 * _firstStep];
        Array.Fill(_thresholds, FloatOrder.Highest);
        thresholds.CopyTo(_thresholds);
    }

    public override int Width => Bytes;

    [SkipLocalsInit]
    public override void Code(scoped ReadOnlySpan<float> values, Span<byte> codes)
    {
        Span<float> padded = stackalloc float[BlockCodes.Rows];
        Span<int> orders = stackalloc int[BlockCodes.Rows];
        Span<int> buckets = stackalloc int[BlockCodes.Rows];
        var rows = (values.Length + Vector256<byte>.Count - 1) & -Vector256<byte>.Count;
        if (rows != values.Length)
        {
            values.CopyTo(padded);
            padded[values.Length..rows].Clear();
            values = padded[..rows];
        }
        Order(values, orders, buckets);
        Count(orders[..rows], buckets, codes);
        MissingRight(orders[..rows], codes, codes[BlockCodes.Rows..]);
    }

    void Order(ReadOnlySpan<float> values, Span<int> orders, Span<int> buckets)
    {
        var (lowest, highest) = (Vector256.Create(_lowest), Vector256.Create(_highest));
        var (missing, zero) = (
            Vector256.Create(_missing),
            Vector256.Create(_zeroIsMissing ? (float)Tree.ZeroRange : -1)
        );
        for (var i = 0; i < values.Length; i += Vector256<float>.Count)
        {
            var value = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)i);
            var isMissing = ~Vector256.Equals(value, value) | Vector256.LessThanOrEqual(Vector256.Abs(value), zero);
            var bits = (value + Vector256<float>.Zero).AsInt32();
            var order = bits ^ (Vector256.ShiftRightArithmetic(bits, 31) & Vector256.Create(int.MaxValue));
            order = Vector256.ConditionalSelect(isMissing.AsInt32(), missing, order);
            order.StoreUnsafe(ref MemoryMarshal.GetReference(orders), (nuint)i);
            var above = Vector256.Min(Vector256.Max(order, lowest), highest) - lowest;
            var bucket = Vector256.ShiftRightLogical(above, _shift);
            bucket.StoreUnsafe(ref MemoryMarshal.GetReference(buckets), (nuint)i);
        }
    }

    void Count(ReadOnlySpan<int> orders, ReadOnlySpan<int> buckets, Span<byte> codes)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(_start);
        ref var threshold = ref MemoryMarshal.GetArrayDataReference(_thresholds);
        ref var order = ref MemoryMarshal.GetReference(orders);
        ref var bucket = ref MemoryMarshal.GetReference(buckets);
        ref var code = ref MemoryMarshal.GetReference(codes);
        for (nint i = 0; i < orders.Length; i++)
        {
            var wanted = Unsafe.Add(ref order, i);
            nint below = Unsafe.Add(ref start, (nint)(uint)Unsafe.Add(ref bucket, i));
            for (nint step = _firstStep; step > 1; step >>= 1)
                below += -(nint)Unsafe.BitCast<bool, byte>(wanted > Unsafe.Add(ref threshold, below + step - 1)) & step;
            below += Unsafe.BitCast<bool, byte>(wanted > Unsafe.Add(ref threshold, below));
            Unsafe.Add(ref code, i) = (byte)(below - Offset);
        }
    }

    /// <summary>Copies the codes but for those of missing values, which become the highest.</summary>
    static void MissingRight(ReadOnlySpan<int> orders, ReadOnlySpan<byte> left, Span<byte> right)
    {
        var highest = Vector256.Create(sbyte.MaxValue);
        ref var order = ref MemoryMarshal.GetReference(orders);
        ref var from = ref MemoryMarshal.GetReference(left);
        ref var into = ref MemoryMarshal.GetReference(right);
        for (nuint i = 0; i < (nuint)orders.Length; i += (nuint)Vector256<byte>.Count)
        {
            var missing = Vector256.Narrow(
                Vector256.Narrow(Missing(ref order, i), Missing(ref order, i + 8)),
                Vector256.Narrow(Missing(ref order, i + 16), Missing(ref order, i + 24))
            );
            var codes = Vector256.LoadUnsafe(ref from, i).AsSByte();
            Vector256.ConditionalSelect(missing, highest, codes).AsByte().StoreUnsafe(ref into, i);
        }
    }

    static Vector256<int> Missing(ref int orders, nuint i) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref orders, i), Vector256.Create(FloatOrder.Lowest));

    /// <summary>Most thresholds in one bucket.</summary>
    static int Fullest(ReadOnlySpan<int> thresholds, int shift)
    {
        var most = 0;
        for (int from = 0, i = 0; i < thresholds.Length; i++)
        {
            if (Bucket(thresholds, i, shift) != Bucket(thresholds, from, shift))
                from = i;
            most = Math.Max(most, i + 1 - from);
        }
        return most;
    }

    /// <summary>For each bucket the thresholds before it.</summary>
    byte[] Starts(ReadOnlySpan<int> thresholds)
    {
        var starts = new byte[Bucket(thresholds, thresholds.Length - 1, _shift) + 1];
        for (int bucket = 0, passed = 0; bucket < starts.Length; bucket++)
        {
            while (Bucket(thresholds, passed, _shift) < (uint)bucket)
                passed++;
            starts[bucket] = (byte)passed;
        }
        return starts;
    }

    static uint Bucket(ReadOnlySpan<int> thresholds, int i, int shift) =>
        (uint)(thresholds[i] - thresholds[0]) >> shift;
}
