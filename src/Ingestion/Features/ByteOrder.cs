using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>The order of contacts in the lake's files: that of their UTF-8 bytes.</summary>
static class ByteOrder
{
    /// <summary>Below zero, zero or above it, as <see cref="MemoryExtensions.SequenceCompareTo{T}(ReadOnlySpan{T}, ReadOnlySpan{T})"/> says.</summary>
    /// <remarks>Contacts of one lake are mostly as long as each other, and those of up to 16 bytes are decided by two looks.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length || one.Length is < 8 or > 16)
            return one.SequenceCompareTo(other);
        var (begin, otherBegin) = (
            BinaryPrimitives.ReadUInt64BigEndian(one),
            BinaryPrimitives.ReadUInt64BigEndian(other)
        );
        if (begin != otherBegin)
            return begin < otherBegin ? -1 : 1;
        return BinaryPrimitives
            .ReadUInt64BigEndian(one[^8..])
            .CompareTo(BinaryPrimitives.ReadUInt64BigEndian(other[^8..]));
    }
}
