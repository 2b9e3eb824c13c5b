using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Tests.Reading.Twins;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Tables that are damaged at random, in every encoding and packing, against the slow twin of the record scanner.</summary>
/// <remarks>
/// A fixed number of inputs in the normal suite; <c>LEADS_FUZZ_SECONDS=600</c> goes on for ten minutes, and
/// <c>LEADS_FUZZ_SEED</c> begins elsewhere. A finding names its seed: the same one gives the same input.
/// </remarks>
[Category("Fuzz")]
public sealed class RecordFuzzTests
{
    const int UsualInputs = 40_000;

    /// <summary>One in so many inputs goes through a file, with encoding and packing.</summary>
    const int FileEvery = 64;

    const string Alphabet = "ab0 ,;\t|\"\"\"\"'\r\n\n\\åÖ€日\u00A0\uFEFF";

    static readonly SearchValues<char> _signs = SearchValues.Create("\"\r\n,;\t|");

    static readonly string[] _encodings = ["utf-8", "utf-16", "utf-16BE", "latin1"];

    [Test]
    public void The_record_scanner_and_its_slow_twin_agree()
    {
        var seconds = Setting("LEADS_FUZZ_SECONDS", 0);
        var seed = Setting("LEADS_FUZZ_SEED", 1) * 1_000_000_000L;
        var folder = Directory.CreateTempSubdirectory("leads-fuzz-").FullName;
        var started = Stopwatch.GetTimestamp();
        var (inputs, files, records) = (0L, 0L, 0L);
        try
        {
            while (
                seconds == 0 ? inputs < UsualInputs : Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds)
            )
            {
                var input = seed + inputs++;
                var random = new Random(unchecked((int)(input ^ (input >> 32))));
                var (text, delimiter, blanks) = (Text(random), ",;\t|"[random.Next(4)], random.Next(4) == 0);
                var expected = SlowRecords.Of(text, delimiter, blanks);
                records += expected.Count;
                using var stream = new Halting(new MemoryStream(Encoding.UTF8.GetBytes(text)), random);
                var found = RecordScannerTests.Records(stream, delimiter, 1 + random.Next(40), blanks);
                if (!found.SequenceEqual(expected, StringComparer.Ordinal))
                    Assert.That(found, Is.EqualTo(expected), $"input {input}: {RecordScannerTests.Show(text)}");
                if (inputs % FileEvery == 0 && ++files > 0)
                    GoThroughFile(random, folder, input);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        TestContext.Progress.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fuzz: {inputs:N0} inputs, {files:N0} of them also as files, {records:N0} records, no finding"
            )
        );
    }

    /// <summary>Encodes and packs a text as exports are, and reads it back as an ingest does.</summary>
    static void GoThroughFile(Random random, string folder, long input)
    {
        var path = Path.Combine(folder, "input");
        var encoding = Encoding.GetEncoding(_encodings[random.Next(_encodings.Length)]);
        var body = "id;day;note\n" + Text(random).Replace("\uFEFF", "", StringComparison.Ordinal);
        var text = encoding.GetString(encoding.GetBytes(body + "\nÅre Överkalix\n"));
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        File.WriteAllBytes(path, Packed(random, bytes));
        var (plain, packing) = InputFile.Unpack(path, folder, CancellationToken.None);
        var opened = InputFile.OpenText(plain, packing, folder, CancellationToken.None);
        var words = $"input {input} as {opened.Packing}{opened.Encoding.Name}: {RecordScannerTests.Show(text)}";
        using var stream = opened.Open();
        using var again = new StreamReader(opened.Open(), new UTF8Encoding(false), false);
        var read = again.ReadToEnd();
        // What has no mark can be taken for another encoding: three bytes of Latin-1 are now and then a sign of UTF-8.
        if (encoding.GetPreamble().Length > 0)
            Assert.That(read, Is.EqualTo(text), words);
        Assert.That(RecordScannerTests.Records(stream, ';', 1 << 12), Is.EqualTo(SlowRecords.Of(read, ';')), words);
    }

    /// <summary>As it is, or as gzip of one to three members.</summary>
    static byte[] Packed(Random random, byte[] bytes)
    {
        var members = random.Next(4);
        if (members == 0)
            return bytes;
        using var packed = new MemoryStream();
        for (var member = 0; member < members; member++)
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(bytes.AsSpan()[(bytes.Length * member / members)..(bytes.Length * (member + 1) / members)]);
        }
        return packed.ToArray();
    }

    static string Text(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? Noise(random, 40) : Table(random));
        for (var damage = random.Next(4); damage > 0 && text.Length > 0; damage--)
        {
            var at = random.Next(text.Length);
            _ = random.Next(4) switch
            {
                0 => text.Insert(at, Noise(random, 3)),
                1 => text.Remove(at, Math.Min(random.Next(4), text.Length - at)),
                2 => text.Insert(at, text.ToString(0, Math.Min(text.Length, random.Next(20)))),
                _ => text.Remove(at, text.Length - at),
            };
        }
        return text.ToString();
    }

    static string Noise(Random random, int most) =>
        new([.. Enumerable.Range(0, random.Next(most)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

    static string Table(Random random)
    {
        var (delimiter, breaks) = (",;\t|"[random.Next(4)], new[] { "\n", "\r\n", "\r" }[random.Next(3)]);
        var columns = random.Next(1, 6);
        var rows = Enumerable
            .Range(0, random.Next(12))
            .Select(_ => string.Join(delimiter, Enumerable.Range(0, columns).Select(_ => Field(random))) + breaks);
        return string.Concat(rows);
    }

    static string Field(Random random)
    {
        var field = Noise(random, random.Next(8) == 0 ? 60 : 6);
        return random.Next(3) > 0 && !field.AsSpan().ContainsAny(_signs)
            ? field
            : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    /// <summary>Hands out a few bytes at a time, as a slow disk or an unpacker does.</summary>
    sealed class Halting(MemoryStream inner, Random random) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) =>
            inner.Read(buffer[..Math.Min(buffer.Length, 1 + random.Next(20))]);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
