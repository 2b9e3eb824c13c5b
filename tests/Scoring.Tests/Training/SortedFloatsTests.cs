using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class SortedFloatsTests
{
    [Test]
    public void Floats_of_all_kinds_come_in_order()
    {
        float[] values =
        [
            3,
            -0f,
            float.MaxValue,
            1e-45f,
            0,
            -1e-45f,
            -7,
            float.MinValue,
            0.1f,
            -0.1f,
            float.PositiveInfinity,
            2.5e10f,
        ];
        SortedFloats.Sort(values);
        Assert.That(
            values,
            Is.EqualTo(
                new[]
                {
                    float.MinValue,
                    -7,
                    -0.1f,
                    -1e-45f,
                    0,
                    0,
                    1e-45f,
                    0.1f,
                    3,
                    2.5e10f,
                    float.MaxValue,
                    float.PositiveInfinity,
                }
            )
        );
    }

    [Test]
    public void Random_bits_are_sorted_as_by_comparison()
    {
        var random = new Random(4);
        foreach (var count in new[] { 0, 1, 2, 1000 })
        {
            var values = Enumerable
                .Range(0, count)
                .Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))
                .Where(value => !float.IsNaN(value))
                .ToArray();
            var expected = values.Order().ToArray();
            SortedFloats.Sort(values);
            Assert.That(values, Is.EqualTo(expected));
        }
    }
}
