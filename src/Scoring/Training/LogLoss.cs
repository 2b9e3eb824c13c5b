using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Scoring.Training;

/// <summary>Log loss of 0/1 labels under raw scores in log-odds: <c>l = -w (y log p + (1-y) log(1-p))</c>.</summary>
/// <remarks>Derivatives by the raw score: <c>l' = w (p - y)</c>, <c>l'' = w p (1 - p)</c>. Four rows at a time.</remarks>
static class LogLoss
{
    /// <summary>The log-odds of the weighted share of ones: the best constant raw score.</summary>
    public static double Prior(float[] labels, float[] weights)
    {
        var (ones, all) = (0.0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            var weight = Weight(weights, row);
            ones += weight * labels[row];
            all += weight;
        }
        return Math.Log(ones / (all - ones));
    }

    public static double Weight(float[] weights, int row) => weights.Length == 0 ? 1 : weights[row];

    /// <summary>Derivatives of some rows, and how large they are.</summary>
    /// <param name="weights">As long as the scores, or empty for 1 each.</param>
    public static GradientSpread Derivatives(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<float> labels,
        ReadOnlySpan<float> weights,
        Span<double> first,
        Span<double> second
    )
    {
        var (mostFirst, sumFirst) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (mostSecond, sumSecond) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var width = Vector256<double>.Count;
        Span<double> rest = stackalloc double[3 * width];
        for (var i = 0; i < scores.Length; i += width)
        {
            var whole = i + width <= scores.Length;
            var score = whole ? Vector256.Create(scores[i..]) : Part(scores[i..], rest);
            var label = whole ? Doubles(labels[i..]) : Part(labels[i..], rest);
            var weight =
                weights.IsEmpty ? Vector256<double>.One
                : whole ? Doubles(weights[i..])
                : Part(weights[i..], rest);
            var p = Vector256<double>.One / (Vector256<double>.One + Vector256.Exp(-score));
            var gradient = weight * (p - label);
            var hessian = weight * p * (Vector256<double>.One - p);
            if (!whole)
            {
                var there = Vector256.LessThan(
                    Vector256.Create(0.0, 1, 2, 3),
                    Vector256.Create((double)scores.Length - i)
                );
                (gradient, hessian) = (gradient & there, hessian & there);
                gradient.CopyTo(rest);
                hessian.CopyTo(rest[width..]);
                rest[..(scores.Length - i)].CopyTo(first[i..]);
                rest.Slice(width, scores.Length - i).CopyTo(second[i..]);
            }
            else
            {
                gradient.CopyTo(first[i..]);
                hessian.CopyTo(second[i..]);
            }
            var size = Vector256.Abs(gradient);
            (mostFirst, sumFirst) = (Vector256.Max(mostFirst, size), sumFirst + size);
            (mostSecond, sumSecond) = (Vector256.Max(mostSecond, hessian), sumSecond + hessian);
        }
        return new GradientSpread(Most(mostFirst), Vector256.Sum(sumFirst), Most(mostSecond), Vector256.Sum(sumSecond));
    }

    /// <summary>
    /// Weighted sums of the loss, its derivatives by <paramref name="shift"/>, which is added to every raw score, and of
    /// the weights.
    /// </summary>
    public static (double Loss, double Slope, double Curve, double Weight) Sums(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<float> labels,
        ReadOnlySpan<float> weights,
        double shift
    )
    {
        var (loss, slope, curve, all) = (0.0, 0.0, 0.0, 0.0);
        var (lossSum, slopeSum) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (curveSum, weightSum) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (one, width) = (Vector256<double>.One, Vector256<double>.Count);
        var i = 0;
        for (; i + width <= scores.Length; i += width)
        {
            var score = Vector256.Create(scores[i..]) + Vector256.Create(shift);
            var label = Doubles(labels[i..]);
            var weight = weights.IsEmpty ? one : Doubles(weights[i..]);
            // log(1 + e^-margin) without overflow: e^-|margin| is at most 1.
            var margin = (label + label - one) * score;
            var small = Vector256.Exp(-Vector256.Abs(margin));
            lossSum += weight * (Vector256.Max(-margin, Vector256<double>.Zero) + Vector256.Log(one + small));
            var p = Vector256.ConditionalSelect(
                Vector256.GreaterThanOrEqual(score, Vector256<double>.Zero),
                one / (one + small),
                small / (one + small)
            );
            slopeSum += weight * (p - label);
            curveSum += weight * p * (one - p);
            weightSum += weight;
        }
        for (; i < scores.Length; i++)
        {
            var weight = weights.IsEmpty ? 1.0 : weights[i];
            var score = scores[i] + shift;
            var p = 1 / (1 + Math.Exp(-score));
            loss += weight * Of(labels[i] > 0.5f ? score : -score);
            slope += weight * (p - labels[i]);
            curve += weight * p * (1 - p);
            all += weight;
        }
        return (
            loss + Vector256.Sum(lossSum),
            slope + Vector256.Sum(slopeSum),
            curve + Vector256.Sum(curveSum),
            all + Vector256.Sum(weightSum)
        );
    }

    /// <summary><c>log(1 + e^-margin)</c> without overflow.</summary>
    static double Of(double margin) =>
        margin > 0 ? double.LogP1(Math.Exp(-margin)) : -margin + double.LogP1(Math.Exp(margin));

    static Vector256<double> Doubles(ReadOnlySpan<float> four) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(four)).ToVector256());

    static Vector256<double> Part(ReadOnlySpan<double> values, Span<double> rest)
    {
        rest.Clear();
        values.CopyTo(rest);
        return Vector256.Create<double>(rest);
    }

    static Vector256<double> Part(ReadOnlySpan<float> values, Span<double> rest)
    {
        rest.Clear();
        for (var i = 0; i < values.Length; i++)
            rest[i] = values[i];
        return Vector256.Create<double>(rest);
    }

    static double Most(Vector256<double> most) => Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
}
