using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>All runs of a bucket's traces side by side: a contact's traces of all of them, in order of time.</summary>
/// <remarks>Most contacts lie whole in one chunk of one run and are read where they lie; the others are copied together.</remarks>
sealed class BucketTraces : IDisposable
{
    readonly List<Run> _runs = [];
    readonly GatheredTraces _gathered = new();

    /// <param name="earliest">
    /// µs of the earliest instant that traces are looked at from; of files that hold nothing unknown then, when each
    /// became known is not read.
    /// </param>
    public BucketTraces(Database database, IReadOnlyList<string> files, long? earliest, CancellationToken cancellation)
    {
        try
        {
            foreach (var file in files)
            {
                var query = IsAllKnown(database, file, earliest, cancellation) ? "KnownTraces" : "Traces";
                _runs.Add(new Run(new SortedRun(database, query, file, cancellation)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The traces of a contact, valid until the next is asked for; contacts come in the order of their UTF-8 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TraceRows Read(ReadOnlySpan<byte> contact)
    {
        Run? only = null;
        var having = 0;
        foreach (var run in _runs)
        {
            if (run.Rows.MoveTo(contact))
                (only, having) = (run, having + 1);
        }
        if (only is null)
            return default;
        if (having == 1 && !only.Rows.MayGoOn)
            return only.Here();
        _gathered.Clear();
        foreach (var run in _runs)
        {
            while (run.Rows.MoveTo(contact))
            {
                _gathered.Add(run.Here());
                run.Rows.Move();
            }
        }
        return _gathered.Sorted();
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Rows.Dispose();
    }

    static bool IsAllKnown(Database database, string file, long? earliest, CancellationToken cancellation)
    {
        if (earliest is not { } instant)
            return false;
        using var connection = database.Connect();
        using var result = FeatureSql.Query(
            connection,
            "AllKnown",
            [file],
            cancellation,
            ("before", Time.Instant(instant))
        );
        return result.Next() is { Count: 1 } chunk && chunk.Span<byte>(0)[0] != 0;
    }

    sealed class Run(SortedRun rows)
    {
        const int KnownAt = 8;

        readonly float[] _values = new float[2048];
        int _chunkOfValues;

        public SortedRun Rows { get; } = rows;

        /// <summary>The traces of the contact at hand in the chunk at hand.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public TraceRows Here()
        {
            var chunk = Rows.Chunk!;
            if (_chunkOfValues != Rows.Chunks)
            {
                chunk[6].CopyWithNaN(_values);
                _chunkOfValues = Rows.Chunks;
            }
            var all = new TraceRows(
                chunk.Span<long>(1),
                chunk.Span<long>(Rows.Columns > KnownAt ? KnownAt : 1), // known at once says the same as known by now
                chunk.Span<ushort>(2),
                chunk.Span<ushort>(3),
                chunk.Span<ushort>(4),
                chunk.Span<ushort>(5),
                _values,
                chunk.Span<byte>(7)
            );
            return all.Slice(Rows.First, Rows.End - Rows.First);
        }
    }
}
