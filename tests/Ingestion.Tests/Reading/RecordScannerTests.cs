using System.Text;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class RecordScannerTests
{
    const string Letters = "ab,,;\"\"\"\n\r ";

    [Test]
    public void Random_texts_are_cut_as_the_slow_twin_cuts_them([Values(3, 16, 4096)] int buffer)
    {
        var random = new Random(buffer);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([
                .. Enumerable.Range(0, random.Next(24)).Select(_ => Letters[random.Next(Letters.Length)]),
            ]);
            Assert.That(Fast(text, buffer), Is.EqualTo(Slow(text)), Show(text));
        }
    }

    [Test]
    public void Records_longer_than_the_buffer_are_whole()
    {
        var longText = new string('x', 10_000) + "\"\"" + new string('y', 5_000);

        Assert.That(
            Fast($"a,\"{longText}\"\nb,c\n", 64),
            Is.EqualTo(["1: a|" + longText.Replace("\"\"", "\""), "2: b|c"])
        );
    }

    static List<string> Fast(string text, int buffer)
    {
        var scanner = new RecordScanner(new MemoryStream(Encoding.UTF8.GetBytes(text)), (byte)',', buffer);
        var records = new List<string>();
        try
        {
            while (scanner.Next())
            {
                var fields = Enumerable
                    .Range(0, scanner.FieldCount)
                    .Select(field => Encoding.UTF8.GetString(scanner[field]));
                var marks =
                    (scanner.HasTextAfterQuote ? " text after quote" : "") + (scanner.IsCutOff ? " cut off" : "");
                records.Add($"{scanner.Line}: {string.Join('|', fields)}{marks}");
                Assert.That(text, Does.Contain(Encoding.UTF8.GetString(scanner.Record)));
            }
        }
        catch (IngestionException error)
        {
            records.Add(error.Message.Contains("never closed", StringComparison.Ordinal) ? "open" : "swallowed");
        }
        return records;
    }

    /// <summary>The same rules, letter by letter.</summary>
    static List<string> Slow(string text)
    {
        var records = new List<string>();
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            if (text[at] is '\r' or '\n')
            {
                at = AfterBreak(text, at);
                line++;
                continue;
            }
            var (fields, first, marks) = (new List<string>(), line, "");
            while (true)
            {
                var field = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    var opened = line;
                    if (!TryQuoted(text, ref at, ref line, field))
                        return [.. records, "open"];
                    if (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                    {
                        if (line > opened)
                            return [.. records, "swallowed"];
                        marks = " text after quote";
                        at = EndOfPlain(text, at);
                    }
                }
                else
                {
                    var end = EndOfPlain(text, at);
                    field.Append(text[at..end]);
                    at = end;
                }
                fields.Add(field.ToString());
                if (at < text.Length && text[at] == ',')
                {
                    at++;
                    continue;
                }
                break;
            }
            records.Add($"{first}: {string.Join('|', fields)}{marks}{(at == text.Length ? " cut off" : "")}");
            if (at < text.Length)
                at = AfterBreak(text, at);
            line++;
        }
        return records;
    }

    static bool TryQuoted(string text, ref int at, ref int line, StringBuilder field)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
                at++;
            else if (text[at] == '"')
            {
                at++;
                return true;
            }
            else if (text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
                line++;
            field.Append(text[at]);
        }
        return false;
    }

    static int EndOfPlain(string text, int at)
    {
        var end = text.IndexOfAny([',', '\r', '\n'], at);
        return end < 0 ? text.Length : end;
    }

    static int AfterBreak(string text, int at) =>
        text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;

    static string Show(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
