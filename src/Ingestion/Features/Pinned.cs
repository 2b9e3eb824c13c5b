using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>Arrays that never move, for inner loops that read them by pointers.</summary>
static unsafe class Pinned
{
    /// <summary>An array of zeros that stays where it is for as long as it is referred to.</summary>
    public static T[] Array<T>(int length)
        where T : unmanaged => GC.AllocateArray<T>(length, pinned: true);

    /// <summary>Where an array of <see cref="Array"/> begins; valid as long as the array is referred to.</summary>
    public static T* Start<T>(T[] array)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
}
