using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Weights that halve with age, for four half-lives at a time: 2^-(age / half-life), to 2e-8 relative.</summary>
/// <remarks>
/// An age in µs is cut into bits: a · 2^38 + b · 2^30 + 2^29 + r with |r| ≤ 2^29 (about nine minutes). The first two parts
/// are looked up; the last is e^x with x = -r ln 2 / half-life by its Taylor polynomial 1 + x + x²/2, and |x| &lt; 0.0044 for
/// half-lives of a day and more. For ages beyond the table, of 17 years and more, a is worked out when it comes up. Nothing
/// is fused, so that every machine gives the same bits. For one thread at a time.
/// </remarks>
sealed class HalfLives
{
    /// <summary>Half-lives in a group; a group without as many has lanes that are not read.</summary>
    public const int Lanes = 4;

    const int FineBits = 30;
    const int CoarseBits = 38;
    const int Coarse = 2048;
    const int Fine = 1 << (CoarseBits - FineBits);

    readonly Vector256<double>[] _rates; // -ln 2 / half-life, by µs
    readonly Vector256<double>[] _coarse; // [group * (Coarse + 1) + a], the last place for the a beyond
    readonly Vector256<double>[] _fine; // [group * Fine + b], the half step of 2^29 included

    public HalfLives(IReadOnlyList<int> days)
    {
        Groups = (days.Count + Lanes - 1) / Lanes;
        _rates = new Vector256<double>[Groups];
        _coarse = new Vector256<double>[Groups * (Coarse + 1)];
        _fine = new Vector256<double>[Groups * Fine];
        for (var index = 0; index < days.Count; index++)
        {
            var (group, lane) = (index / Lanes, index % Lanes);
            var halfLife = days[index] * (double)LocalCalendar.Day;
            Lane(_rates, group, lane) = -Math.Log(2) / halfLife;
            for (var step = 0; step < Coarse; step++)
                Lane(_coarse, (group * (Coarse + 1)) + step, lane) = Math.Pow(
                    2,
                    -((long)step << CoarseBits) / halfLife
                );
            for (var step = 0L; step < Fine; step++)
                Lane(_fine, (group * Fine) + (int)step, lane) = Math.Pow(
                    2,
                    -((step << FineBits) + (1L << (FineBits - 1))) / halfLife
                );
        }
    }

    public int Groups { get; }

    /// <summary>The weights of a trace of an age in µs, at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Weights(int group, long age)
    {
        unchecked
        {
            var coarse = (int)(age >> CoarseBits);
            if (coarse >= Coarse)
                coarse = Beyond(group, coarse);
            var fine = (int)(age >> FineBits) & (Fine - 1);
            var rest = (int)(age & ((1 << FineBits) - 1)) - (1 << (FineBits - 1));
            var x = _rates[group] * rest;
            var e = (((x * 0.5) + Vector256<double>.One) * x) + Vector256<double>.One;
            return _coarse[(group * (Coarse + 1)) + coarse] * _fine[(group * Fine) + fine] * e;
        }
    }

    int Beyond(int group, int coarse)
    {
        for (var lane = 0; lane < Lanes; lane++)
            Lane(_coarse, (group * (Coarse + 1)) + Coarse, lane) = Math.Exp(
                _rates[group][lane] * ((long)coarse << CoarseBits)
            );
        return Coarse;
    }

    static ref double Lane(Vector256<double>[] vectors, int index, int lane) =>
        ref MemoryMarshal.Cast<Vector256<double>, double>(vectors.AsSpan(index, 1))[lane];
}
