namespace LeadScoring.Ingestion;

/// <summary>Something in the home, its files or its settings that the operator can mend.</summary>
/// <remarks>The message says what was found, where, what was expected and what to do, and holds no personal data.</remarks>
public sealed class IngestionException : Exception
{
    public IngestionException(string message)
        : base(message) { }

    public IngestionException(string message, Exception cause)
        : base(message, cause) { }

    public IngestionException() { }

    /// <summary>Whether it is only that another process writes the lake at the moment.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Line of the quote for which a delimited text cannot be read with quotes; null when it is for something else.</summary>
    internal long? StrayQuote { get; init; }
}
