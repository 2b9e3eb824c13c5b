using LeadScoring.Ingestion.Addresses;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>Keeps in the store the e-mail addresses of which the lake has hashes only.</summary>
/// <remarks>The store is opened when there is something to keep or to look at, and made by the first address.</remarks>
static class KeepAddresses
{
    public static AddressKeeping Of(Home home, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        return new(
            given =>
            {
                using var store = LeadStore.Open(home.Path);
                new AddressBook(store).Put(
                    given.Select(a => new SeenAddress(a.Subject, a.Address, a.Language, a.At)),
                    DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)
                );
            },
            (owners, cancellation) =>
            {
                if (!LeadStore.Exists(home.Path))
                    return;
                using var store = LeadStore.Open(home.Path);
                new AddressBook(store).Settle(owners.State, kept => owners.Changes(kept, cancellation));
            }
        );
    }
}
