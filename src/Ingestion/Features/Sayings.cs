using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>Tallies what traces say beyond that they are there: their values, and the municipality that they declare.</summary>
sealed unsafe class Sayings
{
    readonly Tallies _tallies;
    readonly MetTraces _met;
    readonly bool _anyValues;
    readonly ushort[] _slotOf;
    readonly bool[] _declares; // by slot of a kind
    readonly int[] _sumRings;
    readonly long[] _ringEnds;
    readonly int _noMunicipality;

    public Sayings(FeaturePlan plan, Tallies tallies, MetTraces met)
    {
        (_tallies, _met, _slotOf) = (tallies, met, plan.Slots.OfCodes);
        (_anyValues, _sumRings, _ringEnds) = (plan.AnyValues, plan.SumRings, plan.RingEnds);
        _declares = new bool[plan.Slots.Total];
        foreach (var slot in plan.DeclaringSlots)
            _declares[slot] = true;
        _noMunicipality = plan.Slots.Range(Dimension.Municipality).First;
    }

    /// <summary>Adds those of a contact's traces that say something.</summary>
    /// <param name="asOf">µs since 1970.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in TraceRows traces, long asOf)
    {
        var (count, anyValues) = (_met.SayingCount, _anyValues);
        var next = _sumRings.Length - 1; // of the windows that are asked for sums, the one that begins next
        var edge = EdgeOf(next, asOf);
        var saying = _met.Saying;
        fixed (long* at = traces.At)
        fixed (ushort* kinds = traces.Kind)
        fixed (float* values = traces.Value)
        fixed (ushort* slotOf = _slotOf)
        fixed (bool* declares = _declares)
        fixed (double* sums = _tallies.Sums)
        fixed (float* lastValues = _tallies.LastValue)
        fixed (long* lastAt = _tallies.LastAt)
        {
            unchecked
            {
                for (nint nth = 0; nth < count; nth++)
                {
                    nint row = saying[nth];
                    var (time, value) = (at[row], values[row]);
                    nuint kind = slotOf[SlotTable.KindCodes + (nuint)kinds[row]];
                    for (; time >= edge; edge = EdgeOf(next, asOf))
                        _tallies.PutSumsAside(next-- + 1);
                    if (anyValues & !float.IsNaN(value))
                    {
                        sums[kind] += value;
                        lastValues[kind] = lastAt[kind] == time ? Math.Max(value, lastValues[kind]) : value;
                        lastAt[kind] = time;
                    }
                    if (declares[kind])
                        Declare(slotOf[SlotTable.MunicipalityCodes + traces.Municipality[(int)row]], time);
                }
            }
        }
        while (next >= 0)
            _tallies.PutSumsAside(next-- + 1);
    }

    // the last one, and of one instant the largest
    void Declare(int municipality, long at)
    {
        if (municipality == _noMunicipality)
            return;
        _tallies.DeclaredSlot =
            at == _tallies.DeclaredAt ? Math.Max(_tallies.DeclaredSlot, municipality) : municipality;
        _tallies.DeclaredAt = at;
    }

    // the widest window, which has no end, begins at once
    long EdgeOf(int next, long asOf) =>
        next < 0 ? long.MaxValue
        : _ringEnds[_sumRings[next]] == long.MaxValue ? long.MinValue
        : asOf - _ringEnds[_sumRings[next]];
}
