using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>All runs of a bucket side by side: a contact's traces from each, in order of time.</summary>
sealed class BucketTraces : IDisposable
{
    readonly List<Connection> _connections = [];
    readonly List<TraceRun> _runs = [];
    readonly FeaturePlan _plan;

    public BucketTraces(
        Database database,
        IReadOnlyList<string> files,
        FeaturePlan plan,
        CancellationToken cancellation
    )
    {
        _plan = plan;
        try
        {
            foreach (var file in files)
            {
                _connections.Add(database.Connect());
                _runs.Add(new TraceRun(FeatureSql.Query(_connections[^1], "Traces", [file], cancellation)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Replaces <paramref name="traces"/> by those of a contact; contacts come in the order of their UTF-8 bytes.</summary>
    public void Read(ReadOnlySpan<byte> contact, ContactTraces traces)
    {
        traces.Clear();
        foreach (var run in _runs)
            run.Read(contact, traces, _plan);
        traces.Sort();
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
