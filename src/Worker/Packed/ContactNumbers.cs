using System.Runtime.InteropServices;
using System.Text;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Packed;

/// <summary>Contacts numbered from 0 as they are met, so that what is known of millions can lie in flat arrays.</summary>
/// <remarks>
/// Their ids lie as bytes, found by open addressing: some twenty bytes a contact, where strings in a dictionary take eighty.
/// An id is made anew each time it is asked for.
/// </remarks>
sealed class ContactNumbers
{
    readonly PackedBytes _ids = new();

    /// <summary>By number: where the id's length and its bytes begin.</summary>
    readonly List<int> _begins = [];

    readonly PackedWriter _writer = new();

    /// <summary>Numbers and 1 more, 0 for a free slot; a power of two of them, at most two of three taken.</summary>
    int[] _slots = new int[64];

    public int Count => _begins.Count;

    public ContactId this[int number] => new(Encoding.UTF8.GetString(Bytes(number)));

    /// <summary>The contact's number, given to it now when it has none.</summary>
    public int Of(ContactId contact)
    {
        Span<byte> room = stackalloc byte[256];
        return Of(Encoded(contact, room));
    }

    /// <summary>The number of an id in UTF-8.</summary>
    public int Of(ReadOnlySpan<byte> id)
    {
        var slot = SlotOf(id);
        if (_slots[slot] != 0)
            return _slots[slot] - 1;
        _writer.Clear();
        _writer.Add(id.Length);
        _writer.Add(id);
        _begins.Add(_ids.Add(_writer.Written));
        _slots[slot] = Count;
        if (Count > _slots.Length / 3 * 2)
            Resize(_slots.Length * 2);
        return Count - 1;
    }

    /// <summary>The contact's number, null when it was never met.</summary>
    public int? Find(ContactId contact)
    {
        Span<byte> room = stackalloc byte[256];
        return _slots[SlotOf(Encoded(contact, room))] is > 0 and var found ? found - 1 : null;
    }

    /// <summary>Makes room at once: growing by doubling would need half as much again.</summary>
    public void Expect(int contacts)
    {
        _begins.EnsureCapacity(contacts);
        var slots = _slots.Length;
        while (contacts > slots / 3 * 2)
            slots *= 2;
        if (slots > _slots.Length)
            Resize(slots);
    }

    /// <summary>The numbers of these contacts, in the order of <see cref="ContactId.CompareTo"/>.</summary>
    public int[] InOrder(IEnumerable<ContactId> contacts)
    {
        var numbers = new List<int>(contacts is IReadOnlyCollection<ContactId> known ? known.Count : 0);
        foreach (var contact in contacts)
            numbers.Add(Of(contact));
        return InOrder(CollectionsMarshal.AsSpan(numbers));
    }

    /// <summary>These numbers in the order of their contacts.</summary>
    public int[] InOrder(ReadOnlySpan<int> numbers)
    {
        var sorted = numbers.ToArray();
        sorted.AsSpan().Sort(Compare);
        return sorted;
    }

    /// <summary>How their contacts compare.</summary>
    /// <remarks>
    /// By UTF-16 units, as strings are compared. UTF-8 has the same order but for what takes four bytes: in UTF-16 that comes
    /// before U+E000 to U+FFFF, whose first bytes are EE and EF.
    /// </remarks>
    public int Compare(int left, int right)
    {
        var a = Bytes(left);
        var b = Bytes(right);
        var same = a.CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length - b.Length : Unit(a[same]) - Unit(b[same]);

        static int Unit(byte first) => first is 0xEE or 0xEF ? first + 0x100 : first;
    }

    ReadOnlySpan<byte> Bytes(int number)
    {
        var run = _ids.From(_begins[number]);
        var reader = new PackedReader(run);
        var length = reader.Next();
        return run.Slice(reader.Read, length);
    }

    /// <summary>Where the id stands, or the free slot where it would.</summary>
    int SlotOf(ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.AddBytes(id);
        var slot = hash.ToHashCode() & (_slots.Length - 1);
        while (_slots[slot] != 0 && !Bytes(_slots[slot] - 1).SequenceEqual(id))
            slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    void Resize(int slots)
    {
        _slots = new int[slots];
        for (var number = 0; number < Count; number++)
            _slots[SlotOf(Bytes(number))] = number + 1;
    }

    static ReadOnlySpan<byte> Encoded(ContactId contact, Span<byte> room) =>
        Encoding.UTF8.TryGetBytes(contact.Value, room, out var length)
            ? room[..length]
            : Encoding.UTF8.GetBytes(contact.Value);
}
