using System.Globalization;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.FollowUps;

/// <summary>Plans the steps of a dialogue; consent and caps are looked at when a step is done, not here.</summary>
public static class PlanFollowUps
{
    /// <summary>The steps of the stage just entered, counted from the as-of day, earliest first.</summary>
    public static IReadOnlyList<FollowUp> OnChange(FunnelPosition entered, Policy policy, DateOnly asOf) =>
        [
            .. policy
                .Cadence.GetValueOrDefault(entered.Stage, [])
                .Select(
                    (step, index) =>
                        new FollowUp(
                            Key(
                                $"{entered.Contact}/{entered.Stage}/{entered.Since:yyyy-MM-dd}/{step.Kind}/{index + 1}"
                            ),
                            entered.Contact,
                            entered.Municipality,
                            step.Kind,
                            entered.Stage,
                            WorkingDay.Instant(asOf.AddDays(step.Days), policy.DueHour),
                            entered.Cause
                        )
                )
                .OrderBy(f => f.DueAt),
        ];

    /// <summary>The call that a new place on a week's list asks for, on the next weekday.</summary>
    public static FollowUp ForPlace(Lead lead, Policy policy, DateOnly asOf) =>
        new(
            Key($"{lead.Contact}/{Cause.ListPlace}/{lead.Municipality}/{IsoWeek.Of(asOf)}/{FollowUpKind.Call}/1"),
            lead.Contact,
            lead.Municipality,
            FollowUpKind.Call,
            lead.Stage,
            WorkingDay.Instant(asOf, policy.DueHour),
            Cause.ListPlace
        );

    /// <summary>
    /// Whether a change of stage leaves a planned step without a point: what another stage planned always, the call to
    /// a place on the list only when there is nobody left to call.
    /// </summary>
    public static bool IsOvertaken(FollowUp planned, StageChange change) =>
        planned.Contact == change.Contact && IsOvertaken(planned, change.To);

    /// <summary>The same of a contact that stands in this stage now.</summary>
    public static bool IsOvertaken(FollowUp planned, Stage now) =>
        planned.Stage != now
        && (now > Stage.Action || !string.Equals(planned.Cause, Cause.ListPlace, StringComparison.Ordinal));

    // A contact id may hold anything, even a slash; it stands first and the parts after it are fixed in number, so two
    // different steps never share a key.
    static string Key(FormattableString parts) => parts.ToString(CultureInfo.InvariantCulture);
}
