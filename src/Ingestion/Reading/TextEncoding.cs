using System.Text;
using System.Text.Unicode;

namespace LeadScoring.Ingestion.Reading;

/// <summary>How a text file is encoded, found from all of its bytes.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="BomLength">Bytes of the byte order mark at the start.</param>
/// <param name="Transcode">The decoder to bring it to UTF-8, or null when it is UTF-8 already.</param>
/// <param name="HasBadBytes">UTF-8, but with bytes in it that are none: those rows are rejected.</param>
sealed record TextEncoding(string Name, int BomLength, Encoding? Transcode, bool HasBadBytes)
{
    const int SampleLength = 1 << 16;

    static readonly DecoderReplacementFallback _half = new("\uFFFF");

    /// <summary>Stands for half a pair of surrogates of UTF-16; no text has this code of Unicode, which is no character.</summary>
    public static ReadOnlySpan<byte> HalfCharacter => "\uFFFF"u8;

    public static Encoding LittleEndian { get; } = Strict("utf-16");

    public static Encoding BigEndian { get; } = Strict("utf-16BE");

    /// <summary>UTF-16: two bytes a sign.</summary>
    public bool IsWide => ReferenceEquals(Transcode, LittleEndian) || ReferenceEquals(Transcode, BigEndian);

    public static TextEncoding Detect(string path, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        var buffer = new byte[1 << 20];
        var sample = buffer.AsSpan(0, file.ReadAtLeast(buffer, SampleLength, throwOnEndOfStream: false));
        if (sample is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            throw new IngestionException(
                "the file is UTF-32. Expected UTF-8, UTF-16 or windows-1252; export it again."
            );
        var wide = Wide(sample);
        if (wide is not null)
        {
            return file.Length % 2 == 0
                ? wide
                : throw new IngestionException(
                    $"the file is {wide.Name} with an odd number of bytes: it is cut off inside a character. Copy it again."
                );
        }
        var bom = sample is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        file.Position = bom;
        var counts = CountBytes(file, buffer, cancellation);
        if (counts.Bad == 0)
            return new(counts.Good == 0 && bom == 0 ? "ascii" : Utf8Name(bom), bom, null, HasBadBytes: false);
        if (bom > 0 || counts.Good >= counts.Bad)
            return new($"{Utf8Name(bom)}, damaged in places", bom, null, HasBadBytes: true);
        return counts.Control > 0
            ? new("windows-1252", 0, CodePagesEncodingProvider.Instance.GetEncoding(1252), false)
            : new("latin-1", 0, Encoding.Latin1, false);
    }

    /// <summary>UTF-16, by its mark or by the zero bytes that it has beside every plain letter.</summary>
    static TextEncoding? Wide(ReadOnlySpan<byte> sample)
    {
        if (sample is [0xFF, 0xFE, ..])
            return new("utf-16 little-endian", 2, LittleEndian, false);
        if (sample is [0xFE, 0xFF, ..])
            return new("utf-16 big-endian", 2, BigEndian, false);
        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] == 0)
                _ = i % 2 == 0 ? even++ : odd++;
        }
        var many = sample.Length / 5;
        if (many > 0 && odd > many && even < many / 4)
            return new("utf-16 little-endian without a mark", 0, LittleEndian, false);
        return many > 0 && even > many && odd < many / 4
            ? new("utf-16 big-endian without a mark", 0, BigEndian, false)
            : null;
    }

    /// <summary>Characters of several bytes that are good UTF-8, bytes that are not, and those of 0x80 to 0x9F among them.</summary>
    static (long Good, long Bad, long Control) CountBytes(
        FileStream file,
        byte[] buffer,
        CancellationToken cancellation
    )
    {
        var (good, bad, control, kept) = (0L, 0L, 0L, 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = file.Read(buffer, kept, buffer.Length - kept);
            var text = buffer.AsSpan(0, kept + read);
            if (text.IsEmpty)
                return (good, bad, control);
            var tail = read == 0 ? 0 : UnfinishedTail(text);
            var whole = text[..^tail];
            if (!Ascii.IsValid(whole))
                CountCharacters(whole, ref good, ref bad, ref control);
            text[^tail..].CopyTo(buffer);
            kept = tail;
        }
    }

    static void CountCharacters(ReadOnlySpan<byte> text, ref long good, ref long bad, ref long control)
    {
        if (Utf8.IsValid(text))
        {
            foreach (var value in text)
                good += value >= 0xC0 ? 1 : 0;
            return;
        }
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (plain < 0)
                return;
            text = text[plain..];
            var isGood = Rune.DecodeFromUtf8(text, out _, out var length) == System.Buffers.OperationStatus.Done;
            good += isGood ? 1 : 0;
            bad += isGood ? 0 : 1;
            control += !isGood && text[0] < 0xA0 ? 1 : 0;
            text = text[(isGood ? length : 1)..];
        }
    }

    /// <summary>Bytes at the end that start a character whose rest is still to be read.</summary>
    static int UnfinishedTail(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var lead = text[^back];
            if (lead < 0x80)
                return 0;
            if (lead >= 0xC0)
                return
                    back
                    < (
                        lead >= 0xF0 ? 4
                        : lead >= 0xE0 ? 3
                        : 2
                    )
                    ? back
                    : 0;
        }
        return 0;
    }

    static Encoding Strict(string name) => Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, _half);

    static string Utf8Name(int bom) => bom > 0 ? "utf-8 with BOM" : "utf-8";
}
