namespace LeadScoring.Ingestion.Tables;

/// <summary>Reads a date or instant as in ISO 8601 and RFC 3339 from UTF-8 text; without an offset it is UTC.</summary>
/// <remarks><code>yyyy-mm-dd [T or blank] hh:mm [:ss [.f to .fffffffff]] [Z, +hh or +hh:mm]</code></remarks>
static class InstantText
{
    const int DateLength = 10;

    /// <summary>The instant, or null when the text is none.</summary>
    public static DateTime? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-')
            return null;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        if (text.Length == DateLength)
            return date;
        return text[DateLength] is (byte)'T' or (byte)' ' && TimeOfDay(text[(DateLength + 1)..]) is { } ticks
            ? Sum(date.Ticks, ticks)
            : null;
    }

    // ticks since midnight UTC: an offset is taken off
    static long? TimeOfDay(ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || text[2] != ':')
            return null;
        var (hour, minute, second, fraction) = (Digits(text[..2]), Digits(text[3..5]), 0, 0L);
        text = text[5..];
        if (text is [(byte)':', _, _, ..])
        {
            second = Digits(text[1..3]);
            text = text[3..];
            if (text is [(byte)'.', ..])
            {
                var length = Fraction(text[1..], out fraction);
                if (length is 0 or > 9)
                    return null;
                text = text[(1 + length)..];
            }
        }
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return null;
        return Offset(text) is { } minutes
            ? new TimeSpan(hour, minute, second).Ticks + fraction - (minutes * TimeSpan.TicksPerMinute)
            : null;
    }

    // up to seven digits are ticks, further ones are finer than those
    static int Fraction(ReadOnlySpan<byte> text, out long ticks)
    {
        var length = 0;
        ticks = 0;
        for (; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
            ticks = length < 7 ? (ticks * 10) + text[length] - '0' : ticks;
        for (var missing = length; missing < 7; missing++)
            ticks *= 10;
        return length;
    }

    static long? Offset(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'])
            return 0;
        if (text is not [(byte)'+' or (byte)'-', _, _] and not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _])
            return null;
        var (hours, minutes) = (Digits(text[1..3]), text.Length == 3 ? 0 : Digits(text[4..]));
        if (hours is < 0 or > 14 || minutes is < 0 or > 59)
            return null;
        return (text[0] == '-' ? -1 : 1) * ((hours * 60L) + minutes);
    }

    static DateTime? Sum(long date, long ofDay) =>
        date + ofDay is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc)
            : null;

    // the number these digits are, or -1 when one is none
    static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit((char)letter))
                return -1;
            number = (number * 10) + letter - '0';
        }
        return number;
    }
}
