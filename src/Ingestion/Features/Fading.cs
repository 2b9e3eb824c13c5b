using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>Tallies what fades with age: each trace's weight by half-lives, and which was the latest of its slots.</summary>
sealed unsafe class Fading(FeaturePlan plan, Tallies tallies, MetTraces met)
{
    readonly HalfLives _halfLives = new(plan.HalfLifeDays);
    readonly DecayedDimension[] _dimensions = plan.DecayedDimensions;
    readonly int _slots = plan.Slots.Total;

    /// <summary>Adds all traces that were met, as they are at an instant (µs since 1970) after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long asOf)
    {
        for (var group = 0; group < _halfLives.Groups; group++)
            Add(group, asOf, group < _dimensions.Length ? _dimensions[group] : DecayedDimension.None);
    }

    // The latest of a slot is written again with each further group, which are rare.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Add(int group, long asOf, DecayedDimension dimensions)
    {
        var count = met.Count;
        var at = met.At;
        var slots = met.Slots;
        var decays = Pinned.Start(tallies.Decays) + (group * _slots);
        var latest = Pinned.Start(tallies.Latest);
        var (table, all) = (_halfLives.Of(group), Vector256<double>.Zero);
        unchecked
        {
            nint index = 0;
            for (; index < count && HalfLives.IsBeyond(asOf - at[index]); index++)
            {
                var weights = _halfLives.Weights(group, asOf - at[index]);
                all += weights;
                Add(decays, dimensions, latest, weights, slots[index], at[index]);
            }
            for (; index < count; index++)
            {
                var weights = table.Weights(asOf - at[index]);
                all += weights;
                Add(decays, dimensions, latest, weights, slots[index], at[index]);
            }
        }
        decays[SlotTable.Whole] = all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(
        Vector256<double>* decays,
        DecayedDimension dimensions,
        long* latest,
        Vector256<double> weights,
        ulong packed,
        long time
    )
    {
        unchecked
        {
            var (kind, channel) = ((nuint)(ushort)packed, (nuint)(ushort)(packed >> 16));
            var (theme, municipality) = ((nuint)(ushort)(packed >> 32), (nuint)(packed >> 48));
            latest[kind] = time;
            latest[channel] = time;
            latest[theme] = time;
            latest[municipality] = time;
            if ((dimensions & DecayedDimension.Kind) != DecayedDimension.None)
                decays[kind] += weights;
            if ((dimensions & DecayedDimension.Channel) != DecayedDimension.None)
                decays[channel] += weights;
            if ((dimensions & DecayedDimension.Theme) != DecayedDimension.None)
                decays[theme] += weights;
            if ((dimensions & DecayedDimension.Municipality) != DecayedDimension.None)
                decays[municipality] += weights;
        }
    }
}
