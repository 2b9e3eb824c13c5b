using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>All runs of a bucket's traces side by side: a contact's traces of all of them, in order of time.</summary>
/// <remarks>Most contacts lie whole in one chunk of one run and are read where they lie; the others are copied together.</remarks>
sealed class BucketTraces : IDisposable
{
    readonly List<Run> _runs = [];
    readonly GatheredTraces _gathered = new();

    public BucketTraces(Database database, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        try
        {
            foreach (var file in files)
                _runs.Add(new Run(new SortedRun(database, "Traces", file, cancellation)));
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

    sealed class Run(SortedRun rows)
    {
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
                chunk[7].CopyWithNaN(_values);
                _chunkOfValues = Rows.Chunks;
            }
            var all = new TraceRows(
                chunk.Span<long>(1),
                chunk.Span<long>(2),
                chunk.Span<ushort>(3),
                chunk.Span<ushort>(4),
                chunk.Span<ushort>(5),
                chunk.Span<ushort>(6),
                _values,
                chunk.Span<byte>(8)
            );
            return all.Slice(Rows.First, Rows.End - Rows.First);
        }
    }
}
