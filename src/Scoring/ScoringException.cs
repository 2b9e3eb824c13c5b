namespace LeadScoring.Scoring;

/// <summary>Something about a table, its labels, the options or a model file that the analyst can mend.</summary>
/// <remarks>The message says what was found, where, what was expected and what to do, and holds no personal data.</remarks>
public sealed class ScoringException : Exception
{
    public ScoringException(string message)
        : base(message) { }

    public ScoringException(string message, Exception cause)
        : base(message, cause) { }

    public ScoringException() { }
}
