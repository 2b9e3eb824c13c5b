using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Tables;
using LeadScoring.Ingestion.Tests.Tables.Twins;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class InstantTextTests
{
    static Gen<string> Texts =>
        from year in Gen.Elements("2024", "2025", "1900", "0002", "9998", "0000", "20x5")
        from month in Gen.Elements("01", "02", "12", "00", "13", "1")
        from day in Gen.Elements("01", "28", "29", "30", "31", "32", "00")
        from separator in Gen.Elements("T", " ", "", "t", "_")
        from minute in Gen.Elements("00:00", "23:59", "24:00", "12:60", "1:00", "12-00")
        from second in Gen.Elements("", ":00", ":59", ":60", ":5", ":30.5", ":30.123456", ":30.1234567", ":30.")
        from zone in Gen.Elements("", "Z", "+01:00", "-02", "+14:00", "-00:30", "+1", "x", " ", "+01:60")
        select separator.Length == 0
            ? $"{year}-{month}-{day}"
            : $"{year}-{month}-{day}{separator}{minute}{second}{zone}";

    [Test]
    public void Every_text_is_the_instant_that_the_runtime_reads_or_none() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    Assert.That(Read(text), Is.EqualTo(SlowCell.Instant(text)), text);
                    return true;
                }
            )
        );

    [TestCase("2025-01-01", "2025-01-01T00:00:00.0000000Z")]
    [TestCase("2024-02-29T12:30", "2024-02-29T12:30:00.0000000Z")]
    [TestCase("2025-01-01 00:30:00+01:00", "2024-12-31T23:30:00.0000000Z")]
    [TestCase("2025-01-01T00:00:00-02", "2025-01-01T02:00:00.0000000Z")]
    [TestCase("2025-01-01T00:00:00.05z", "2025-01-01T00:00:00.0500000Z")]
    [TestCase("2025-01-01 00:00:00.123456789", "2025-01-01T00:00:00.1234567Z")]
    public void Instants_are_of_UTC(string text, string expected)
    {
        Assert.That(Read(text)!.Value.ToString("O"), Is.EqualTo(expected));
        Assert.That(Read(text)!.Value.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [TestCase("2025-02-29")]
    [TestCase("2025-1-01")]
    [TestCase("2025-01-01T")]
    [TestCase("2025-01-01T12")]
    [TestCase("2025-01-01T12:00:00.1234567890")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    [TestCase("9999-12-31T23:59:59-01:00")]
    [TestCase("2025-01-01T12:00:00+15:00")]
    [TestCase("31/12/2025")]
    public void What_is_no_instant_is_none(string text) => Assert.That(Read(text), Is.Null);

    static DateTime? Read(string text) => InstantText.Read(Encoding.UTF8.GetBytes(text));
}
