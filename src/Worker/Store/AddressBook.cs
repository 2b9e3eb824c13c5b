using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>The addresses that mail is sent to, by the lake's salted hash; the only place in a home that holds them.</summary>
public sealed class AddressBook(LeadStore store)
{
    /// <summary>Where a contact gets its mail, null when it has no address.</summary>
    public ContactAddress? Of(ContactId contact) =>
        store
            .Rows<AddressRow, ContactAddress>(
                "address_of",
                r => new(new(r.Contact), r.Address, r.Language),
                new { contact = contact.Value }
            )
            .FirstOrDefault();

    /// <summary>Keeps addresses, in one transaction; the same ones again change nothing, in whatever order they come.</summary>
    /// <param name="on">The day; addresses of contacts who never said yes or no are not kept for ever.</param>
    public void Put(IEnumerable<SeenAddress> addresses, DateOnly on) =>
        store.ExecuteAll(
            "put_address",
            addresses.Select(a => new
            {
                subject = a.Subject,
                address = a.Address,
                language = a.Language,
                seen_at = StoreText.Instant(a.SeenAt),
                taken_on = StoreText.Day(on),
                contact = a.Contact?.Value,
            })
        );

    /// <summary>Removes every address of contacts, from the store's files as well.</summary>
    /// <returns>How many.</returns>
    public int Forget(IEnumerable<ContactId> contacts)
    {
        var gone = store.ExecuteAll("forget_addresses", contacts.Select(c => new { contact = c.Value }));
        store.Forget();
        return gone;
    }

    sealed class AddressRow
    {
        public string Contact { get; init; } = "";
        public string Address { get; init; } = "";
        public string? Language { get; init; }
    }
}
