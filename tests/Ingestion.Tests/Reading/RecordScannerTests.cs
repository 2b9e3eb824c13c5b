using System.Text;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Tests.Reading.Twins;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class RecordScannerTests
{
    const string Letters = "ab,,;\"\"\"\n\r ";

    [Test]
    public void Random_texts_are_cut_as_the_slow_twin_cuts_them(
        [Values(3, 16, 4096)] int buffer,
        [Values] bool takesBlankLines
    )
    {
        var random = new Random(buffer);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([
                .. Enumerable.Range(0, random.Next(24)).Select(_ => Letters[random.Next(Letters.Length)]),
            ]);
            Assert.That(
                Records(Stream(text), ',', buffer, takesBlankLines),
                Is.EqualTo(SlowRecords.Of(text, ',', takesBlankLines)),
                Show(text)
            );
        }
    }

    [Test]
    public void Records_longer_than_the_buffer_are_whole()
    {
        var longText = new string('x', 10_000) + "\"\"" + new string('y', 5_000);

        Assert.That(
            Records(Stream($"a,\"{longText}\"\nb,c\n"), ',', 64),
            Is.EqualTo(["1: a|" + longText.Replace("\"\"", "\""), "2: b|c"])
        );
    }

    [Test]
    public void Records_and_their_marks_are_as_worked_out_by_hand()
    {
        Assert.That(
            Records(Stream("a,\"b\nc\"\r\n\r\n\"d\" e,f\n g\"h,\ri"), ',', 8),
            Is.EqualTo(["1: a|b\nc", "4: d|f text after quote", "5:  g\"h| loose quote", "6: i cut off"])
        );
        Assert.That(
            Records(Stream("\na\n\n\"\"\n"), ',', 8, takesBlankLines: true),
            Is.EqualTo(["1: ", "2: a", "3: ", "4: "])
        );
    }

    /// <summary>The records of a stream in the words of the slow twin.</summary>
    internal static List<string> Records(Stream utf8, char delimiter, int buffer, bool takesBlankLines = false)
    {
        var scanner = new RecordScanner(utf8, (byte)delimiter, buffer) { TakesBlankLines = takesBlankLines };
        var records = new List<string>();
        try
        {
            while (scanner.Next())
            {
                var fields = Enumerable
                    .Range(0, scanner.FieldCount)
                    .Select(field => Encoding.UTF8.GetString(scanner[field]));
                records.Add(
                    $"{scanner.Line}: {string.Join('|', fields)}{(scanner.HasTextAfterQuote ? " text after quote" : "")}"
                        + $"{(scanner.HasLooseQuote ? " loose quote" : "")}{(scanner.IsCutOff ? " cut off" : "")}"
                );
            }
        }
        catch (IngestionException error)
        {
            records.Add(error.Message.Contains("never closed", StringComparison.Ordinal) ? "open" : "swallowed");
        }
        return records;
    }

    internal static string Show(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
