using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Model.Forest;

namespace LeadScoring.Scoring.Tests.Model.Forest;

public sealed class NumberColumnTests
{
    // Five and ten lie below 12; a code is the count less 128.
    [TestCase(4f, -128)]
    [TestCase(5f, -128)]
    [TestCase(5.5f, -127)]
    [TestCase(10f, -127)]
    [TestCase(12f, -126)]
    [TestCase(20f, -126)]
    [TestCase(float.PositiveInfinity, -125)]
    [TestCase(float.NegativeInfinity, -128)]
    public void A_code_counts_the_thresholds_below(float value, int code) =>
        Assert.That(Codes(Tree.MissingNaN, [5, 10, 20], value), Is.EqualTo((code, code)));

    [TestCase(Tree.MissingNone, float.NaN, 5, -127, -127, Description = "NaN is 0, above -3 and below 8")]
    [TestCase(3, float.NaN, 5, -127, -127, Description = "an unknown kind is none")]
    [TestCase(Tree.MissingNone, 0f, 5, -127, -127)]
    [TestCase(Tree.MissingNaN, float.NaN, 5, -128, 127)]
    [TestCase(Tree.MissingNaN, 0f, 5, -127, -127)]
    [TestCase(Tree.MissingZero, float.NaN, 5, -128, 127)]
    [TestCase(Tree.MissingZero, 0f, 5, -128, 127)]
    [TestCase(Tree.MissingZero, -1e-35f, 5, -128, 127, Description = "kZeroThreshold itself is zero")]
    [TestCase(Tree.MissingZero, 1.0000001e-35f, 5, -127, -127)]
    public void Missing_values_are_lowest_in_one_code_and_highest_in_the_other(
        int missing,
        float value,
        int rows,
        int left,
        int right
    )
    {
        foreach (var row in Enumerable.Range(0, rows))
            Assert.That(Codes(missing, [-3, 8], value, row), Is.EqualTo((left, right)));
    }

    [Test]
    public void Comparing_codes_is_comparing_values()
    {
        // Any bits at all are a float: infinities, denormals, both zeros.
        var bits = Gen.Choose(int.MinValue, int.MaxValue)
            .Select(BitConverter.Int32BitsToSingle)
            .Where(x => !float.IsNaN(x));
        var floats = Gen.OneOf(
            bits,
            Gen.Choose(-20, 20).Select(i => i / 4f),
            Gen.Elements(0f, -0f, float.Epsilon, 1e-35f)
        );
        var cases = Gen.Zip(
            floats.NonEmptyListOf().Select(list => list.ToArray()),
            floats.ListOf().Select(l => l.ToArray())
        );
        Prop.ForAll(
                cases.ToArbitrary(),
                pair =>
                {
                    var (thresholds, others) = pair;
                    int[] orders = [.. thresholds.Select(t => FloatOrder.AtMost(t)).Distinct().Order()];
                    foreach (var value in others.Concat(thresholds))
                    {
                        var (code, _) = Codes(Tree.MissingNaN, thresholds, value);
                        foreach (var threshold in thresholds)
                        {
                            var most = Array.IndexOf(orders, FloatOrder.AtMost(threshold)) - NumberColumn.Offset;
                            if (code <= most != value <= threshold)
                                return false;
                        }
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Test]
    public void Many_thresholds_close_together_and_far_apart_are_counted()
    {
        float[] thresholds =
        [
            .. Enumerable.Range(0, 100).Select(i => 1 + i * 1e-6f),
            .. Enumerable.Range(0, 100).Select(i => -1e30f + i * 1e24f),
            .. Enumerable.Range(0, 55).Select(i => MathF.Pow(2, i)),
        ];
        float[] rising = [.. thresholds.Distinct().Order()];
        foreach (var value in thresholds.SelectMany(t => new[] { t, MathF.BitIncrement(t), MathF.BitDecrement(t) }))
            Assert.That(
                Codes(Tree.MissingNaN, thresholds, value).Left,
                Is.EqualTo(rising.Count(threshold => threshold < value) - 128)
            );
    }

    static (int Left, int Right) Codes(int missing, float[] thresholds, float value, int row = 0)
    {
        int[] orders = [.. thresholds.Select(t => FloatOrder.AtMost(t)).Distinct().Order()];
        var codes = new byte[2 * BlockCodes.Rows];
        var values = new float[row + 1];
        values[row] = value;
        new NumberColumn(0, missing, orders).Code(values, codes);
        return unchecked(((sbyte)codes[row], (sbyte)codes[BlockCodes.Rows + row]));
    }
}
