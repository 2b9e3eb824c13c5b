using LeadScoring.Ingestion.Addresses;
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

    /// <summary>All that is held of a contact's addresses, the one it gets its mail at first: for the contact itself.</summary>
    public IReadOnlyList<SeenAddress> Held(ContactId contact) =>
        store.Rows<AddressRow, SeenAddress>(
            "addresses_held",
            r => new(r.Subject, r.Address, r.Language, StoreText.Instant(r.SeenAt), contact),
            new { contact = contact.Value }
        );

    /// <summary>Keeps addresses, in one transaction; the same ones again change nothing, in whatever order they come.</summary>
    /// <param name="on">The day; addresses of contacts who never said yes or no are not kept for ever.</param>
    public void Put(IEnumerable<SeenAddress> addresses, DateOnly on) =>
        store.InTransaction(writer =>
        {
            writer.Run("unsettle_addresses", [new { }]);
            return writer.Run(
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
        });

    /// <summary>Gives every address its contact of now and removes those that are nobody's or may not be kept.</summary>
    /// <remarks>Nothing is asked when the lake's state is the one of the last time and no address came since.</remarks>
    /// <param name="state">Names what the contacts of addresses depend on.</param>
    /// <param name="changes">Which of the kept addresses change hands; null for nobody's.</param>
    /// <returns>How many were given another contact, and how many went.</returns>
    public (int Moved, int Gone) Settle(
        string state,
        Func<IEnumerable<KeptAddress>, IReadOnlyList<OwnedAddress>> changes
    )
    {
        var settled = store.Reading<string, string?>("addresses_settled", rows => rows.FirstOrDefault());
        if (string.Equals(settled, state, StringComparison.Ordinal))
            return (0, 0);
        var changed = store.Reading<KeptRow, IReadOnlyList<OwnedAddress>>(
            "kept_addresses",
            rows => changes(rows.Select(r => new KeptAddress(r.Subject, r.Contact, StoreText.Day(r.TakenOn))))
        );
        var result = store.InTransaction(writer =>
        {
            var moved = writer.Run(
                "own_address",
                changed.Where(a => a.Contact is not null).Select(a => new { subject = a.Subject, contact = a.Contact })
            );
            var gone = writer.Run(
                "drop_address",
                changed.Where(a => a.Contact is null).Select(a => new { subject = a.Subject })
            );
            writer.Run("settle_addresses", [new { lake_state = state }]);
            return (moved, gone);
        });
        if (result.gone > 0)
            store.Forget();
        return result;
    }

    /// <summary>Removes every address of contacts, from the store's files as well.</summary>
    /// <returns>How many.</returns>
    public int Forget(IEnumerable<ContactId> contacts)
    {
        var gone = store.ExecuteAll("forget_addresses", contacts.Select(c => new { contact = c.Value }));
        store.Forget();
        return gone;
    }

    sealed class KeptRow
    {
        public string Subject { get; init; } = "";
        public string? Contact { get; init; }
        public string TakenOn { get; init; } = "";
    }

    sealed class AddressRow
    {
        public string Subject { get; init; } = "";
        public string SeenAt { get; init; } = "";
        public string Contact { get; init; } = "";
        public string Address { get; init; } = "";
        public string? Language { get; init; }
    }
}
