namespace LeadScoring.Ingestion.Tables;

/// <summary>Which columns of a table play which part; all others are features.</summary>
public sealed record TableColumns
{
    /// <summary>The column to foresee; null when the table is only to be scored.</summary>
    public string? Label { get; init; }

    /// <summary>Values of the label that are positive, all others negative; empty to let the values say it.</summary>
    public IReadOnlyList<string> Positive { get; init; } = [];

    /// <summary>Names the rows; without it they are named by their number.</summary>
    public string? Id { get; init; }

    /// <summary>When each row was: a date, an instant, or a number of days.</summary>
    public string? Time { get; init; }

    /// <summary>Weight of each row, above 0.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns that are not used.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>The order of the rows in the file is that of time.</summary>
    public bool FileOrder { get; init; }
}

/// <summary>A table that was read.</summary>
/// <param name="Table">Sorted by as-of and contact; without a time all rows are of one instant.</param>
/// <param name="Positive">The label's values that count as 1; empty without a label.</param>
/// <param name="Warnings">What the analyst should know: columns left out, guesses made, levels never seen.</param>
public sealed record TableRead(
    Features.FeatureTable Table,
    IReadOnlyList<string> Positive,
    IReadOnlyList<string> Warnings
);
