using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>All that a lake holds of one contact: for the contact itself, when it asks.</summary>
/// <param name="Contact">The id that the contact has in the lake; another one when the id asked for counts for it.</param>
/// <param name="Parts">Rows as JSON objects, by part (traces, register, consents, outcomes, ties, ids) and time.</param>
public sealed record KnownOfContact(string Contact, IReadOnlyList<(string Part, string Json)> Parts)
{
    public static KnownOfContact Read(string home, string contact, CancellationToken cancellation = default)
    {
        var lake = Lake.Open(home);
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, lake, bucket: null);
        const string Canonical =
            "select coalesce((select canonical from identities where contact = $contact), $contact)";
        var id = (string)connection.Scalar("canonical", Canonical, ("contact", contact))!;
        cancellation.ThrowIfCancellationRequested();
        return new(
            id,
            connection.Rows(
                "KnownOfContact.sql",
                EmbeddedSql.Read("Lake.KnownOfContact.sql"),
                (chunk, row) => (chunk.Text(0, row)!, chunk.Text(2, row)!),
                ("contact", contact),
                ("kinds", Lines(lake.Dictionary.Kinds)),
                ("channels", Lines(lake.Dictionary.Channels)),
                ("themes", Lines(lake.Dictionary.Themes)),
                ("sources", Lines(lake.Dictionary.Sources))
            )
        );
    }

    static string Lines(IReadOnlyList<string> words) => string.Join('\n', words);
}
