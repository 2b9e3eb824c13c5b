namespace LeadScoring.Ingestion.Features;

/// <summary>What a contact's traces before one cut-off add up to; a kernel's scratch, reused row after row.</summary>
/// <remarks>
/// <c>Counts[ring * slots + slot]</c>; the same layout for <c>Sums</c>; <c>Decays[halfLife * slots + slot]</c>.
/// After <see cref="Accumulate"/> a ring holds its whole window: itself and all younger rings.
/// </remarks>
sealed class Tallies(FeaturePlan plan)
{
    public const long Never = long.MinValue;

    readonly int _slots = plan.Slots.Total;
    readonly int _rings = plan.RingEnds.Length;

    public int[] Counts { get; } = new int[plan.RingEnds.Length * plan.Slots.Total];
    public double[] Sums { get; } = new double[plan.RingEnds.Length * plan.Slots.Total];
    public double[] Decays { get; } = new double[plan.HalfLives.Length * plan.Slots.Total];

    /// <summary>Instant of the latest trace by slot.</summary>
    public long[] Latest { get; } = new long[plan.Slots.Total];

    /// <summary>Instant and value of the latest trace with a value, by slot of its kind.</summary>
    public long[] LastAt { get; } = new long[plan.Slots.Total];
    public float[] LastValue { get; } = new float[plan.Slots.Total];
    public int[] Automated { get; } = new int[plan.RingEnds.Length];
    public int[] Sessions { get; } = new int[plan.RingEnds.Length];

    /// <summary>Different local days from the window's edge to the cut-off: cumulative from the start.</summary>
    public int[] ActiveDays { get; } = new int[plan.RingEnds.Length];

    /// <summary>All-time traces by month of the year, 1 to 12.</summary>
    public int[] Months { get; } = new int[13];
    public long First { get; set; }
    public long DeclaredAt { get; set; }
    public int DeclaredSlot { get; set; }

    public void Clear()
    {
        Array.Clear(Counts);
        if (plan.AnyValues)
            Array.Clear(Sums);
        Array.Clear(Decays);
        Array.Fill(Latest, Never);
        Array.Fill(LastAt, Never);
        Array.Clear(Automated);
        Array.Clear(Sessions);
        Array.Clear(Months);
        First = DeclaredAt = Never;
        DeclaredSlot = 0;
    }

    /// <summary>Turns the tallies of rings into those of windows.</summary>
    public void Accumulate()
    {
        unchecked
        {
            for (var index = _slots; index < Counts.Length; index++)
                Counts[index] += Counts[index - _slots];
            for (var ring = 1; ring < _rings; ring++)
            {
                Automated[ring] += Automated[ring - 1];
                Sessions[ring] += Sessions[ring - 1];
            }
            if (!plan.AnyValues)
                return;
            for (var index = _slots; index < Sums.Length; index++)
                Sums[index] += Sums[index - _slots];
        }
    }
}
