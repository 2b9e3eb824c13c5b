using LeadScoring.Funnel;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps.Ahead;

/// <summary>The contacts that were moved since the last night, as a night meets them again.</summary>
/// <remarks>
/// A night takes them along: it counts from where the last night left them and changes what is seen only where that comes
/// out otherwise. A night as of too early a day to see what they have said (the same night once more, after an ingest)
/// leaves them as they are seen, and only notes where it would have left them.
/// </remarks>
sealed class MovedAhead(LeadStore store, DateOnly asOf)
{
    readonly IReadOnlyDictionary<ContactId, AheadStart> _starts = store.Ahead();
    readonly bool _isTooEarly = store.LastLook() is { } look && asOf < look.SeenAsOf;
    readonly List<AheadStart> _left = [];

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<ContactId> Known => [.. _starts.Keys];

    /// <summary>Those who go on to be ahead, from where this night has left them.</summary>
    public IReadOnlyCollection<AheadStart> Left => _left;

    /// <summary>Where a contact is counted from, and on whose list it stood there.</summary>
    public (FunnelPosition? Position, int Place) From(ContactId contact, FunnelPosition? visible, int place) =>
        _starts.TryGetValue(contact, out var start) ? (start.Position, start.Place) : (visible, place);

    /// <summary>The step as it is seen.</summary>
    public FunnelStep Seen(
        FunnelStep step,
        FunnelPosition? visible,
        Likelihood? likelihood,
        MunicipalityFit? fit,
        PolicySet policies,
        int place
    )
    {
        if (visible is null || !_starts.TryGetValue(visible.Contact, out var start))
            return step;
        if (!_isTooEarly)
            return FastLane.From(step, visible, likelihood, fit, policies, place);
        // Whom the night would not have met, because it is not scored yet, it has not met.
        _left.Add(start.Position is null && likelihood is null ? start : start with { Position = step.Position });
        return new(visible, null, []);
    }
}
