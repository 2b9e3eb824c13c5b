using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>A contact's label at a cut-off, from the outcomes that are known.</summary>
/// <remarks>
/// A horizon [cut-off, cut-off + horizon) is closed when it ends no later than the data, less the reporting delay.
/// While it is open every row is censored, those with an early positive outcome too: keeping only these would overstate
/// how many relocate. Outcomes reported after the data's end are not seen; a reporting delay keeps such labels out.
/// </remarks>
/// <param name="settings">Which outcomes, which horizon.</param>
/// <param name="dataEnd">The last instant (UTC) of which facts are known.</param>
sealed class LabelRule(LabelSettings settings, DateTime dataEnd)
{
    readonly HashSet<string> _positive = settings.Positive.ToHashSet(StringComparer.Ordinal);
    readonly HashSet<string> _negative = settings.Negative.ToHashSet(StringComparer.Ordinal);
    readonly long _horizon = settings.HorizonDays * LocalCalendar.Day;
    readonly long _end = Time.Microseconds(dataEnd) - ((settings.ReportingDelayDays ?? 0) * LocalCalendar.Day);

    /// <summary>True when the cut-off's horizon is over and its outcomes are known.</summary>
    public bool IsClosed(long cutoff) => cutoff + _horizon <= _end;

    /// <summary>1, 0, or NaN while the horizon is open.</summary>
    public float LabelAt(RegisteredContact contact, long cutoff)
    {
        if (!IsClosed(cutoff))
            return float.NaN;
        foreach (var outcome in contact.Outcomes)
        {
            if (_positive.Contains(outcome.Kind) && outcome.At >= cutoff && outcome.At < cutoff + _horizon)
                return 1;
        }
        return 0;
    }

    /// <summary>True when there is nothing left to foresee: already positive, or closed by a known negative outcome.</summary>
    /// <param name="declinedIsOpen">A negative outcome does not settle it.</param>
    public bool IsSettled(RegisteredContact contact, long cutoff, bool declinedIsOpen = false)
    {
        foreach (var outcome in contact.Outcomes)
        {
            if (outcome.At >= cutoff)
                continue;
            if (
                _positive.Contains(outcome.Kind)
                || (!declinedIsOpen && _negative.Contains(outcome.Kind) && outcome.KnownAt < cutoff)
            )
                return true;
        }
        return false;
    }
}
