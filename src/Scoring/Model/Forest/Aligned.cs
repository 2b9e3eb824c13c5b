using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Working space that begins with a line of the cache, so that no vector lies across two of them.</summary>
/// <remarks>Measured with vectors of 64 bytes: trees take 1.6 times as long in a plain array.</remarks>
sealed class Aligned<T>
    where T : unmanaged
{
    const int Line = 64;

    readonly T[] _array;
    readonly int _first;
    readonly int _length;

    public Aligned(int length)
    {
        _length = length;
        var size = Unsafe.SizeOf<T>();
        // Pinned, for what is moved is no longer aligned.
        _array = GC.AllocateArray<T>(length + Line / size, pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _first = (int)(-address & (Line - 1)) / size;
    }

    public ref T First => ref _array[_first];

    public Span<T> Span => _array.AsSpan(_first, _length);
}
