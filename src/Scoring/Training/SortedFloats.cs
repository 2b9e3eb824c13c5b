namespace LeadScoring.Scoring.Training;

/// <summary>Puts floats in order by their bits, three times eleven of them (least significant digit radix sort).</summary>
/// <remarks>
/// A float's bits rise with its value once negative ones are turned over and the others get their sign bit set. Several
/// times faster than comparing; NaN must not be among the values.
/// </remarks>
static class SortedFloats
{
    const int DigitBits = 11;
    const int Digits = 1 << DigitBits;

    public static void Sort(Span<float> values)
    {
        var keys = new uint[values.Length];
        var other = new uint[values.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            keys[i] = bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
        }
        Span<int> places = stackalloc int[Digits];
        for (var shift = 0; shift < 32; shift += DigitBits)
        {
            places.Clear();
            foreach (var key in keys)
                places[(int)(key >> shift) & (Digits - 1)]++;
            for (int digit = 0, before = 0; digit < Digits; digit++)
                (places[digit], before) = (before, before + places[digit]);
            foreach (var key in keys)
                other[places[(int)(key >> shift) & (Digits - 1)]++] = key;
            (keys, other) = (other, keys);
        }
        for (var i = 0; i < keys.Length; i++)
        {
            var bits = keys[i] ^ ((uint)((int)~keys[i] >> 31) | 0x8000_0000);
            values[i] = BitConverter.UInt32BitsToSingle(bits);
        }
    }
}
