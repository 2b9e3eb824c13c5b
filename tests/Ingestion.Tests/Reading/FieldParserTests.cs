using System.Text;
using LeadScoring.Ingestion.Reading;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class FieldParserTests
{
    [TestCase("0", 0)]
    [TestCase("-12", -12)]
    [TestCase("+7", 7)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void Whole_numbers_are_read(string text, long expected)
    {
        Assert.That(Read(new("x", ColumnKind.Integer, Presence.Present), text), Is.EqualTo(expected));
    }

    [TestCase("1.5")]
    [TestCase("1.0")]
    [TestCase("1e3")]
    [TestCase("9223372036854775808")]
    [TestCase("1 000")]
    [TestCase("0x10")]
    [TestCase("one")]
    public void What_is_no_whole_number_is_not_rounded_to_one(string text)
    {
        Assert.That(Read(new("x", ColumnKind.Integer, Presence.Present), text), Is.Null);
    }

    [TestCase("12,5", true, 12.5)]
    [TestCase("12.5", true, null)]
    [TestCase("1.234,5", true, null)]
    [TestCase("12.5", false, 12.5)]
    [TestCase("12,5", false, null)]
    [TestCase("-1.5e3", false, -1500.0)]
    [TestCase("NaN", false, null)]
    [TestCase("Infinity", false, null)]
    [TestCase("1e999", false, null)]
    [TestCase("1.5.2", false, null)]
    public void Numbers_have_the_decimal_sign_that_is_declared(string text, bool comma, double? expected)
    {
        var bits = Read(new("x", ColumnKind.Number, Presence.Present, DecimalComma: comma), text);

        double? number = bits is { } known ? BitConverter.Int64BitsToDouble(known) : null;
        Assert.That(number, Is.EqualTo(expected));
    }

    [TestCase("2024-05-01T10:20:30Z", "2024-05-01 10:20:30.000000")]
    [TestCase("2024-05-01 10:20", "2024-05-01 10:20:00.000000")]
    [TestCase("2024-05-01T10:20:30.123456789+02:00", "2024-05-01 08:20:30.123456")]
    [TestCase("2024-05-01T10:20:30,5-0730", "2024-05-01 17:50:30.500000")]
    [TestCase("2024-05-01T00:20:30+01", "2024-04-30 23:20:30.000000")]
    [TestCase("2024-02-30T10:20:30Z", null)]
    [TestCase("2024-05-01T24:00:00Z", null)]
    [TestCase("2024-05-01T10:20:30 Z", null)]
    [TestCase("2024-05-01T10:20:30+01:", null)]
    [TestCase("2024-05-01", null)]
    [TestCase("01/05/2024 10:20", null)]
    [TestCase("2024-5-1T10:20:30Z", null)]
    public void ISO_times_become_UTC(string text, string? expected)
    {
        Assert.That(Time(new("x", ColumnKind.Timestamp, Presence.Present), text), Is.EqualTo(expected));
    }

    [TestCase("1714554060000001", 1_000_000, "2024-05-01 09:01:00.000001")]
    [TestCase("1714554060001", 1_000, "2024-05-01 09:01:00.001000")]
    [TestCase("1714554060", 1, "2024-05-01 09:01:00.000000")]
    [TestCase("1714554060.5", 1, null)]
    [TestCase("99999999999999999", 1, null)]
    public void Epochs_are_whole_numbers_of_their_unit(string text, int epoch, string? expected)
    {
        Assert.That(Time(new("x", ColumnKind.Timestamp, Presence.Present, Epoch: epoch), text), Is.EqualTo(expected));
    }

    // In 2024 the clocks in Sweden went forward on 31 March at 02:00 and back on 27 October at 03:00.
    [TestCase("31/03/2024 01:59", "2024-03-31 00:59:00.000000")]
    [TestCase("31/03/2024 02:30", null)]
    [TestCase("31/03/2024 03:00", "2024-03-31 01:00:00.000000")]
    [TestCase("27/10/2024 02:30", "2024-10-27 00:30:00.000000")]
    [TestCase("27/10/2024 03:00", "2024-10-27 02:00:00.000000")]
    [TestCase("03/31/2024 03:00", null)]
    [TestCase("1/7/2024 03:00", null)]
    public void Local_times_follow_their_zone_and_the_double_hour_is_its_first(string text, string? expected)
    {
        var column = new SourceColumn(
            "x",
            ColumnKind.Timestamp,
            Presence.Present,
            "%d/%m/%Y %H:%M",
            "Europe/Stockholm"
        );

        Assert.That(Time(column, text), Is.EqualTo(expected));
    }

    [TestCase("%Y-%m-%d", null)]
    [TestCase("%d/%m/%Y %H:%M:%S.%f%z", null)]
    [TestCase("%y-%m-%d", "directives among %Y %m %d %H %M %S %f %z %%")]
    [TestCase("%Y-%m-%d %", "directives among %Y %m %d %H %M %S %f %z %%")]
    [TestCase("%H:%M", "a pattern with %Y, %m and %d")]
    public void A_format_is_checked(string pattern, string? expected)
    {
        Assert.That(TimeFormat.Complaint(pattern), Is.EqualTo(expected));
    }

    static long? Read(SourceColumn column, string text) =>
        new FieldParser(column).TryParse(Encoding.UTF8.GetBytes(text), out var bits) ? bits : null;

    static string? Time(SourceColumn column, string text) =>
        Read(column, text) is { } ticks
            ? new DateTime(ticks).ToString(
                "yyyy-MM-dd HH:mm:ss.ffffff",
                System.Globalization.CultureInfo.InvariantCulture
            )
            : null;
}
