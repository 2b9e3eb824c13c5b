using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Finds which ids of contacts are one contact, from addresses that they share and from what was said outright.</summary>
static class ContactIdentities
{
    const string Tables = """
        create table identities_now as select contact, canonical, known_at from identities;
        create table identities_out (contact varchar, canonical varchar, known_at timestamp, bucket utinyint);
        create table moved_contacts (contact varchar);
        """;

    /// <summary>Two contacts meet at an address, one of them there for the first time; or somebody said something.</summary>
    const string IsNews = """
        select
            exists (select 1 from new_merges)
            or exists (
                select subject
                from (
                    select subject, contact from new_addresses
                    union all
                    select subject, contact from known_links semi join new_addresses using (subject)
                )
                group by subject
                having min(contact) <> max(contact)
            )
        """;

    /// <summary>Fills <c>identities_now</c>, <c>identities_out</c> and <c>moved_contacts</c>: ids that stand for another contact than before.</summary>
    /// <param name="anew">Works all out even when nothing new was said: contacts were erased.</param>
    /// <returns>Whether the lake's table of identities is written anew.</returns>
    public static bool Update(Connection connection, bool anew, CancellationToken cancellation)
    {
        connection.Execute("identities", Tables);
        if (!anew && !connection.Scalar<bool>("news of identities", IsNews))
            return false;
        var map = IdentityMap.Of(connection.Rows("MergePairs.sql", EmbeddedSql.Read("Lake.MergePairs.sql"), Pair));
        cancellation.ThrowIfCancellationRequested();
        using (var rows = connection.Appender("identities_out"))
        {
            foreach (var identity in map)
                rows.Append(identity.Contact).Append(identity.Canonical).Append(identity.KnownAt).Append(0).EndRow();
        }
        const string Moved = """
            insert into moved_contacts
            select distinct contact
            from (
                (select contact, canonical, known_at from identities_out except select contact, canonical, known_at from identities_now)
                union all
                (select contact, canonical, known_at from identities_now except select contact, canonical, known_at from identities_out)
            )
            """;
        connection.Execute("moved contacts", Moved, cancellation);
        connection.Execute(
            "identities now",
            "delete from identities_now; insert into identities_now select contact, canonical, known_at from identities_out"
        );
        if (connection.Scalar<long>("moved contacts", "select count(*) from moved_contacts") > 0)
            return true;
        connection.Execute("identities as they were", "delete from identities_out");
        return false;
    }

    static MergePair Pair(Chunk chunk, int row) =>
        new(chunk.Text(0, row)!, chunk.Text(1, row)!, Time.Instant(chunk.Span<long>(2)[row]), chunk.Text(3, row));
}
