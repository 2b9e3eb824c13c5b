using System.Runtime.Intrinsics;

namespace LeadScoring.Ingestion.Features;

/// <summary>What a contact's traces add up to; a kernel's scratch, reused row after row.</summary>
/// <remarks>
/// <see cref="Counts"/> and <see cref="Sums"/> hold what was met so far, the latest traces first. At the edge of a window
/// they are what the window holds, and <see cref="EndWindow"/> keeps a copy:
/// <c>Windows[ring * width + slot]</c>, behind the slots the <see cref="Tally"/> numbers; <c>SumWindows[ring * slots + slot]</c>.
/// <c>Decays[group * slots + slot]</c> holds four half-lives.
/// </remarks>
sealed class Tallies(FeaturePlan plan)
{
    public const long Never = long.MinValue;

    readonly int _slots = plan.Slots.Total;
    readonly int _width = plan.Slots.Total + FeaturePlan.TallyNumbers;

    /// <summary>Traces of people by slot.</summary>
    public int[] Counts { get; } = new int[plan.Slots.Total];
    public int[] Windows { get; } = new int[plan.RingEnds.Length * (plan.Slots.Total + FeaturePlan.TallyNumbers)];

    /// <summary>Sums of values by slot of a kind.</summary>
    public double[] Sums { get; } = new double[plan.Slots.Total];
    public double[] SumWindows { get; } = new double[plan.RingEnds.Length * plan.Slots.Total];
    public Vector256<double>[] Decays { get; } = new Vector256<double>[plan.HalfLives.Groups * plan.Slots.Total];

    /// <summary>Instant of the latest trace by slot.</summary>
    public long[] Latest { get; } = new long[plan.Slots.Total];

    /// <summary>Instant and value of the latest trace with a value, by slot of its kind.</summary>
    public long[] LastAt { get; } = new long[plan.Slots.Total];
    public float[] LastValue { get; } = new float[plan.Slots.Total];

    /// <summary>Traces in the as-of's month of the year.</summary>
    public int SameMonth { get; set; }

    /// <summary>Instant of the first trace.</summary>
    public long First { get; set; }
    public long DeclaredAt { get; set; }
    public int DeclaredSlot { get; set; }

    public void Clear()
    {
        Array.Clear(Counts);
        Array.Clear(Decays);
        Array.Fill(Latest, Never);
        if (plan.AnyValues)
        {
            Array.Clear(Sums);
            Array.Fill(LastAt, Never);
        }
        First = DeclaredAt = Never;
        DeclaredSlot = SameMonth = 0;
    }

    /// <summary>Keeps what was met so far as what the window of a ring holds.</summary>
    public void EndWindow(int ring, int days, int sessions, int automated)
    {
        unchecked
        {
            var window = Windows.AsSpan(ring * _width, _width);
            Counts.CopyTo(window);
            var numbers = window[_slots..];
            numbers[(int)Tally.Days] = days;
            numbers[(int)Tally.Sessions] = sessions;
            numbers[(int)Tally.Automated] = automated;
            if (plan.CountsDifferent[ring])
            {
                numbers[(int)Tally.Kinds] = Different(plan.Slots.Range(Dimension.Kind));
                numbers[(int)Tally.Channels] = Different(plan.Slots.Range(Dimension.Channel));
                numbers[(int)Tally.Themes] = Different(plan.Slots.Range(Dimension.Theme));
                numbers[(int)Tally.Municipalities] = Different(plan.Slots.Range(Dimension.Municipality));
            }
            if (plan.AnyValues)
                Sums.CopyTo(SumWindows.AsSpan(ring * _slots, _slots));
        }
    }

    /// <summary>Adds a session to a window that has ended: its earliest trace turned out to begin one.</summary>
    public void AddSession(int ring) => Windows[(ring * _width) + _slots + (int)Tally.Sessions]++;

    int Different((int First, int Count) range)
    {
        unchecked
        {
            var different = 0;
            foreach (var count in Counts.AsSpan(range.First + 1, range.Count - 1))
                different += count > 0 ? 1 : 0;
            return different;
        }
    }
}

/// <summary>Numbers of a window that are not counts of a slot.</summary>
enum Tally
{
    /// <summary>Different local days.</summary>
    Days,

    /// <summary>Sessions begun.</summary>
    Sessions,

    /// <summary>Traces of machines.</summary>
    Automated,

    /// <summary>Different kinds; channels, themes and municipalities likewise.</summary>
    Kinds,
    Channels,
    Themes,
    Municipalities,
}
