namespace LeadScoring.Scoring.Evaluation;

/// <summary>How test rows are held apart from training rows.</summary>
public enum SplitKind
{
    /// <summary>Every training row's horizon ends before the first test day.</summary>
    LaterDays,

    /// <summary>Test days are later, but horizons of training rows reach into them; the warnings say for whom.</summary>
    LaterDaysOverlapping,

    /// <summary>By a seeded hash of the contact: the table has one instant only, or no time at all.</summary>
    Contacts,
}

/// <summary>Row indexes of a labelled table, held apart.</summary>
/// <param name="Train">Rows to learn from, in table order.</param>
/// <param name="Test">Rows to be judged on, in table order.</param>
/// <param name="TestFrom">First test instant (UTC), or null when the split is by contact.</param>
/// <param name="Warnings">What the reader of the figures has to know, in plain words.</param>
public sealed record BacktestSplit(
    SplitKind Kind,
    int[] Train,
    int[] Test,
    DateTime? TestFrom,
    IReadOnlyList<string> Warnings
);
