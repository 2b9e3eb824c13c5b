using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Stages;

/// <summary>The step of a contact that is looked at between two nights, because it said something.</summary>
/// <remarks>
/// Such a contact has two places at once: where the last night left it, from which every later look counts all signals
/// anew, and where a look in between has put it, which people see. The stage that the next night gives is therefore the
/// one that it would have given alone; what was planned in between is not planned again.
/// </remarks>
public static class FastLane
{
    /// <summary>Whether an inquiry, a talk, an answer or an objection is among the signals; what was read can wait.</summary>
    public static bool Takes(IReadOnlyList<Signal> signals) =>
        signals.Any(signal => !signal.Automated && SignalOrder.IsWord(signal.Kind));

    /// <summary>The step told from where the contact visibly stands: the change is the visible one, or none.</summary>
    /// <param name="step">Counted from where the contact stood after the last night.</param>
    /// <param name="visible">Where an earlier look has put it since.</param>
    /// <param name="place">The municipality on whose list of this week it stands now, 0 when on none: it carries.</param>
    public static FunnelStep From(
        FunnelStep step,
        FunnelPosition visible,
        Likelihood? likelihood,
        MunicipalityFit? fit,
        PolicySet policies,
        int place
    )
    {
        var now = Carried(step.Position, fit, place);
        if (now.Stage == visible.Stage)
            return new(now, null, []);
        var change = new StageChange(
            now.Contact,
            visible.Stage,
            now.Stage,
            now.Since,
            step.Change?.Cause ?? now.Cause,
            step.Change?.Evidence,
            likelihood?.Lift,
            likelihood?.ModelId,
            now.AsOf
        );
        // Back where the night left it: what was planned there has lapsed, and steps of the same entry are planned once.
        var planned = step.Change is null
            ? PlanFollowUps.OnChange(now, policies.For(now.Municipality), now.AsOf)
            : step.FollowUps;
        return new(now, change, planned);
    }

    static FunnelPosition Carried(FunnelPosition position, MunicipalityFit? fit, int place) =>
        place == 0 || position.Stage is Stage.Closed or Stage.Moved or Stage.Stayed
            ? position
            : position with
            {
                Municipality = place,
                RunnerUp = Carrier.RunnerUp(place, position, fit),
            };
}
