namespace LeadScoring.Ingestion.Reading;

/// <summary>Turns a zone's local times into UTC. The hour that comes twice in autumn is read as the first of the two;
/// one that is left out in spring is no time.</summary>
sealed class LocalTime(TimeZoneInfo zone)
{
    readonly Dictionary<long, TimeSpan?> _offsets = [];

    /// <summary>Ticks of UTC; false when the local time does not exist.</summary>
    public bool TryUtc(DateTime local, out long ticks)
    {
        // Offsets of the zones in use change at full or half hours, so one look-up serves all times of a half hour.
        var halfHour = local.Ticks / (TimeSpan.TicksPerHour / 2);
        if (!_offsets.TryGetValue(halfHour, out var offset))
            _offsets.Add(halfHour, offset = OffsetAt(local));
        ticks = local.Ticks - (offset ?? TimeSpan.Zero).Ticks;
        return offset is not null && ticks >= 0;
    }

    TimeSpan? OffsetAt(DateTime local)
    {
        if (zone.IsInvalidTime(local))
            return null;
        return zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
    }
}
