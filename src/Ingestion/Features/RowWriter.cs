namespace LeadScoring.Ingestion.Features;

/// <summary>Reads a row's values off the tallies: each measure's formula and when it is NaN.</summary>
/// <remarks>
/// A contact without any known trace has NaN everywhere but in the register's columns. With traces, counts and sums
/// are 0 or more; a recency, last value, share or trend without anything to measure is NaN.
/// </remarks>
sealed class RowWriter(FeaturePlan plan, Tallies tallies)
{
    readonly int _slots = plan.Slots.Total;
    readonly int _all = (plan.RingEnds.Length - 1) * plan.Slots.Total; // the ring of all time

    public void Write(in ContactProfile profile, long asOf, bool anyTrace, Span<float> row)
    {
        unchecked
        {
            for (var f = 0; f < row.Length; f++)
            {
                ref readonly var planned = ref plan.Planned[f];
                row[f] =
                    planned.Measure >= Measure.Country ? OfContact(planned, profile, asOf)
                    : anyTrace ? OfTraces(planned, asOf)
                    : float.NaN;
            }
        }
    }

    float OfTraces(in PlannedFeature f, long asOf)
    {
        unchecked
        {
            var window = f.Ring * _slots;
            return f.Measure switch
            {
                Measure.Count => tallies.Counts[window + f.Slot],
                Measure.Decay => (float)tallies.Decays[(f.HalfLife * _slots) + f.Slot],
                Measure.Sum => (float)tallies.Sums[window + f.Slot],
                Measure.Share => Ratio(
                    tallies.Counts[window + f.Slot],
                    tallies.Counts[window] - tallies.Counts[window + f.First]
                ),
                Measure.Recency => Days(asOf, tallies.Latest[f.Slot]),
                Measure.Last => tallies.LastAt[f.Slot] == Tallies.Never ? float.NaN : tallies.LastValue[f.Slot],
                Measure.ActiveDays => tallies.ActiveDays[f.Ring],
                Measure.Sessions => tallies.Sessions[f.Ring],
                Measure.Kinds or Measure.Channels or Measure.Themes or Measure.Municipalities => Different(f, window),
                Measure.Trend => Trend(tallies.Counts[window], tallies.Counts[f.WiderRing * _slots]),
                Measure.Automated => tallies.Automated[f.Ring],
                Measure.Tenure => Days(asOf, tallies.First),
                Measure.SameMonth => Ratio(tallies.Months[plan.Calendar.MonthOf(asOf)], tallies.Counts[_all]),
                Measure.DeclaredMunicipality => tallies.DeclaredSlot == 0
                    ? float.NaN
                    : tallies.DeclaredSlot - plan.Slots.Range(Dimension.Municipality).First - 1,
                _ => throw new InvalidOperationException($"{f.Measure} is not computed from traces."),
            };
        }
    }

    float OfContact(in PlannedFeature f, in ContactProfile profile, long asOf) =>
        f.Measure switch
        {
            Measure.Country => profile.Country,
            Measure.Language => profile.Language,
            Measure.HouseholdSize => profile.HouseholdSize,
            Measure.Age => plan.Calendar.YearOf(asOf) - profile.BirthYear,
            Measure.Registered => profile.RegisteredAt < asOf ? Days(asOf, profile.RegisteredAt) : float.NaN,
            _ => throw new InvalidOperationException($"{f.Measure} is not computed from the register."),
        };

    float Different(in PlannedFeature f, int window)
    {
        var different = 0;
        foreach (var count in tallies.Counts.AsSpan(window + f.First + 1, f.Count - 1))
            different += count > 0 ? 1 : 0;
        return different;
    }

    // traces of the window over the mean of the three windows of the same length before it
    static float Trend(int window, int wider) => wider == window ? float.NaN : (float)(3.0 * window / (wider - window));

    static float Ratio(int part, int whole) => whole == 0 ? float.NaN : (float)((double)part / whole);

    static float Days(long asOf, long at) =>
        at == Tallies.Never ? float.NaN : (float)((asOf - at) / (double)LocalCalendar.Day);
}
