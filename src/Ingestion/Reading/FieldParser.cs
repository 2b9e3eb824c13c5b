using System.Buffers;
using System.Buffers.Text;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Reads one declared column's text strictly: whole numbers have no fraction, dates fit their format.</summary>
/// <remarks>
/// A value comes out as 64 bits: a whole number or a truth as itself, a number as the bits of a double, a date or
/// timestamp as ticks (of UTC).
/// </remarks>
sealed class FieldParser
{
    const int LongestNumber = 40;

    static readonly SearchValues<byte> _numberBytes = SearchValues.Create("0123456789+-.eE"u8);
    static readonly TimeFormat _isoDate = TimeFormat.Of("%Y-%m-%d");

    readonly SourceColumn _column;
    readonly TimeFormat? _format;
    readonly LocalTime? _zone;

    public FieldParser(SourceColumn column)
    {
        _column = column;
        _format = column.Format is null ? null : TimeFormat.Of(column.Format);
        _zone = column.Zone is null ? null : new LocalTime(TimeZoneInfo.FindSystemTimeZoneById(column.Zone));
        Expected = Describe(column);
    }

    /// <summary>What a good value looks like, in words.</summary>
    public string Expected { get; }

    public bool TryParse(ReadOnlySpan<byte> text, out long value) =>
        _column.Kind switch
        {
            ColumnKind.Integer => TryInteger(text, out value),
            ColumnKind.Number => TryNumber(text, out value),
            ColumnKind.Boolean => TryBoolean(text, out value),
            ColumnKind.Date => TryDate(text, out value),
            ColumnKind.Timestamp => TryTimestamp(text, out value),
            _ => throw new InvalidOperationException($"A column of type {_column.Kind} is not parsed."),
        };

    static bool TryInteger(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    bool TryNumber(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length > LongestNumber)
            return false;
        Span<byte> copy = stackalloc byte[LongestNumber];
        if (_column.DecimalComma && text.Contains((byte)'.'))
            return false;
        text.Replace(copy, _column.DecimalComma ? (byte)',' : (byte)'.', (byte)'.');
        var number = copy[..text.Length];
        if (number.ContainsAnyExcept(_numberBytes) || !Utf8Parser.TryParse(number, out double parsed, out var used))
            return false;
        value = BitConverter.DoubleToInt64Bits(parsed);
        return used == text.Length && double.IsFinite(parsed);
    }

    static bool TryBoolean(ReadOnlySpan<byte> text, out long value)
    {
        var isTrue = Is(text, "true"u8) || Is(text, "1"u8) || Is(text, "yes"u8) || Is(text, "ja"u8);
        value = isTrue ? 1 : 0;
        return isTrue || Is(text, "false"u8) || Is(text, "0"u8) || Is(text, "no"u8) || Is(text, "nej"u8);
    }

    static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    bool TryDate(ReadOnlySpan<byte> text, out long value)
    {
        var fits = (_format ?? _isoDate).TryParse(text, out var local, out _);
        value = local.Date.Ticks;
        return fits;
    }

    bool TryTimestamp(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (_column.Epoch > 0)
            return TryEpoch(text, out value);
        TimeSpan? offset;
        if (
            !(_format is null ? TryIso(text, out var local, out offset) : _format.TryParse(text, out local, out offset))
        )
            return false;
        if (offset is { } known)
        {
            value = local.Ticks - known.Ticks;
            return value >= 0 && value <= DateTime.MaxValue.Ticks;
        }
        value = local.Ticks;
        return _zone is null || _zone.TryUtc(local, out value);
    }

    bool TryEpoch(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var ticksPerUnit = TimeSpan.TicksPerSecond / _column.Epoch;
        if (!TryInteger(text, out var units) || Math.Abs((double)units * ticksPerUnit) > DateTime.MaxValue.Ticks / 2.0)
            return false;
        value = DateTime.UnixEpoch.Ticks + units * ticksPerUnit;
        return value >= 0;
    }

    /// <summary>ISO 8601: date, T or blank, hour and minute, then perhaps seconds, a fraction, an offset.</summary>
    static bool TryIso(ReadOnlySpan<byte> text, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        if (text.Length < 16 || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':')
            return false;
        if (!_isoDate.TryParse(text[..10], out var day, out _))
            return false;
        var rest = text[11..];
        var (second, ticks) = (0, 0);
        if (!TimeFormat.TryDigits(ref rest, 2, out var hour))
            return false;
        rest = rest[1..];
        if (!TimeFormat.TryDigits(ref rest, 2, out var minute))
            return false;
        if (rest is [(byte)':', ..])
        {
            rest = rest[1..];
            if (!TimeFormat.TryDigits(ref rest, 2, out second))
                return false;
            if (rest is [(byte)'.' or (byte)',', ..])
            {
                rest = rest[1..];
                if (!TimeFormat.TryFraction(ref rest, out ticks))
                    return false;
            }
        }
        if (!rest.IsEmpty && !TimeFormat.TryOffset(ref rest, out offset))
            return false;
        if (!rest.IsEmpty || hour > 23 || minute > 59 || second > 59)
            return false;
        local = day.Add(new TimeSpan(hour, minute, second)).AddTicks(ticks);
        return true;
    }

    static string Describe(SourceColumn column) =>
        column switch
        {
            { Kind: ColumnKind.Integer } => "a whole number",
            { Kind: ColumnKind.Number, DecimalComma: true } => "a number with a decimal comma",
            { Kind: ColumnKind.Number } => "a number",
            { Kind: ColumnKind.Boolean } => "true or false",
            { Epoch: > 0 } =>
                $"a time as whole {(column.Epoch == 1 ? "seconds" : column.Epoch == 1_000 ? "milliseconds" : "microseconds")} since 1970",
            { Format: { } format, Zone: { } zone } => $"a time like {format} that exists in {zone}",
            { Format: { } format } => $"a {(column.Kind == ColumnKind.Date ? "date" : "time")} like {format}",
            { Kind: ColumnKind.Date } => "a date like yyyy-mm-dd",
            _ => "a time like yyyy-mm-ddThh:mm:ss, with or without an offset",
        };
}
