namespace LeadScoring.Scoring.Model.Forest;

/// <summary>Turns comparisons of floats into comparisons of whole numbers.</summary>
/// <remarks>
/// The bits of positive floats rise with the value, those of negative ones fall: <c>bits ^ ((bits >> 31) &amp; 0x7fffffff)</c>
/// rises throughout. Adding 0 first makes -0 and 0 the same. NaN is to be told apart before.
/// </remarks>
static class FloatOrder
{
    /// <summary>Below every number: what must always go left.</summary>
    public const int Lowest = int.MinValue;

    /// <summary>Above every number: what must always go right.</summary>
    public const int Highest = int.MaxValue;

    /// <summary>A number that is greater for a greater value and equal for an equal one.</summary>
    public static int Of(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value + 0f);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }

    /// <summary>The greatest order whose values are not above the threshold; nothing but missing is below NaN.</summary>
    public static int AtMost(double threshold)
    {
        if (double.IsNaN(threshold))
            return Lowest;
        return Of(RoundDown(threshold));
    }

    /// <summary>The greatest float that is not above the threshold: floats compare with either alike.</summary>
    public static float RoundDown(double threshold)
    {
        var nearest = (float)threshold;
        return nearest > threshold ? MathF.BitDecrement(nearest) : nearest;
    }
}
