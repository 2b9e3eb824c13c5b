namespace LeadScoring.Worker;

/// <summary>Something about the home, the store or the command line that the operator can mend.</summary>
/// <remarks>The message says what was found, where, what was expected and what to do, and holds no personal data.</remarks>
public sealed class WorkerException : Exception
{
    public WorkerException(string message)
        : base(message) { }

    public WorkerException(string message, Exception cause)
        : base(message, cause) { }

    public WorkerException() { }
}
