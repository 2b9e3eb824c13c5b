namespace LeadScoring.Funnel.Allocation;

/// <summary>Units by gain, highest first, equal gains by the lower number: a binary heap of packed words.</summary>
/// <remarks>
/// A word is gain * 2^31 + (2^31 - 1 - unit). Gains lie between -2^31 and 2^31, so a word fits 64 bits, and one
/// comparison of words orders by gain and then by unit. Entries that no longer hold are dropped when they come to the
/// top, not when they cease to hold.
/// </remarks>
sealed class GainHeap
{
    const int Bits = 31;
    const long LastUnit = (1L << Bits) - 1;

    long[] _words;
    int _count;

    public GainHeap() => _words = [];

    /// <summary>A heap of these words, in linear time (Floyd 1964); takes the array over.</summary>
    public GainHeap(long[] words, int count)
    {
        (_words, _count) = (words, count);
        for (var i = count / 2 - 1; i >= 0; i--)
            SiftDown(i);
    }

    public bool IsEmpty => _count == 0;

    public int Unit => (int)(LastUnit - (_words[0] & LastUnit));

    public long Gain => _words[0] >> Bits;

    public static long Word(long gain, int unit) => (gain << Bits) + (LastUnit - unit);

    public void Add(long gain, int unit)
    {
        if (_count == _words.Length)
            Array.Resize(ref _words, Math.Max(16, 2 * _count));
        var (word, i) = (Word(gain, unit), _count++);
        for (; i > 0 && _words[(i - 1) / 2] < word; i = (i - 1) / 2)
            _words[i] = _words[(i - 1) / 2];
        _words[i] = word;
    }

    public void Drop()
    {
        _words[0] = _words[--_count];
        if (_count > 1)
            SiftDown(0);
    }

    void SiftDown(int i)
    {
        var word = _words[i];
        while (2 * i + 1 < _count)
        {
            var child = 2 * i + 1;
            if (child + 1 < _count && _words[child + 1] > _words[child])
                child++;
            if (_words[child] <= word)
                break;
            _words[i] = _words[child];
            i = child;
        }
        _words[i] = word;
    }
}
