namespace LeadScoring.Ingestion.Reading;

/// <summary>Says of an identity that it is new, or that it may have come before: never the first wrongly.</summary>
/// <remarks>
/// A Bloom filter whose eight bits for a key lie in one block of 32 bytes, one in each word (Putze, Sanders and Singler
/// 2007): one miss of the cache a row. Where nothing came twice, no row has to be compared with another.
/// </remarks>
sealed class SeenIdentities
{
    const int WordsOfBlock = 8;
    const int LeastBytes = 1 << 16;
    const int MostBytes = 1 << 28;

    readonly uint[] _words;

    /// <param name="inputBytes">
    /// Bytes of the files to come. A tenth of it leaves rows of a hundred bytes eighty bits each; with more rows than
    /// that it only errs more often.
    /// </param>
    public SeenIdentities(long inputBytes)
    {
        var bytes = Math.Clamp(inputBytes / 10, LeastBytes, MostBytes);
        _words = new uint[bytes / (sizeof(uint) * WordsOfBlock) * WordsOfBlock];
    }

    /// <summary>Adds an identity.</summary>
    /// <param name="high">One half of a hash.</param>
    /// <param name="low">The other half.</param>
    /// <returns>Whether it may have been added before.</returns>
    public bool Add(ulong high, ulong low)
    {
        var blocks = (ulong)(_words.Length / WordsOfBlock);
        var block = _words.AsSpan((int)Math.BigMul(high, blocks, out _) * WordsOfBlock, WordsOfBlock);
        var mayBeKnown = true;
        for (var word = 0; word < block.Length; word++)
        {
            var bit = 1u << (int)(low & 31);
            low >>= 5;
            mayBeKnown &= (block[word] & bit) != 0;
            block[word] |= bit;
        }
        return mayBeKnown;
    }
}
