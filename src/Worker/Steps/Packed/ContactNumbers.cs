using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Steps.Packed;

/// <summary>Contacts numbered from 0 as they are met, so that what is known of millions can lie in flat arrays.</summary>
sealed class ContactNumbers
{
    readonly Dictionary<ContactId, int> _numbers = [];
    readonly List<ContactId> _contacts = [];

    public int Count => _contacts.Count;

    public ContactId this[int number] => _contacts[number];

    /// <summary>The contact's number, given to it now when it has none.</summary>
    public int Of(ContactId contact)
    {
        if (_numbers.TryGetValue(contact, out var number))
            return number;
        _numbers.Add(contact, _contacts.Count);
        _contacts.Add(contact);
        return _contacts.Count - 1;
    }

    /// <summary>The contact's number, null when it was never met.</summary>
    public int? Find(ContactId contact) => _numbers.TryGetValue(contact, out var number) ? number : null;

    /// <summary>The id as it is held here, itself when it was never met.</summary>
    public ContactId Shared(ContactId contact) => Find(contact) is { } number ? _contacts[number] : contact;

    /// <summary>Makes room at once: growing by doubling would need half as much again.</summary>
    public void Expect(int contacts)
    {
        _numbers.EnsureCapacity(contacts);
        _contacts.EnsureCapacity(contacts);
    }
}
