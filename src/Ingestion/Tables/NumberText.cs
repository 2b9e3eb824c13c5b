using System.Globalization;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Reads a decimal number from UTF-8 text, to the nearest double.</summary>
/// <remarks>
/// Nearly all numbers of a table have few digits and no exponent: <c>digits / 10^places</c> with digits at most 2^53
/// and places at most 22 is one division of two exact doubles, so it is rounded once and therefore right (Clinger,
/// How to read floating point numbers accurately, 1990). All others go the runtime's way.
/// </remarks>
static class NumberText
{
    const long Exact = 1L << 53;
    const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    static readonly double[] _powers =
    [
        .. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture)),
    ];

    /// <summary>True for sign, digits, perhaps a mark and digits, perhaps an exponent; infinite when it is too large.</summary>
    /// <remarks>With leading zeros (a postal code) it is no number.</remarks>
    /// <param name="mark">The decimal mark: a point, or a comma (then a point or exponent with it is none).</param>
    public static bool TryRead(ReadOnlySpan<byte> text, byte mark, out double number)
    {
        number = 0;
        var at = text is [(byte)'+' or (byte)'-', ..] ? 1 : 0;
        if (at + 1 < text.Length && text[at] == '0' && char.IsAsciiDigit((char)text[at + 1]))
            return false;
        var (digits, count, places) = (0L, 0, -1);
        for (; at < text.Length && digits < Exact / 10; at++)
        {
            var digit = text[at] - '0';
            if (digit is >= 0 and <= 9)
            {
                digits = (digits * 10) + digit;
                count++;
                places += places < 0 ? 0 : 1;
            }
            else if (text[at] == mark && places < 0)
            {
                places = 0;
            }
            else
            {
                break;
            }
        }
        if (at == text.Length && count > 0 && places < _powers.Length)
        {
            number = places > 0 ? digits / _powers[places] : digits;
            number = text[0] == '-' ? -number : number;
            return true;
        }
        return count > 0 && CanGoOn(text[at..], mark) && TryReadLong(text, mark, out number);
    }

    // what may stand behind the first digits: the runtime refuses the rest of what is wrong
    static bool CanGoOn(ReadOnlySpan<byte> rest, byte mark) =>
        rest.IsEmpty || char.IsAsciiDigit((char)rest[0]) || rest[0] == mark || (rest[0] | 0x20) == 'e';

    static bool TryReadLong(ReadOnlySpan<byte> text, byte mark, out double number)
    {
        if (mark == '.')
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
        Span<byte> copy = stackalloc byte[64];
        number = 0;
        if (text.Length > copy.Length || text.Contains((byte)'.'))
            return false;
        text.Replace(copy, mark, (byte)'.');
        return double.TryParse(copy[..text.Length], Style, CultureInfo.InvariantCulture, out number);
    }
}
