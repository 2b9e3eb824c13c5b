using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>One column of a chunk, or what is inside a list or struct column.</summary>
public readonly unsafe struct Vector
{
    readonly nint _vector;
    readonly void* _values;
    readonly ulong* _validity;
    readonly int _width;

    internal Vector(nint vector, ColumnType type, int count)
    {
        (_vector, Type, Count) = (vector, type, count);
        _values = NativeMethods.duckdb_vector_get_data(vector);
        _validity = NativeMethods.duckdb_vector_get_validity(vector);
        _width = Width(type.Storage);
    }

    public ColumnType Type { get; }

    /// <summary>Values in the vector.</summary>
    public int Count { get; }

    /// <summary>True when no value can be NULL.</summary>
    public bool AllValid => _validity is null;

    public bool IsNull(int row) => _validity is not null && ((_validity[row >> 6] >> (row & 63)) & 1) == 0;

    /// <summary>The values as they lie in memory; slots that are NULL hold garbage.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> has another width.</exception>
    public ReadOnlySpan<T> Span<T>()
        where T : unmanaged
    {
        if (sizeof(T) != _width)
            Refuse(typeof(T).Name);
        return new(_values, Count);
    }

    /// <summary>The text of a VARCHAR or enum value; null when it is NULL.</summary>
    public string? Text(int row) =>
        IsNull(row) ? null
        : Type.Id == TypeId.Enum ? Type.Names[(int)Integer(row)]
        : Encoding.UTF8.GetString(TextBytes(row));

    /// <summary>The UTF-8 bytes of a VARCHAR or BLOB value; empty when it is NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> TextBytes(int row)
    {
        if (Type.Id is not (TypeId.Text or TypeId.Blob))
            Refuse("text");
        if (IsNull(row))
            return [];
        var text = (NativeText*)_values + row;
        return text->Length <= NativeText.InlineLength
            ? new(text->Inline, (int)text->Length)
            : new(text->Pointer, (int)text->Length);
    }

    /// <summary>The first row after <paramref name="row"/> whose text differs; <see cref="Count"/> when there is none.</summary>
    /// <remarks>
    /// Text of up to 12 bytes lies in its place with zeros behind it, so that 16 bytes decide, of eight rows at a time;
    /// longer text is compared byte by byte. Equal texts must lie side by side, as in a sorted column, and none may be
    /// NULL: what equals the eighth row on also equals those between.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int SameTextUntil(int row)
    {
        unchecked
        {
            if (Type.Id is not (TypeId.Text or TypeId.Blob))
                Refuse("text");
            var next = row + 1;
            if (((NativeText*)_values)[row].Length > NativeText.InlineLength)
            {
                while (next + 8 <= Count && IsSameText(next + 7, row))
                    next += 8;
                while (next < Count && IsSameText(next, row))
                    next++;
                return next;
            }
            var texts = (Vector128<long>*)_values;
            var first = Vector256.Create(texts[row], texts[row]);
            for (; next + 8 <= Count; next += 8)
            {
                // a bit a half of a text; where both halves are equal the even one of the two stays
                var pairs = (Vector256<long>*)(texts + next);
                var same =
                    Vector256.Equals(pairs[0], first).ExtractMostSignificantBits()
                    | (Vector256.Equals(pairs[1], first).ExtractMostSignificantBits() << 4)
                    | (Vector256.Equals(pairs[2], first).ExtractMostSignificantBits() << 8)
                    | (Vector256.Equals(pairs[3], first).ExtractMostSignificantBits() << 12);
                var differing = ~(same & (same >> 1)) & 0x5555;
                if (differing != 0)
                    return next + (BitOperations.TrailingZeroCount(differing) >> 1);
            }
            while (next < Count && texts[next] == texts[row])
                next++;
            return next;
        }
    }

    bool IsSameText(int one, int other) => TextBytes(one).SequenceEqual(TextBytes(other));

    /// <summary>Copies a FLOAT column, NaN for what is NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyWithNaN(Span<float> to)
    {
        Span<float>().CopyTo(to);
        if (_validity is null)
            return;
        for (var word = 0; word << 6 < Count; word++)
        {
            for (var missing = ~_validity[word]; missing != 0; missing &= missing - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(missing);
                if (row < Count)
                    to[row] = float.NaN;
            }
        }
    }

    /// <summary>Where a list value's elements lie in <see cref="Elements"/>.</summary>
    public (int Start, int Length) Range(int row)
    {
        var entry = ((ulong*)_values)[row * 2];
        var length = ((ulong*)_values)[(row * 2) + 1];
        return IsNull(row) ? (0, 0) : ((int)entry, (int)length);
    }

    /// <summary>The elements of all of a list column's values, one after the other.</summary>
    public Vector Elements =>
        new(
            NativeMethods.duckdb_list_vector_get_child(_vector),
            Type.Children[0],
            (int)NativeMethods.duckdb_list_vector_get_size(_vector)
        );

    /// <summary>One field of a struct column.</summary>
    public Vector Field(int index) =>
        new(NativeMethods.duckdb_struct_vector_get_child(_vector, (ulong)index), Type.Children[index], Count);

    /// <summary>Any value as an object (slow): numbers, bool, string, DateTime (UTC), DateOnly, decimal, object?[].</summary>
    public object? Value(int row) =>
        IsNull(row)
            ? null
            : Type.Id switch
            {
                TypeId.Boolean => ((byte*)_values)[row] != 0,
                TypeId.Float => ((float*)_values)[row],
                TypeId.Double => ((double*)_values)[row],
                TypeId.Timestamp or TypeId.TimestampTz => Time.Instant(((long*)_values)[row]),
                TypeId.Date => Time.Day(((int*)_values)[row]),
                TypeId.Text or TypeId.Enum => Text(row),
                TypeId.Blob => TextBytes(row).ToArray(),
                TypeId.HugeInt => ((Int128*)_values)[row],
                TypeId.UBigInt => ((ulong*)_values)[row],
                TypeId.Decimal => Decimal(row),
                TypeId.List => ListValue(row),
                TypeId.Struct => StructValue(row),
                _ => Integer(row),
            };

    long Integer(int row) =>
        Type.Storage switch
        {
            TypeId.TinyInt => ((sbyte*)_values)[row],
            TypeId.SmallInt => ((short*)_values)[row],
            TypeId.Integer => ((int*)_values)[row],
            TypeId.BigInt => ((long*)_values)[row],
            TypeId.UTinyInt => ((byte*)_values)[row],
            TypeId.USmallInt => ((ushort*)_values)[row],
            TypeId.UInteger => ((uint*)_values)[row],
            _ => throw new InvalidOperationException($"A {Type.Id} value cannot be read; cast it in the query."),
        };

    decimal Decimal(int row)
    {
        var digits = Type.Storage == TypeId.HugeInt ? (decimal)((Int128*)_values)[row] : Integer(row);
        return digits / (decimal)Math.Pow(10, Type.Scale);
    }

    object?[] ListValue(int row)
    {
        var (start, length) = Range(row);
        var elements = Elements;
        var values = new object?[length];
        for (var i = 0; i < length; i++)
            values[i] = elements.Value(start + i);
        return values;
    }

    object?[] StructValue(int row)
    {
        var values = new object?[Type.Children.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Field(i).Value(row);
        return values;
    }

    [DoesNotReturn]
    void Refuse(string asked) => throw new InvalidOperationException($"A {Type.Id} column cannot be read as {asked}.");

    static int Width(TypeId storage) =>
        storage switch
        {
            TypeId.Boolean or TypeId.TinyInt or TypeId.UTinyInt => 1,
            TypeId.SmallInt or TypeId.USmallInt => 2,
            TypeId.Integer or TypeId.UInteger or TypeId.Float or TypeId.Date => 4,
            TypeId.BigInt or TypeId.UBigInt or TypeId.Double or TypeId.Timestamp or TypeId.TimestampTz => 8,
            TypeId.HugeInt => 16,
            _ => 0,
        };
}

/// <summary>16 bytes: a length, then up to 12 bytes in place, or a 4-byte prefix and a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
unsafe struct NativeText
{
    internal const int InlineLength = 12;

    [FieldOffset(0)]
    internal uint Length;

    [FieldOffset(4)]
    internal fixed byte Inline[InlineLength];

    [FieldOffset(8)]
    internal byte* Pointer;
}
