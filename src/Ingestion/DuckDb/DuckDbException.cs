namespace LeadScoring.Ingestion.DuckDb;

/// <summary>DuckDB refused a statement; the message names the statement, not its parameters.</summary>
public sealed class DuckDbException : Exception
{
    /// <param name="statement">The name the statement was run under.</param>
    /// <param name="message">What DuckDB said.</param>
    public DuckDbException(string statement, string message)
        : base($"{statement}: {message}") => Statement = statement;

    public DuckDbException(string message)
        : base(message) { }

    public DuckDbException(string message, Exception cause)
        : base(message, cause) { }

    public DuckDbException() { }

    /// <summary>The name the failing statement was run under.</summary>
    public string Statement { get; } = "";
}
