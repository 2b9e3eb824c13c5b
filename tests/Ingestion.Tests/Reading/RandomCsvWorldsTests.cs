using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Random rows in random dialects, encodings and packings, some rows damaged: nothing is ever lost or changed.</summary>
public sealed class RandomCsvWorldsTests
{
    const string Source = """
        -- source: worlds
        -- yields: traces
        -- columns:
        --   id     text required
        --   count  integer
        --   share  number
        --   when   timestamp required
        --   sure   boolean
        --   note   text
        select
          id as contact,
          "when" as at,
          'world' as kind,
          share as value,
          count::varchar || '/' || sure || '/' || coalesce(note, 'none') as trace_id
        from raw
        """;

    static readonly string[] Notes =
    [
        "plain",
        "",
        "semi;colon",
        "com,ma",
        "tab\there",
        "pi|pe",
        "say \"hi\"",
        "\"",
        "two\nlines",
        "cr\rlf\r\n",
        "Överkalix",
        "å",
        "  blanks  ",
        "'",
        "\\",
        "1,5",
        "#",
    ];

    static readonly (string Name, bool Mark)[] Encodings =
    [
        ("utf-8", false),
        ("utf-8", true),
        ("utf-16", true),
        ("utf-16", false),
        ("utf-16BE", true),
        ("utf-16BE", false),
        ("latin1", false),
    ];

    [Test]
    public void Every_record_is_accounted_for_and_accepted_values_are_the_intended_ones([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        using var home = new TestHome().WithSource("worlds.sql", Source);
        var (expected, files) = (
            new List<string>(),
            new Dictionary<string, (int Accepted, int Rejected)>(StringComparer.Ordinal)
        );
        for (var file = 0; file < 12; file++)
        {
            var name = $"worlds/{file}.csv";
            files.Add(name, (0, 0));
            var (text, accepted, rejected) = World(random, file, expected);
            files[name] = (accepted, rejected);
            home.With(name, Encoded(random, text));
        }

        var report = home.Ingest();

        foreach (var file in report.Files)
        {
            Assert.That(file.State, Is.EqualTo(FileState.Ingested), file.Refusal);
            Assert.That(file.Read, Is.EqualTo(file.Accepted + file.Rejected + file.Duplicate));
            Assert.That(
                (file.Accepted, file.Rejected),
                Is.EqualTo(((long)files[file.Path].Accepted, (long)files[file.Path].Rejected)),
                file.Path + file.Format
            );
            Assert.That(home.Rejects(file), Has.Count.EqualTo(file.Rejected));
        }
        Assert.That(
            home.Rows("select contact, epoch_us(\"at\"), value, trace_id from traces").Order(StringComparer.Ordinal),
            Is.EqualTo(expected.Order(StringComparer.Ordinal))
        );
    }

    static (string Text, int Accepted, int Rejected) World(Random random, int file, List<string> expected)
    {
        var delimiter = ",;\t|"[random.Next(4)];
        var breaks = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
        var order = new[] { "id", "count", "share", "when", "sure", "note" };
        random.Shuffle(order);
        var text = new StringBuilder(string.Join(delimiter, order)).Append(breaks);
        var (accepted, rejected) = (0, 0);
        for (var row = random.Next(40); row > 0; row--)
        {
            var at = DateTime
                .UnixEpoch.AddSeconds(random.Next(1_700_000_000))
                .AddMicroseconds(random.Next(2) * 123_456);
            var (count, share, sure) = (
                random.Next(-5, 1000),
                Math.Round(random.NextDouble() * 100, 3),
                random.Next(2) == 0
            );
            var note = Notes[random.Next(Notes.Length)];
            var fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["id"] = $"c{file}-{row}",
                ["count"] = count.ToString(CultureInfo.InvariantCulture),
                ["share"] = share.ToString(CultureInfo.InvariantCulture),
                ["when"] = Written(random, at),
                ["sure"] = sure ? "true" : "FALSE",
                ["note"] = note,
            };
            var isBad = Damage(random, fields);
            var line = string.Join(delimiter, order.Select(name => Quoted(random, fields[name], delimiter)));
            // A field too many behind a quoted line break would refuse the file: a quote too many looks the same.
            if (!isBad && random.Next(15) == 0)
                (line, isBad) = (
                    random.Next(2) == 0 && note.AsSpan().IndexOfAny('\r', '\n') < 0
                        ? line + delimiter + "more"
                        : $"short{delimiter}x",
                    true
                );
            if (isBad)
                rejected++;
            else
            {
                accepted++;
                var micros = (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
                var words = $"{count}/{(sure ? "true" : "false")}/{(string.IsNullOrWhiteSpace(note) ? "none" : note)}";
                expected.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"c{file}-{row}|{micros}|{(float)share}|{words.Trim(' ')}"
                    )
                );
            }
            text.Append(line)
                .Append(row == 1 && random.Next(3) == 0 ? "" : breaks)
                .Append(random.Next(20) == 0 && row > 1 ? breaks : "");
        }
        return (text.ToString(), accepted, rejected);
    }

    /// <summary>Now and then one value that its column cannot be.</summary>
    static bool Damage(Random random, Dictionary<string, string> fields)
    {
        if (random.Next(8) > 0)
            return false;
        var (column, value) = new[]
        {
            ("id", " "),
            ("count", "1.5"),
            ("count", "1e3"),
            ("share", "1,5"),
            ("share", "NaN"),
            ("when", "2024-02-30 10:00"),
            ("when", "01/02/2024"),
            ("sure", "maybe"),
            ("count", "99999999999999999999"),
            ("note", "a\0b"),
        }[random.Next(10)];
        fields[column] = value;
        return true;
    }

    static string Written(Random random, DateTime at)
    {
        var hours = random.Next(-11, 14);
        var offset = $"{(hours < 0 ? '-' : '+')}{Math.Abs(hours):00}";
        var (local, tail) = random.Next(4) switch
        {
            0 => (at, ""),
            1 => (at, "Z"),
            2 => (at.AddHours(hours), offset + ":00"),
            _ => (at.AddHours(hours), offset + "00"),
        };
        return local.ToString(
                random.Next(2) == 0 ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFF" : "yyyy-MM-dd HH:mm:ss.ffffff",
                CultureInfo.InvariantCulture
            ) + tail;
    }

    static string Quoted(Random random, string field, char delimiter) =>
        field.AsSpan().IndexOfAny(delimiter, '"') >= 0
        || field.AsSpan().IndexOfAny('\r', '\n') >= 0
        || random.Next(4) == 0
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    static byte[] Encoded(Random random, string text)
    {
        var (name, mark) = Encodings[random.Next(Encodings.Length)];
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        if (random.Next(3) > 0)
            return bytes;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
