using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Says of an identity that it is new, or that it may have come before: never the first wrongly.</summary>
/// <remarks>
/// A Bloom filter whose sixteen bits for a key lie in one block of 64 bytes, one in each word (Putze, Sanders and Singler
/// 2007): one miss of the cache a row, which is waited for while other rows are read. Where nothing came twice, no row has
/// to be compared with another.
/// </remarks>
sealed unsafe class SeenIdentities : IDisposable
{
    const int WordsOfBlock = 16;
    const int BytesOfBlock = WordsOfBlock * sizeof(uint);
    const int LeastBytes = 1 << 16;
    const int MostBytes = 1 << 28;

    /// <summary>Identities that wait for their block to come from memory.</summary>
    const int Waiting = 16;

    readonly nuint _blocks;
    readonly void* _memory;
    readonly uint* _words;
    readonly (long Row, ulong High, ulong Low)[] _waiting = new (long, ulong, ulong)[Waiting];
    long _added;

    /// <param name="inputBytes">
    /// Bytes of the files to come. A tenth of it leaves rows of a hundred bytes eighty bits each; with more rows than
    /// that it only errs more often.
    /// </param>
    public SeenIdentities(long inputBytes)
    {
        _blocks = (nuint)Math.Clamp(inputBytes / 10, LeastBytes, MostBytes) / BytesOfBlock;
        // Zeroed by the system when first touched; a block begins where a line of the cache does.
        _memory = NativeMemory.AllocZeroed((_blocks + 1) * BytesOfBlock);
        _words = (uint*)(((nuint)_memory + BytesOfBlock - 1) / BytesOfBlock * BytesOfBlock);
    }

    /// <summary>Adds the identity of a row; what is said of it comes some rows later, or with <see cref="Finish"/>.</summary>
    /// <param name="high">One half of a hash.</param>
    /// <param name="low">The other half.</param>
    /// <returns>The row before whose identity may have been added before; -1 for none.</returns>
    public long Add(long row, ulong high, ulong low)
    {
        ref var place = ref _waiting[_added % Waiting];
        var earlier = _added++ >= Waiting ? Check(place) : -1;
        place = (row, high, low);
        if (Sse.IsSupported)
            Sse.Prefetch0(Block(high));
        return earlier;
    }

    /// <summary>Rows among the last whose identities may have been added before.</summary>
    public IReadOnlyList<long> Finish()
    {
        var rows = new List<long>();
        for (var at = Math.Max(0, _added - Waiting); at < _added; at++)
        {
            if (Check(_waiting[at % Waiting]) is >= 0 and var row)
                rows.Add(row);
        }
        _added = 0;
        return rows;
    }

    /// <summary>Gives the memory back at once: up to 256 MiB.</summary>
    public void Dispose() => NativeMemory.Free(_memory);

    uint* Block(ulong high) => _words + (nuint)Math.BigMul(high, (ulong)_blocks, out _) * WordsOfBlock;

    long Check((long Row, ulong High, ulong Low) identity)
    {
        var block = Block(identity.High);
        var (bits, mayBeKnown) = (identity.Low, true);
        for (var word = 0; word < WordsOfBlock; word++)
        {
            // The block was found by the upper bits of the other half.
            if (word == WordsOfBlock / 2)
                bits = identity.High;
            var bit = 1u << (int)(bits & 31);
            bits >>= 5;
            mayBeKnown &= (block[word] & bit) != 0;
            block[word] |= bit;
        }
        return mayBeKnown ? identity.Row : -1;
    }
}
