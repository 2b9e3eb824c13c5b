using System.Buffers;
using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>What the UTF-8 text of a cell can be read as, strictly and whatever the machine's culture.</summary>
/// <remarks>Cells come without the white space around them, see <see cref="Trim"/>.</remarks>
static class Cell
{
    /// <summary>What holds no number: empty, <c>?</c>, <c>NA</c>, <c>N/A</c>, <c>NaN</c> or <c>null</c>.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text) =>
        text.Length switch
        {
            0 => true,
            1 => text[0] == '?',
            2 => Is(text, "na"u8),
            3 => Is(text, "nan"u8) || Is(text, "n/a"u8),
            4 => Is(text, "null"u8),
            _ => false,
        };

    /// <summary>A finite number with a decimal point; with leading zeros (a postal code) it is none.</summary>
    public static double? Number(ReadOnlySpan<byte> text) =>
        NumberText.TryRead(text, (byte)'.', out var number) && double.IsFinite(number) ? number : null;

    /// <summary>1 for yes and true, 0 for no and false.</summary>
    public static double? Truth(ReadOnlySpan<byte> text) =>
        Is(text, "yes"u8) || Is(text, "true"u8) ? 1
        : Is(text, "no"u8) || Is(text, "false"u8) ? 0
        : null;

    /// <summary>A date or instant (ISO 8601; UTC without an offset).</summary>
    public static DateTime? Instant(ReadOnlySpan<byte> text) => InstantText.Read(text);

    /// <inheritdoc cref="Instant(ReadOnlySpan{byte})"/>
    public static DateTime? Instant(string text) => InstantText.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>An instant in days since 1970.</summary>
    public static double Days(DateTime instant) => (instant - DateTime.UnixEpoch).TotalDays;

    /// <summary>Whether a number has no 32-bit float that is finite.</summary>
    public static bool IsInfinite(double number) => float.IsInfinity((float)number);

    /// <summary>A word for infinity: <c>inf</c> or <c>infinity</c>, with or without a sign.</summary>
    public static bool IsInfinity(ReadOnlySpan<byte> text)
    {
        var word = text is [(byte)'+' or (byte)'-', ..] ? text[1..] : text;
        return Is(word, "inf"u8) || Is(word, "infinity"u8);
    }

    /// <summary>The text without white space around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (IsPlain(text[0]) && IsPlain(text[^1])))
            return text;
        while (
            Rune.DecodeFromUtf8(text, out var first, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(first)
        )
            text = text[length..];
        while (
            Rune.DecodeLastFromUtf8(text, out var last, out var length) == OperationStatus.Done
            && Rune.IsWhiteSpace(last)
        )
            text = text[..^length];
        return text;
    }

    static bool IsPlain(byte letter) => letter is > (byte)' ' and < 0x7F;

    static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}
