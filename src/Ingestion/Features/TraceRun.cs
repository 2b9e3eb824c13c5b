using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>One sorted run of traces, read forwards as contacts are asked for in the order of their UTF-8 bytes.</summary>
sealed class TraceRun(QueryResult result) : IDisposable
{
    Chunk? _chunk;
    int _row;
    bool _ended;

    /// <summary>Adds the contact's traces, skipping those of contacts before it.</summary>
    public void Read(ReadOnlySpan<byte> contact, ContactTraces traces, FeaturePlan plan)
    {
        while (Fill())
        {
            if (!ReadChunk(_chunk!, contact, traces, plan))
                return;
        }
    }

    // True when the chunk is used up and the contact's traces may go on in the next.
    bool ReadChunk(Chunk chunk, ReadOnlySpan<byte> contact, ContactTraces traces, FeaturePlan plan)
    {
        unchecked
        {
            var row = _row;
            var contacts = chunk[0];
            var order = -1;
            while (row < chunk.Count && (order = contacts.TextBytes(row).SequenceCompareTo(contact)) < 0)
                row++;
            var first = row;
            while (row < chunk.Count && order == 0)
            {
                row++;
                if (row < chunk.Count && !contacts.TextBytes(row).SequenceEqual(contact))
                    order = 1;
            }
            if (row > first)
                Add(chunk, first, row, traces, plan);
            _row = row;
            return row == chunk.Count;
        }
    }

    static void Add(Chunk chunk, int first, int end, ContactTraces traces, FeaturePlan plan)
    {
        unchecked
        {
            var at = chunk.Span<long>(1);
            var knownAt = chunk.Span<long>(2);
            var kind = chunk.Span<ushort>(3);
            var channel = chunk.Span<ushort>(4);
            var theme = chunk.Span<ushort>(5);
            var municipality = chunk.Span<ushort>(6);
            var value = chunk.Span<float>(7);
            var automated = chunk.Span<byte>(8);
            var values = chunk[7];
            for (var row = first; row < end; row++)
            {
                traces.Add(
                    plan.Slots,
                    plan.Calendar,
                    at[row],
                    knownAt[row],
                    kind[row],
                    channel[row],
                    theme[row],
                    municipality[row],
                    values.IsNull(row) ? float.NaN : value[row],
                    automated[row] != 0
                );
            }
        }
    }

    bool Fill()
    {
        if (_ended || (_chunk is not null && _row < _chunk.Count))
            return !_ended;
        do
        {
            _chunk = result.Next();
        } while (_chunk is { Count: 0 });
        _row = 0;
        _ended = _chunk is null;
        return !_ended;
    }

    public void Dispose() => result.Dispose();
}
