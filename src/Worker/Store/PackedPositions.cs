using System.Collections;
using System.Diagnostics.CodeAnalysis;
using LeadScoring.Funnel;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Store;

/// <summary>Positions as a dictionary that keeps each in 44 bytes and makes it anew when it is asked for.</summary>
/// <param name="contacts">Who is held elsewhere already, so that ids of millions lie in memory once.</param>
sealed class PackedPositions(ContactNumbers contacts)
    : IReadOnlyDictionary<ContactId, FunnelPosition>,
        IReadOnlyCollection<FunnelPosition>
{
    readonly PackedRows<Row> _rows = new();

    /// <summary>By the contact's number: its row, and 1 more; 0 when it has none.</summary>
    readonly List<int> _places = [];

    /// <summary>The few causes and models that there are.</summary>
    readonly PackedWords _words = new();

    public int Count => _rows.Count;

    public IEnumerable<ContactId> Keys => Enumerable.Range(0, Count).Select(row => contacts[_rows[row].Contact]);

    /// <summary>In the order in which their contacts were first put in.</summary>
    public IEnumerable<FunnelPosition> Values => Enumerable.Range(0, Count).Select(row => Unpack(_rows[row]));

    public FunnelPosition this[ContactId key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException("no such contact");

    /// <summary>Keeps the position in place of an earlier one of the contact.</summary>
    public void Put(FunnelPosition position)
    {
        var number = contacts.Of(position.Contact);
        if (_places.Count <= number)
        {
            _places.EnsureCapacity(contacts.Count);
            while (_places.Count <= number)
                _places.Add(0);
        }
        if (_places[number] == 0)
        {
            _rows.Add(default);
            _places[number] = Count;
        }
        _rows[_places[number] - 1] = Pack(position, number);
    }

    public bool ContainsKey(ContactId key) => RowOf(key) >= 0;

    public bool TryGetValue(ContactId key, [MaybeNullWhen(false)] out FunnelPosition value)
    {
        var row = RowOf(key);
        value = row < 0 ? null : Unpack(_rows[row]);
        return value is not null;
    }

    public IEnumerator<KeyValuePair<ContactId, FunnelPosition>> GetEnumerator() =>
        Values.Select(position => KeyValuePair.Create(position.Contact, position)).GetEnumerator();

    IEnumerator<FunnelPosition> IEnumerable<FunnelPosition>.GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int RowOf(ContactId contact) =>
        contacts.Find(contact) is { } number && number < _places.Count ? _places[number] - 1 : -1;

    Row Pack(FunnelPosition position, int contact) =>
        new(
            position.LastSignal?.Ticks ?? -1,
            position.LastWord?.At.Ticks ?? -1,
            contact,
            position.Since,
            position.AsOf,
            checked((ushort)position.Municipality),
            checked((ushort)position.RunnerUp),
            checked((ushort)_words.Of(position.Cause)),
            position.ModelId is { } model ? checked((ushort)(_words.Of(model) + 1)) : (ushort)0,
            (byte)position.Stage,
            (byte)(position.LastWord?.Kind ?? SignalKind.Opened)
        );

    FunnelPosition Unpack(in Row row) =>
        new(
            contacts[row.Contact],
            (Stage)row.Stage,
            row.Since,
            row.LastSignal < 0 ? null : new DateTime(row.LastSignal, DateTimeKind.Utc),
            row.Municipality,
            row.RunnerUp,
            _words[row.Cause],
            row.Model == 0 ? null : _words[row.Model - 1],
            row.AsOf,
            row.WordAt < 0 ? null : new Word((SignalKind)row.Word, new DateTime(row.WordAt, DateTimeKind.Utc))
        );

    readonly record struct Row(
        long LastSignal,
        long WordAt,
        int Contact,
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
