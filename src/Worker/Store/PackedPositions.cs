using System.Collections;
using System.Diagnostics.CodeAnalysis;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>All positions as a dictionary that keeps each in 48 bytes and makes it anew when it is asked for.</summary>
sealed class PackedPositions : IReadOnlyDictionary<ContactId, FunnelPosition>
{
    const int PieceBits = 15;

    /// <summary>Pieces are never moved: one array that grows by doubling would for a moment need three times the room.</summary>
    readonly List<Row[]> _pieces = [];
    readonly Dictionary<ContactId, int> _numbers;

    /// <summary>The few causes and models that there are.</summary>
    readonly List<string> _words = [];
    readonly Dictionary<string, ushort> _wordNumbers = new(StringComparer.Ordinal);

    /// <param name="shared">An id as it is held elsewhere already, null when it is not.</param>
    public PackedPositions(IEnumerable<FunnelPosition> positions, Func<ContactId, ContactId>? shared = null)
    {
        foreach (var position in positions)
        {
            if (Count >> PieceBits == _pieces.Count)
                _pieces.Add(new Row[1 << PieceBits]);
            Number(Count) = Pack(shared is null ? position : position with { Contact = shared(position.Contact) });
            Count++;
        }
        _numbers = new(Count);
        for (var number = 0; number < Count; number++)
            _numbers.Add(Number(number).Contact, number);
    }

    public int Count { get; }

    public IEnumerable<ContactId> Keys => Enumerable.Range(0, Count).Select(number => Number(number).Contact);

    public IEnumerable<FunnelPosition> Values => Enumerable.Range(0, Count).Select(number => Unpack(Number(number)));

    public FunnelPosition this[ContactId key] => Unpack(Number(_numbers[key]));

    public bool ContainsKey(ContactId key) => _numbers.ContainsKey(key);

    public bool TryGetValue(ContactId key, [MaybeNullWhen(false)] out FunnelPosition value)
    {
        value = _numbers.TryGetValue(key, out var number) ? Unpack(Number(number)) : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<ContactId, FunnelPosition>> GetEnumerator() =>
        Values.Select(position => KeyValuePair.Create(position.Contact, position)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    ref Row Number(int number) => ref _pieces[number >> PieceBits][number & ((1 << PieceBits) - 1)];

    Row Pack(FunnelPosition position) =>
        new(
            position.Contact,
            position.LastSignal?.Ticks ?? -1,
            position.LastWord?.At.Ticks ?? -1,
            position.Since,
            position.AsOf,
            checked((ushort)position.Municipality),
            checked((ushort)position.RunnerUp),
            NumberOf(position.Cause),
            position.ModelId is { } model ? NumberOf(model) : ushort.MaxValue,
            (byte)position.Stage,
            (byte)(position.LastWord?.Kind ?? SignalKind.Opened)
        );

    FunnelPosition Unpack(in Row row) =>
        new(
            row.Contact,
            (Stage)row.Stage,
            row.Since,
            row.LastSignal < 0 ? null : new DateTime(row.LastSignal, DateTimeKind.Utc),
            row.Municipality,
            row.RunnerUp,
            _words[row.Cause],
            row.Model == ushort.MaxValue ? null : _words[row.Model],
            row.AsOf,
            row.WordAt < 0 ? null : new Word((SignalKind)row.Word, new DateTime(row.WordAt, DateTimeKind.Utc))
        );

    ushort NumberOf(string word)
    {
        if (_wordNumbers.TryGetValue(word, out var number))
            return number;
        if (_words.Count == ushort.MaxValue)
            throw new InvalidOperationException("more causes and models than a store can have");
        _words.Add(word);
        _wordNumbers.Add(word, (ushort)(_words.Count - 1));
        return (ushort)(_words.Count - 1);
    }

    readonly record struct Row(
        ContactId Contact,
        long LastSignal,
        long WordAt,
        DateOnly Since,
        DateOnly AsOf,
        ushort Municipality,
        ushort RunnerUp,
        ushort Cause,
        ushort Model,
        byte Stage,
        byte Word
    );
}
