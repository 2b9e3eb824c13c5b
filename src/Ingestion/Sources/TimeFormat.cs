namespace LeadScoring.Ingestion.Sources;

/// <summary>A strptime pattern that a text must fit to the last letter: no leniency, no guessing of day and month.</summary>
/// <remarks>
/// %Y year, %m month, %d day, %H hour, %M minute, %S second (each with all its digits), %f one to nine digits of a
/// second's fraction, %z an offset (Z, +01, +0100 or +01:00), %% a percent sign.
/// </remarks>
sealed class TimeFormat
{
    const string Directives = "YmdHMSfz%";

    readonly string _pattern;

    TimeFormat(string pattern) => _pattern = pattern;

    /// <summary>The pattern of a format; check it with <see cref="Complaint"/> first.</summary>
    public static TimeFormat Of(string pattern) => new(pattern);

    /// <summary>What is wrong with a pattern, as what would be expected; null when it is good.</summary>
    public static string? Complaint(string pattern)
    {
        for (var at = pattern.IndexOf('%'); at >= 0; at = pattern.IndexOf('%', at + 2))
        {
            if (at + 1 == pattern.Length || !Directives.Contains(pattern[at + 1]))
                return "directives among %Y %m %d %H %M %S %f %z %%";
            if (at + 2 >= pattern.Length)
                break;
        }
        var dated = pattern.Contains("%Y") && pattern.Contains("%m") && pattern.Contains("%d");
        return dated ? null : "a pattern with %Y, %m and %d";
    }

    /// <summary>Writes a local time so that it is read back the same; null when the pattern cannot say all of it.</summary>
    public string? Write(DateTime local)
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; at < _pattern.Length; at++)
        {
            var isDirective = _pattern[at] == '%';
            at += isDirective ? 1 : 0;
            text.Append(isDirective ? Written(_pattern[at], local) : _pattern[at].ToString());
        }
        var written = text.ToString();
        var isSame =
            TryParse(System.Text.Encoding.UTF8.GetBytes(written), out var back, out var offset)
            && back == local
            && offset is null;
        return isSame ? written : null;
    }

    static string Written(char directive, DateTime local) =>
        local.ToString(
            directive switch
            {
                'Y' => "yyyy",
                'm' => "MM",
                'd' => "dd",
                'H' => "HH",
                'M' => "mm",
                'S' => "ss",
                'f' => "ffffff",
                _ => "\\%",
            },
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>Reads a text; <paramref name="offset"/> is null when it has none.</summary>
    /// <param name="local">The time as written, to the microsecond (further digits are cut off).</param>
    public bool TryParse(ReadOnlySpan<byte> text, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        int year = 0,
            month = 0,
            day = 0,
            hour = 0,
            minute = 0,
            second = 0,
            ticks = 0;
        var fits = true;
        for (var at = 0; at < _pattern.Length && fits; at++)
        {
            if (_pattern[at] != '%' || _pattern[at + 1] == '%')
            {
                fits = text.Length > 0 && text[0] == _pattern[at] && _pattern[at] < 0x80;
                text = fits ? text[1..] : text;
                at += _pattern[at] == '%' ? 1 : 0;
                continue;
            }
            at++;
            fits = _pattern[at] switch
            {
                'Y' => TryDigits(ref text, 4, out year),
                'm' => TryDigits(ref text, 2, out month),
                'd' => TryDigits(ref text, 2, out day),
                'H' => TryDigits(ref text, 2, out hour),
                'M' => TryDigits(ref text, 2, out minute),
                'S' => TryDigits(ref text, 2, out second),
                'f' => TryFraction(ref text, out ticks),
                _ => TryOffset(ref text, out offset),
            };
        }
        if (!fits || !text.IsEmpty || !IsTime(year, month, day, hour, minute, second))
            return false;
        local = new DateTime(year, month, day, hour, minute, second).AddTicks(ticks);
        return true;
    }

    public static bool IsTime(int year, int month, int day, int hour, int minute, int second) =>
        year is >= 1 and <= 9999
        && month is >= 1 and <= 12
        && day >= 1
        && day <= DateTime.DaysInMonth(year, month)
        && hour <= 23
        && minute <= 59
        && second <= 59;

    /// <summary>Takes exactly so many digits off the front.</summary>
    public static bool TryDigits(ref ReadOnlySpan<byte> text, int count, out int value)
    {
        value = 0;
        if (text.Length < count)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (text[i] - '0');
        }
        text = text[count..];
        return true;
    }

    /// <summary>Takes one to nine digits of a fraction off the front: ticks, of which only whole microseconds stay.</summary>
    public static bool TryFraction(ref ReadOnlySpan<byte> text, out int ticks)
    {
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length : digits;
        ticks = 0;
        if (digits is 0 or > 9)
            return false;
        for (var i = 0; i < 6; i++)
            ticks = ticks * 10 + (i < digits ? text[i] - '0' : 0);
        ticks *= (int)TimeSpan.TicksPerMicrosecond;
        text = text[digits..];
        return true;
    }

    /// <summary>Takes Z, +hh, +hhmm or +hh:mm off the front.</summary>
    public static bool TryOffset(ref ReadOnlySpan<byte> text, out TimeSpan? offset)
    {
        offset = TimeSpan.Zero;
        if (text is [(byte)'Z' or (byte)'z', ..])
        {
            text = text[1..];
            return true;
        }
        if (text is not [(byte)'+' or (byte)'-', ..])
            return false;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (!TryDigits(ref text, 2, out var hours))
            return false;
        var hasColon = text is [(byte)':', ..];
        text = hasColon ? text[1..] : text;
        var minutes = 0;
        var hasMinutes = hasColon || text is [>= (byte)'0' and <= (byte)'9', ..];
        if (hasMinutes && !TryDigits(ref text, 2, out minutes))
            return false;
        offset = new TimeSpan(hours * sign, minutes * sign, 0);
        return hours <= 18 && minutes <= 59;
    }
}
