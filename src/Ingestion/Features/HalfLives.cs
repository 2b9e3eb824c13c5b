using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Weights that halve with age, for four half-lives at a time: 2^-(age / half-life), to 1e-9 relative.</summary>
/// <remarks>
/// With k the whole number nearest to x = age / half-life, 2^-x = 2^-k · e^r where r = (k - x) ln 2 and |r| &lt; 0.35; e^r is
/// its Taylor polynomial of degree 8. Ages are cut off at 1,000 half-lives, whose weight no float can tell from 0.
/// Nothing is fused, so that every machine gives the same bits.
/// </remarks>
sealed class HalfLives
{
    /// <summary>Half-lives in a group; a group without as many has lanes that are not read.</summary>
    public const int Lanes = 4;

    const double Longest = 1000;

    /// <summary>Added to a number below 2^51, leaves the nearest whole number in the lowest bits.</summary>
    const double Rounder = 1.5 * (1L << 52);

    readonly Vector256<double>[] _perMicrosecond;

    public HalfLives(IReadOnlyList<int> days)
    {
        Span<double> rates = stackalloc double[Lanes];
        _perMicrosecond = new Vector256<double>[(days.Count + Lanes - 1) / Lanes];
        for (var group = 0; group < _perMicrosecond.Length; group++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var index = (group * Lanes) + lane;
                rates[lane] = index < days.Count ? 1 / (days[index] * (double)LocalCalendar.Day) : 0;
            }
            _perMicrosecond[group] = Vector256.Create<double>(rates);
        }
    }

    public int Groups => _perMicrosecond.Length;

    /// <summary>The weights of a trace of an age in µs, at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Weights(int group, double age)
    {
        unchecked
        {
            var x = Vector256.Min(_perMicrosecond[group] * age, Vector256.Create(Longest));
            var rounded = x + Vector256.Create(Rounder);
            var r = (rounded - Vector256.Create(Rounder) - x) * 0.693147180559945309;
            var e = (r * (1.0 / 40320)) + Vector256.Create(1.0 / 5040);
            e = (e * r) + Vector256.Create(1.0 / 720);
            e = (e * r) + Vector256.Create(1.0 / 120);
            e = (e * r) + Vector256.Create(1.0 / 24);
            e = (e * r) + Vector256.Create(1.0 / 6);
            e = (e * r) + Vector256.Create(0.5);
            e = (e * r) + Vector256<double>.One;
            e = (e * r) + Vector256<double>.One;
            // 2^-k: the exponent of 1, less k
            var power = Vector256<double>.One.AsInt64() - (rounded.AsInt64() << 52);
            return e * power.AsDouble();
        }
    }
}
