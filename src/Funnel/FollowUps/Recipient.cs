using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.FollowUps;

/// <summary>What holds of a contact at the instant of sending.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Objected">Objected to profiling, or to being contacted at all.</param>
/// <param name="MayProfile">Consents to profiling, on which every follow-up rests.</param>
/// <param name="MayMarket">Consents to being written to.</param>
/// <param name="MayShare">Consents to being shown to a municipality, without which nobody there can call.</param>
/// <param name="Reachable">Channels for which there is an address or a number.</param>
/// <param name="Bounced">Of these, the ones that are known to lead nowhere.</param>
/// <param name="IsHeldOut">Whether it is drawn for the hold-out in this stage, see <see cref="Learning.Draw"/>.</param>
public sealed record Recipient(
    Stage Stage,
    bool Objected,
    bool MayProfile,
    bool MayMarket,
    bool MayShare,
    IReadOnlyCollection<MessageChannel> Reachable,
    IReadOnlyCollection<MessageChannel> Bounced,
    bool IsHeldOut
);

/// <summary>What has gone out already, as far as a decision needs it; instants in UTC, in any order.</summary>
/// <param name="ToContact">Messages (not calls) to the contact in the last 30 days.</param>
/// <param name="ToHousehold">The same to all of its household, the contact included; empty when none is known.</param>
/// <param name="OfKindThisWeek">Follow-ups of this kind that the municipality has done in the ISO week (local) of now.</param>
public sealed record SentBefore(
    IReadOnlyCollection<DateTime> ToContact,
    IReadOnlyCollection<DateTime> ToHousehold,
    int OfKindThisWeek
)
{
    public static SentBefore Nothing { get; } = new([], [], 0);
}
