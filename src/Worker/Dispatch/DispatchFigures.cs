namespace LeadScoring.Worker.Dispatch;

/// <summary>What came of one municipality's dispatch.</summary>
/// <param name="Sent">Messages gone out, those recovered and uncertain included.</param>
/// <param name="Done">Calls that an officer has made since they were planned.</param>
/// <param name="Waiting">By cause: looked at again later.</param>
/// <param name="Lapsed">By cause: will not go out.</param>
/// <param name="Unreachable">Not taken by the mail server; they stay planned.</param>
/// <param name="Recovered">Found sent after a crash.</param>
/// <param name="Uncertain">May have arrived; not repeated.</param>
/// <param name="Left">Not looked at, because no mail server answered.</param>
public sealed record DispatchFigures(
    int Municipality,
    int Sent,
    int Done,
    IReadOnlyDictionary<string, int> Waiting,
    IReadOnlyDictionary<string, int> Lapsed,
    int Unreachable,
    int Recovered,
    int Uncertain,
    int Left
)
{
    /// <summary>Whether somebody should look at it.</summary>
    public bool HasTrouble => Unreachable > 0 || Uncertain > 0;
}

/// <summary>Counts by cause while a dispatch goes on.</summary>
sealed class Tally
{
    readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Add(string cause) => _counts[cause] = _counts.GetValueOrDefault(cause) + 1;
}
