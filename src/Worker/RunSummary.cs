using LeadScoring.Ingestion;

namespace LeadScoring.Worker;

/// <summary>What <c>leads run --json</c> and <c>leads demo --json</c> print.</summary>
public sealed record RunSummary
{
    public required string Home { get; init; }
    public required DateOnly AsOf { get; init; }

    /// <summary>Contacts known, consenting or not.</summary>
    public required int Contacts { get; init; }

    /// <summary>Rows of everything the lake has ever been given.</summary>
    public required RowCounts Traces { get; init; }

    /// <summary>Rows of what was new in this run.</summary>
    public required RowCounts NewTraces { get; init; }

    /// <summary>What was too old to be kept; null when leads.json names no time of keeping.</summary>
    public Retention? Retention { get; init; }

    /// <summary>Columns of the feature table.</summary>
    public required int Features { get; init; }
    public required ModelFigures Model { get; init; }
    public required int Scored { get; init; }

    /// <summary>Contacts that may not be scored.</summary>
    public required int WithoutConsent { get; init; }

    /// <summary>Changes of stage in this run, first entries included.</summary>
    public required int Moved { get; init; }

    /// <summary>Follow-ups planned in this run.</summary>
    public required int FollowUps { get; init; }
    public required IReadOnlyList<ListFigures> Lists { get; init; }

    /// <summary>Wall-clock seconds by step.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>The model's report, an HTML file.</summary>
    public required string Report { get; init; }

    /// <summary>What somebody should look at: refused files, rejects, thin data.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>What the runs table keeps of a night.</summary>
public sealed record NightCounts(
    long Read,
    long Accepted,
    long Rejected,
    long Duplicate,
    int Contacts,
    int Scored,
    int Moved,
    int FollowUps,
    int Leads
)
{
    public static NightCounts Of(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(
            summary.NewTraces.Read,
            summary.NewTraces.Accepted,
            summary.NewTraces.Rejected,
            summary.NewTraces.Duplicate,
            summary.Contacts,
            summary.Scored,
            summary.Moved,
            summary.FollowUps,
            summary.Lists.Sum(list => list.Leads)
        );
    }
}

/// <summary>Always <c>Read = Accepted + Rejected + Duplicate + Erased</c>.</summary>
/// <param name="Erased">Rows of contacts that had been erased before.</param>
public sealed record RowCounts(long Read, long Accepted, long Rejected, long Duplicate, long Erased = 0)
{
    /// <summary>Rows of everything a lake has ever been given.</summary>
    public static RowCounts Of(Lake lake) =>
        new(
            lake.Manifest.Batches.Sum(batch => batch.Read),
            lake.Manifest.Batches.Sum(batch => batch.Accepted),
            lake.Manifest.Batches.Sum(batch => batch.Rejected),
            lake.Manifest.Batches.Sum(batch => batch.Duplicate),
            lake.Manifest.Batches.Sum(batch => batch.Erased)
        );
}

/// <summary>The model in force, by its figures on later rows; null where the test rows could not give one.</summary>
public sealed record ModelFigures(
    string Id,
    double Auc,
    double AucLow,
    double AucHigh,
    double Ece,
    double BaselineAuc,
    string Verdict
);

/// <summary>One municipality's list.</summary>
public sealed record ListFigures(string Municipality, int Code, int Leads, string Path);
