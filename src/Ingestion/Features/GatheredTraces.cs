namespace LeadScoring.Ingestion.Features;

/// <summary>One contact's traces copied together from several runs or chunks; reused from contact to contact.</summary>
sealed class GatheredTraces
{
    int _count;
    bool _unsorted;
    Columns _columns = new(256);
    Columns _spare = new(256);
    int[] _order = new int[256];
    long[] _keys = new long[256];

    public void Clear() => (_count, _unsorted) = (0, false);

    /// <summary>Adds traces that ascend by time.</summary>
    public void Add(in TraceRows rows)
    {
        unchecked
        {
            Reserve(_count + rows.Count);
            _unsorted |= _count > 0 && rows.At[0] < _columns.At[_count - 1];
            _columns.Copy(rows, _count);
            _count += rows.Count;
        }
    }

    /// <summary>All that was added, in order of time; the order of equal instants does not matter.</summary>
    public TraceRows Sorted()
    {
        unchecked
        {
            if (_unsorted)
            {
                for (var index = 0; index < _count; index++)
                    (_keys[index], _order[index]) = (_columns.At[index], index);
                Array.Sort(_keys, _order, 0, _count);
                _spare.Pick(_columns, _order.AsSpan(0, _count));
                (_columns, _spare) = (_spare, _columns);
                _unsorted = false;
            }
            return _columns.Rows(_count);
        }
    }

    void Reserve(int count)
    {
        if (count <= _keys.Length)
            return;
        var capacity = Math.Max(count, 2 * _keys.Length);
        var larger = new Columns(capacity);
        larger.Copy(_columns.Rows(_count), 0);
        _columns = larger;
        _spare = new Columns(capacity);
        _order = new int[capacity];
        _keys = new long[capacity];
    }

    sealed class Columns(int capacity)
    {
        readonly long[] _knownAt = new long[capacity];
        readonly ushort[] _kind = new ushort[capacity];
        readonly ushort[] _channel = new ushort[capacity];
        readonly ushort[] _theme = new ushort[capacity];
        readonly ushort[] _municipality = new ushort[capacity];
        readonly float[] _value = new float[capacity];
        readonly byte[] _automated = new byte[capacity];

        public long[] At { get; } = new long[capacity];

        public TraceRows Rows(int count) =>
            new(
                At.AsSpan(0, count),
                _knownAt.AsSpan(0, count),
                _kind.AsSpan(0, count),
                _channel.AsSpan(0, count),
                _theme.AsSpan(0, count),
                _municipality.AsSpan(0, count),
                _value.AsSpan(0, count),
                _automated.AsSpan(0, count)
            );

        public void Copy(in TraceRows rows, int to)
        {
            rows.At.CopyTo(At.AsSpan(to));
            rows.KnownAt.CopyTo(_knownAt.AsSpan(to));
            rows.Kind.CopyTo(_kind.AsSpan(to));
            rows.Channel.CopyTo(_channel.AsSpan(to));
            rows.Theme.CopyTo(_theme.AsSpan(to));
            rows.Municipality.CopyTo(_municipality.AsSpan(to));
            rows.Value.CopyTo(_value.AsSpan(to));
            rows.Automated.CopyTo(_automated.AsSpan(to));
        }

        public void Pick(Columns from, ReadOnlySpan<int> order)
        {
            for (var index = 0; index < order.Length; index++)
            {
                var row = order[index];
                At[index] = from.At[row];
                _knownAt[index] = from._knownAt[row];
                _kind[index] = from._kind[row];
                _channel[index] = from._channel[row];
                _theme[index] = from._theme[row];
                _municipality[index] = from._municipality[row];
                _value[index] = from._value[row];
                _automated[index] = from._automated[row];
            }
        }
    }
}
