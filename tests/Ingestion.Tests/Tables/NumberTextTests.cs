using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Tables;
using LeadScoring.Ingestion.Tests.Tables.Twins;

namespace LeadScoring.Ingestion.Tests.Tables;

public sealed class NumberTextTests
{
    /// <summary>Texts of the letters numbers are made of, mostly numbers.</summary>
    static Gen<string> Texts =>
        Gen.OneOf(
            from letters in Gen.Elements("0123456789+-.,eE".ToCharArray()).ArrayOf()
            select new string(letters),
            from sign in Gen.Elements("", "-", "+")
            from whole in Digits(20)
            from mark in Gen.Elements("", ".", ",")
            from places in Digits(26)
            from power in Gen.Choose(-330, 330)
            from exponent in Gen.Elements("", "", "", "e" + power.ToString(CultureInfo.InvariantCulture))
            select sign + whole + mark + places + exponent
        );

    static Gen<string> Digits(int most) =>
        from count in Gen.Choose(0, most)
        from digits in Gen.Elements("00123456789".ToCharArray()).ArrayOf(count)
        select new string(digits);

    [Test]
    public void Every_text_is_the_number_that_the_runtime_reads_or_none_to_the_last_bit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    Assert.That(Bits(Read(text, '.')), Is.EqualTo(Bits(SlowCell.Number(text))), text);
                    Assert.That(Bits(Read(text, ',')), Is.EqualTo(Bits(Comma(text))), text);
                    return true;
                }
            )
        );

    [TestCase("9007199254740993", 9007199254740992)]
    [TestCase("900719925474099.3", 900719925474099.25)]
    [TestCase("0.3", 0.3)]
    [TestCase("123456789012345678901234567890", 1.2345678901234568e29)]
    [TestCase("0.0000000000000000000001", 1e-22)]
    [TestCase("0.00000000000000000000001", 1e-23)]
    [TestCase("-1.5e-3", -0.0015)]
    public void Numbers_are_rounded_once(string text, double expected) =>
        Assert.That(Read(text, '.'), Is.EqualTo(expected));

    [TestCase("01")]
    [TestCase("-007.5")]
    [TestCase("1e")]
    [TestCase("1 2")]
    [TestCase("1,5")]
    [TestCase("0x10")]
    [TestCase("Infinity")]
    [TestCase("NaN")]
    [TestCase("-")]
    [TestCase("")]
    public void What_is_no_number_is_none(string text) => Assert.That(Read(text, '.'), Is.Null);

    static double? Comma(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? null : SlowCell.Number(text.Replace(',', '.'));

    static double? Read(string text, char mark) =>
        NumberText.TryRead(Encoding.UTF8.GetBytes(text), (byte)mark, out var number) ? number : null;

    static long? Bits(double? number) => number is { } value ? BitConverter.DoubleToInt64Bits(value) : null;
}
