using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Store;

/// <summary>Rows of what was sent, each with the way to the type that others know.</summary>
sealed class SentBeforeRow
{
    public string Contact { get; init; } = "";
    public string ReservedAt { get; init; } = "";
}

sealed class VariantCountRow
{
    public int Municipality { get; init; }
    public string Stage { get; init; } = "";
    public string Variant { get; init; } = "";
    public long Sent { get; init; }
    public long Answered { get; init; }
    public long Awaited { get; init; }

    public VariantCount Count() => new(Municipality, StoreText.Word<Stage>(Stage), Variant, Sent, Answered, Awaited);
}

sealed class AwaitedRow
{
    public string Key { get; init; } = "";
    public string Stage { get; init; } = "";
    public string ReservedAt { get; init; } = "";
    public string? ToStage { get; init; }
    public string? EvidenceAt { get; init; }

    public AwaitedMessage Message() =>
        new(
            Key,
            StoreText.Word<Stage>(Stage),
            StoreText.Instant(ReservedAt),
            ToStage is null ? null : StoreText.Word<Stage>(ToStage),
            EvidenceAt is null ? null : StoreText.Instant(EvidenceAt)
        );
}

sealed class SentMessageRow
{
    public string Key { get; init; } = "";
    public int Municipality { get; init; }
    public string Kind { get; init; } = "";
    public string Stage { get; init; } = "";
    public string Variant { get; init; } = "";
    public string ReservedAt { get; init; } = "";
    public string State { get; init; } = "";
    public string? AnsweredAt { get; init; }

    public SentMessage Message() =>
        new(
            Key,
            Municipality,
            StoreText.Word<FollowUpKind>(Kind),
            StoreText.Word<Stage>(Stage),
            Variant,
            StoreText.Instant(ReservedAt),
            StoreText.Word<SentState>(State),
            AnsweredAt is null ? null : StoreText.Instant(AnsweredAt)
        );
}

sealed class MailTroubleRow
{
    public string Since { get; init; } = "";
    public string Words { get; init; } = "";
}
