using System.Text.Json.Nodes;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps;

/// <summary>All that a home holds of one contact, for the contact itself: the right of access (GDPR, article 15).</summary>
/// <param name="Addresses">E-mail addresses; nothing else that <c>leads</c> prints has any.</param>
public sealed record HeldOfContact(
    string Contact,
    IReadOnlyDictionary<string, JsonArray> Lake,
    IReadOnlyList<SeenAddress> Addresses,
    object? Position,
    object History,
    object FollowUps,
    object Sent,
    IReadOnlyList<object> Scores
);

/// <summary>Gathers what is held of one contact from lake, store and scores.</summary>
public static class TellContact
{
    /// <exception cref="WorkerException">Nothing is held of the contact.</exception>
    public static HeldOfContact Run(Home home, string contact, CancellationToken cancellation)
    {
        var known = KnownOfContact.Read(home.Path, contact, cancellation);
        var id = new ContactId(known.Contact);
        var scores = ScoresOf(home, id, cancellation);
        var (addresses, position, history, followUps, sent) = OfStore(home, id);
        if (known.Parts.Count == 0 && addresses.Count == 0 && position is null && scores.Count == 0)
            throw new WorkerException(
                $"Nothing is held of contact {contact}. Contacts are named by their id in the register."
            );
        return new(
            known.Contact,
            known
                .Parts.GroupBy(part => part.Part, StringComparer.Ordinal)
                .ToDictionary(
                    part => part.Key,
                    part => new JsonArray([.. part.Select(row => JsonNode.Parse(row.Json))]),
                    StringComparer.Ordinal
                ),
            addresses,
            position,
            history,
            followUps,
            sent,
            scores
        );
    }

    static (
        IReadOnlyList<SeenAddress> Addresses,
        object? Position,
        object History,
        object FollowUps,
        object Sent
    ) OfStore(Home home, ContactId contact)
    {
        if (!LeadStore.Exists(home.Path))
            return ([], null, Array.Empty<object>(), Array.Empty<object>(), Array.Empty<object>());
        using var store = LeadStore.Open(home.Path);
        return (
            new AddressBook(store).Held(contact),
            store.PositionOf(contact),
            store.History(contact),
            store.FollowUpsOf(contact),
            new Sendings(store).Of(contact)
        );
    }

    static List<object> ScoresOf(Home home, ContactId contact, CancellationToken cancellation)
    {
        var scores = new List<object>();
        foreach (var day in ScoreFile.AllDays(home.Path))
        {
            var run = ScoreFile.ReadSome(home.Path, day, [contact], buckets: null, cancellation);
            scores.AddRange(
                run.Scores.Select(score => new
                {
                    AsOf = day,
                    run.ModelId,
                    score.Score,
                    score.Municipalities,
                })
            );
        }
        return scores;
    }
}
