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

    /// <summary>An exception in the usual form.</summary>
    public static WorkerException Of(string where, string found, string expected, string remedy) =>
        new(Told(where, found, expected, remedy));

    /// <summary>The usual form of a message: where, what was found, what was expected, what to do.</summary>
    public static string Told(string where, string found, string expected, string remedy) =>
        $"{where}: {found}, expected {expected}; {remedy}";
}
