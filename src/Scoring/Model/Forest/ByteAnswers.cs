using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Answers questions for 32 rows at once; a byte of all ones is "left".</summary>
static class ByteAnswers
{
    /// <summary>Whether codes are at most a number's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> AtMost(ref byte codes, nuint i, sbyte most) =>
        ~Vector256.GreaterThan(Vector256.LoadUnsafe(ref codes, i).AsSByte(), Vector256.Create(most)).AsByte();

    /// <summary>Whether levels are in a set; see <see cref="LevelColumn"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Within(ref byte codes, nuint i, ref byte set)
    {
        var places = Vector256.LoadUnsafe(ref codes, i);
        var bits = Vector256.LoadUnsafe(ref codes, i + BlockCodes.Rows);
        var bytes = Vector128.LoadUnsafe(ref set);
        var found = Avx2.IsSupported
            ? Avx2.Shuffle(Vector256.Create(bytes, bytes), places)
            : Vector256.Create(
                Vector128.Shuffle(bytes, places.GetLower()),
                Vector128.Shuffle(bytes, places.GetUpper())
            );
        return ~Vector256.Equals(found & bits, Vector256<byte>.Zero);
    }
}
