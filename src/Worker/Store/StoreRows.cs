using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>Rows as they come from the store's tables, each with the way to the type that the other projects know.</summary>
sealed class PositionRow
{
    public string Contact { get; init; } = "";
    public string Stage { get; init; } = "";
    public string Since { get; init; } = "";
    public string? LastSignal { get; init; }
    public int Municipality { get; init; }
    public int RunnerUp { get; init; }
    public string Cause { get; init; } = "";
    public string? ModelId { get; init; }
    public string AsOf { get; init; } = "";
    public string? LastWord { get; init; }
    public string? LastWordAt { get; init; }

    public FunnelPosition Position() =>
        new(
            new ContactId(Contact),
            StoreText.Word<Stage>(Stage),
            StoreText.Day(Since),
            LastSignal is null ? null : StoreText.Instant(LastSignal),
            Municipality,
            RunnerUp,
            Cause,
            ModelId,
            StoreText.Day(AsOf),
            LastWord is not null && LastWordAt is not null
                ? new Word(StoreText.Word<SignalKind>(LastWord), StoreText.Instant(LastWordAt))
                : null
        );
}

sealed class StageChangeRow
{
    public string Contact { get; init; } = "";
    public string AsOf { get; init; } = "";
    public string? FromStage { get; init; }
    public string ToStage { get; init; } = "";
    public string Since { get; init; } = "";
    public string Cause { get; init; } = "";
    public string? Evidence { get; init; }
    public string? EvidenceAt { get; init; }
    public int? EvidenceMunicipality { get; init; }
    public double? Lift { get; init; }
    public string? ModelId { get; init; }

    public StageChange Change() =>
        new(
            new ContactId(Contact),
            FromStage is null ? null : StoreText.Word<Stage>(FromStage),
            StoreText.Word<Stage>(ToStage),
            StoreText.Day(Since),
            Cause,
            Signal(),
            Lift,
            ModelId,
            StoreText.Day(AsOf)
        );

    /// <summary>What a machine made moves nothing, so evidence never is automated.</summary>
    Signal? Signal() =>
        Evidence is not null && EvidenceAt is not null
            ? new Signal(
                StoreText.Word<SignalKind>(Evidence),
                StoreText.Instant(EvidenceAt),
                EvidenceMunicipality ?? 0,
                Automated: false
            )
            : null;
}

sealed class FollowUpRow
{
    public string Key { get; init; } = "";
    public string Contact { get; init; } = "";
    public int Municipality { get; init; }
    public string Kind { get; init; } = "";
    public string Stage { get; init; } = "";
    public string DueAt { get; init; } = "";
    public string Cause { get; init; } = "";
    public string State { get; init; } = "";
    public string? Why { get; init; }

    public StoredFollowUp FollowUp() =>
        new(
            new FollowUp(
                Key,
                new ContactId(Contact),
                Municipality,
                StoreText.Word<FollowUpKind>(Kind),
                StoreText.Word<Stage>(Stage),
                StoreText.Instant(DueAt),
                Cause
            ),
            StoreText.Word<FollowUpState>(State),
            Why
        );
}

sealed class ListPlaceRow
{
    public string IsoWeek { get; init; } = "";
    public int Municipality { get; init; }
    public string Contact { get; init; } = "";
    public int Rank { get; init; }
    public string EnteredOn { get; init; } = "";
    public string? Household { get; init; }
    public bool HasLeft { get; init; }
    public string Part { get; init; } = "";

    public ListPlace Place() =>
        new(
            IsoWeek,
            Municipality,
            new ContactId(Contact),
            Rank,
            StoreText.Day(EnteredOn),
            Household,
            HasLeft,
            StoreText.Word<Part>(Part)
        );
}

sealed class DrawnContactRow
{
    public string Contact { get; init; } = "";
    public int Municipality { get; init; }
    public string Stage { get; init; } = "";
    public string Part { get; init; } = "";
    public string DrawnOn { get; init; } = "";
    public double Likelihood { get; init; }

    public DrawnContact Drawn() =>
        new(
            new ContactId(Contact),
            Municipality,
            StoreText.Word<Stage>(Stage),
            StoreText.Word<Part>(Part),
            StoreText.Day(DrawnOn),
            Likelihood
        );
}

sealed class WatermarkRow
{
    public string AsOf { get; init; } = "";
    public int Generation { get; init; }
    public string ModelId { get; init; } = "";
    public string PolicyHash { get; init; } = "";

    public Watermark Watermark() => new(StoreText.Day(AsOf), Generation, ModelId, PolicyHash);
}

sealed class RunRow
{
    public long Id { get; init; }
    public string Job { get; init; } = "";
    public string AsOf { get; init; } = "";
    public string Part { get; init; } = "";
    public string State { get; init; } = "";
    public string Step { get; init; } = "";
    public double? Share { get; init; }
    public string? Doing { get; init; }
    public string Counts { get; init; } = "";
    public string? Error { get; init; }
    public int Attempts { get; init; }
    public int MaxAttempts { get; init; }
    public string StartedBy { get; init; } = "";
    public string? Worker { get; init; }
    public string? LeaseUntil { get; init; }
    public string? DueAt { get; init; }
    public string QueuedAt { get; init; } = "";
    public string? StartedAt { get; init; }
    public string? EndedAt { get; init; }

    public StoreRun Run() =>
        new(
            Id,
            StoreText.Day(AsOf),
            Job,
            Step,
            StoreText.Word<RunState>(State),
            Instant(StartedAt),
            Instant(EndedAt),
            Counts,
            Error
        )
        {
            Part = Part,
            Share = Share,
            Doing = Doing,
            Attempts = Attempts,
            MaxAttempts = MaxAttempts,
            StartedBy = StartedBy,
            Worker = Worker,
            LeaseUntil = Instant(LeaseUntil),
            DueAt = Instant(DueAt),
            QueuedAt = StoreText.Instant(QueuedAt),
        };

    static DateTime? Instant(string? text) => text is null ? null : StoreText.Instant(text);
}

sealed class NightsRow
{
    public string? LastSuccess { get; init; }
    public string? FirstAsked { get; init; }
}

sealed class QueueAgeRow
{
    public string Job { get; init; } = "";
    public string DueAt { get; init; } = "";
}

sealed class AlarmRow
{
    public string Key { get; init; } = "";
    public string Words { get; init; } = "";
}
