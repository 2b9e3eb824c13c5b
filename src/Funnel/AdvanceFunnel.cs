using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel;

/// <summary>Moves one contact through the funnel: signals first, then what time brings, then the likelihood.</summary>
public static class AdvanceFunnel
{
    /// <summary>Looks at one contact under the policy of the municipality that carries the dialogue.</summary>
    /// <inheritdoc cref="Advance(FunnelPosition?, ContactId, IReadOnlyList{Signal}, Likelihood?, MunicipalityFit?, Policy, DateOnly, int, Seasons?)"/>
    public static FunnelStep Advance(
        FunnelPosition? position,
        ContactId contact,
        IReadOnlyList<Signal> signals,
        Likelihood? likelihood,
        MunicipalityFit? fit,
        PolicySet policies,
        DateOnly asOf,
        int place = 0,
        Seasons? seasons = null
    ) =>
        Advance(
            position,
            contact,
            signals,
            likelihood,
            fit,
            policies.For(Carrier.Of(position, fit, place)),
            asOf,
            place,
            seasons
        );

    /// <summary>Looks at one contact; looking again on the same day without new signals changes nothing.</summary>
    /// <param name="position">Where the contact stood, null when it is new to the funnel.</param>
    /// <param name="signals">
    /// What became known since the last look (all there is for a new contact), from before the as-of day, in any order.
    /// </param>
    /// <param name="likelihood">Null when the contact is not scored: then only signals and silence move it.</param>
    /// <param name="fit">Must not name a municipality that has handed the contact back.</param>
    /// <param name="place">The municipality on whose list of this week the contact stands, 0 when on none.</param>
    /// <param name="seasons">The contact's earlier years; null when they are not known or tell nothing.</param>
    /// <exception cref="FunnelException">The position is from a later day than <paramref name="asOf"/>.</exception>
    public static FunnelStep Advance(
        FunnelPosition? position,
        ContactId contact,
        IReadOnlyList<Signal> signals,
        Likelihood? likelihood,
        MunicipalityFit? fit,
        Policy policy,
        DateOnly asOf,
        int place = 0,
        Seasons? seasons = null
    )
    {
        if (position?.AsOf > asOf)
            throw new FunnelException(
                $"contact {contact} was last looked at as of {position.AsOf:yyyy-MM-dd}, later than {asOf:yyyy-MM-dd}; "
                    + "a funnel runs forward: choose a later day"
            );
        var applied = SignalOrder.Applied(signals);
        var at = new Footing(position ?? Enter(contact, applied, asOf), null);
        foreach (var signal in applied)
            at = at.AfterTime(StockholmTime.Day(signal.At), policy, seasons).After(signal);
        at = at.AfterTime(asOf, policy, seasons).After(likelihood, policy, asOf);

        var carrier = Carrier.Of(position, fit, place);
        var now = at.Position with
        {
            Municipality = at.Position.Stage switch
            {
                Stage.Closed => 0,
                Stage.Moved or Stage.Stayed when at.Position.Municipality != 0 => at.Position.Municipality,
                _ => carrier,
            },
            RunnerUp = at.Position.Stage is Stage.Closed or Stage.Moved or Stage.Stayed
                ? 0
                : Carrier.RunnerUp(carrier, position, fit),
            ModelId = likelihood?.ModelId,
            AsOf = asOf,
        };
        if (now.Stage == position?.Stage)
            return new(now, null, []);
        var change = new StageChange(
            contact,
            position?.Stage,
            now.Stage,
            now.Since,
            at.Moved ?? now.Cause,
            at.Evidence,
            likelihood?.Lift,
            likelihood?.ModelId,
            asOf
        );
        return new(now, change, PlanFollowUps.OnChange(now with { Cause = change.Cause }, policy, asOf));
    }

    static FunnelPosition Enter(ContactId contact, List<Signal> applied, DateOnly asOf) =>
        new(
            contact,
            Stage.Attention,
            applied.Count > 0 ? StockholmTime.Day(applied[0].At) : asOf,
            LastSignal: null,
            Municipality: 0,
            RunnerUp: 0,
            Cause.Entered,
            ModelId: null,
            asOf
        );
}
