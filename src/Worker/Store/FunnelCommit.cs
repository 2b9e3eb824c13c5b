using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>What the positions were last advanced with; the same four again means that there is nothing to do.</summary>
/// <param name="Generation">The lake's generation.</param>
/// <param name="PolicyHash">A hash of all policies in force.</param>
public sealed record Watermark(DateOnly AsOf, int Generation, string ModelId, string PolicyHash);

/// <summary>A contact's place on one municipality's list of one week; it stays used when the contact leaves.</summary>
/// <param name="IsoWeek">As <c>2026-W10</c>.</param>
/// <param name="Rank">1 is the first to be called.</param>
/// <param name="EnteredOn">Day the contact came on this list; kept when the rank changes later.</param>
/// <param name="Household">Opaque key, null when unknown.</param>
/// <param name="HasLeft">Consent was withdrawn since; a commit that names the place again takes it back.</param>
/// <param name="Part">Explored when the likelihood alone would not have given the place; kept with it.</param>
public sealed record ListPlace(
    string IsoWeek,
    int Municipality,
    ContactId Contact,
    int Rank,
    DateOnly EnteredOn,
    string? Household = null,
    bool HasLeft = false,
    Part Part = Part.Usual
);

/// <summary>All that one run of the funnel decided; it becomes visible whole or not at all.</summary>
public sealed record FunnelCommit(Watermark Watermark)
{
    /// <summary>New or changed positions; equal ones may be among them and change nothing.</summary>
    public IReadOnlyCollection<FunnelPosition> Positions { get; init; } = [];

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyCollection<StageChange> Changes { get; init; } = [];

    public IReadOnlyCollection<FollowUp> FollowUps { get; init; } = [];

    public IReadOnlyCollection<ListPlace> Places { get; init; } = [];

    /// <summary>For whom a place was at stake; of a contact only the first time is kept.</summary>
    public IReadOnlyCollection<DrawnContact> Drawn { get; init; } = [];

    /// <summary>Contacts who are not to be shown to a municipality: they leave all lists and planned calls lapse; mail goes on.</summary>
    public IReadOnlyCollection<ContactId> Unshared { get; init; } = [];

    /// <summary>Contacts without the right to be contacted any more: they leave all lists and what was planned for them lapses.</summary>
    public IReadOnlyCollection<ContactId> Withdrawn { get; init; } = [];

    /// <summary>Set by a look between two nights; null is a night.</summary>
    public AheadLook? Look { get; init; }

    /// <summary>
    /// Where the last night left contacts that are moved between nights. A look adds to those there are; a night takes all
    /// along, but for those named here, which it is too early a day for.
    /// </summary>
    public IReadOnlyCollection<AheadStart> Ahead { get; init; } = [];

    /// <summary>Whom a night knew to be moved since the last; if others are, it is refused.</summary>
    public IReadOnlyCollection<ContactId> KnownAhead { get; init; } = [];

    /// <summary>How all contacts lean as of the night; null leaves what is there.</summary>
    public RegionalPrior? Leaning { get; init; }
}

/// <summary>Rows that a commit really changed.</summary>
public readonly record struct CommittedRows(
    int Positions,
    int Changes,
    int FollowUps,
    int Places,
    int PlacesLeft,
    int FollowUpsLapsed
);
