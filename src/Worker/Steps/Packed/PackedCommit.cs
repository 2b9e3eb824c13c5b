using System.Collections;
using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Steps.Packed;

/// <summary>What a night will write about millions, in rows of some bytes; each is made anew when it is asked for.</summary>
abstract class PackedList<T, TRow>(ContactNumbers contacts) : IReadOnlyCollection<T>
    where TRow : struct
{
    readonly PackedRows<TRow> _rows = new();

    public int Count => _rows.Count;

    protected ContactNumbers Contacts { get; } = contacts;

    /// <summary>The few causes, models and ends of keys that there are.</summary>
    protected PackedWords Words { get; } = new();

    public void Add(T one) => _rows.Add(Pack(one));

    public IEnumerator<T> GetEnumerator()
    {
        for (var row = 0; row < Count; row++)
            yield return Unpack(_rows[row]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected abstract TRow Pack(T one);

    protected abstract T Unpack(TRow row);
}

/// <summary>Contacts in the order in which they were added.</summary>
sealed class PackedContacts(ContactNumbers contacts) : PackedList<ContactId, int>(contacts)
{
    protected override int Pack(ContactId one) => Contacts.Of(one);

    protected override ContactId Unpack(int row) => Contacts[row];
}

/// <summary>Changes of stage in the order in which they were added.</summary>
sealed class PackedChanges(ContactNumbers contacts) : PackedList<StageChange, PackedChanges.Row>(contacts)
{
    const byte None = byte.MaxValue;

    protected override Row Pack(StageChange one) =>
        new(
            one.Evidence?.At.Ticks ?? 0,
            one.Lift ?? 0,
            Contacts.Of(one.Contact),
            one.Since,
            one.AsOf,
            checked((ushort)(one.Evidence?.Municipality ?? 0)),
            checked((ushort)Words.Of(one.Cause)),
            one.ModelId is { } model ? checked((ushort)(Words.Of(model) + 1)) : (ushort)0,
            (byte?)one.From ?? None,
            (byte)one.To,
            (byte?)one.Evidence?.Kind ?? None,
            one.Evidence?.Automated == true,
            one.Lift is not null
        );

    protected override StageChange Unpack(Row row) =>
        new(
            Contacts[row.Contact],
            row.From == None ? null : (Stage)row.From,
            (Stage)row.To,
            row.Since,
            Words[row.Cause],
            row.Evidence == None
                ? null
                : new(
                    (SignalKind)row.Evidence,
                    new DateTime(row.EvidenceAt, DateTimeKind.Utc),
                    row.Municipality,
                    row.IsAutomated
                ),
            row.HasLift ? row.Lift : null,
            row.Model == 0 ? null : Words[row.Model - 1],
            row.AsOf
        );

    internal readonly record struct Row(
        long EvidenceAt,
        double Lift,
        int Contact,
        DateOnly Since,
        DateOnly AsOf,
        ushort Municipality,
        ushort Cause,
        ushort Model,
        byte From,
        byte To,
        byte Evidence,
        bool IsAutomated,
        bool HasLift
    );
}

/// <summary>Follow-ups in the order in which they were added.</summary>
/// <remarks>A key begins with its contact's id, and how it goes on is said of many contacts alike.</remarks>
sealed class PackedFollowUps(ContactNumbers contacts) : PackedList<FollowUp, PackedFollowUps.Row>(contacts)
{
    protected override Row Pack(FollowUp one)
    {
        var tail = one.Key.StartsWith(one.Contact.Value, StringComparison.Ordinal);
        return new(
            one.DueAt.Ticks,
            Contacts.Of(one.Contact),
            Words.Of(tail ? one.Key[one.Contact.Value.Length..] : one.Key),
            Words.Of(one.Cause),
            checked((ushort)one.Municipality),
            (byte)one.Kind,
            (byte)one.Stage,
            tail
        );
    }

    protected override FollowUp Unpack(Row row)
    {
        var contact = Contacts[row.Contact];
        return new(
            row.IsTail ? contact.Value + Words[row.Key] : Words[row.Key],
            contact,
            row.Municipality,
            (FollowUpKind)row.Kind,
            (Stage)row.Stage,
            new DateTime(row.DueAt, DateTimeKind.Utc),
            Words[row.Cause]
        );
    }

    internal readonly record struct Row(
        long DueAt,
        int Contact,
        int Key,
        int Cause,
        ushort Municipality,
        byte Kind,
        byte Stage,
        bool IsTail
    );
}
