using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion;

/// <summary>Keeps erased contacts out of what is new, and takes them out of what is there.</summary>
static class Erased
{
    /// <summary>The reason that marks a dropped row as an erased contact's.</summary>
    public const string Mark = "!";

    /// <summary>Makes the list of the home known to the engine.</summary>
    public static void Load(Connection connection, Suppressions suppressions)
    {
        using var rows = connection.Appender("suppressed");
        foreach (var hash in suppressions.Hashes)
            rows.Append(hash).EndRow();
    }

    /// <summary>Drops the rows at hand, in <c>typed</c>, that are an erased contact's.</summary>
    public static void DropRows(Connection connection, Source statement, bool isDerived, CancellationToken cancellation)
    {
        var keys = statement.Yields switch
        {
            Yield.Contacts => "'c:' || contact, email, phone",
            Yield.Merges => "'c:' || contact, 'c:' || same_as",
            _ => "'c:' || contact, subject",
        };
        var parts = EmbeddedSql
            .Read("Lake.Suppress.sql")
            .Replace("$keys", keys, StringComparison.Ordinal)
            .Split(
                [
                    "-- statement: rows\n",
                    "-- statement: derived\n",
                    "-- statement: links\n",
                    "-- statement: contacts\n",
                ],
                default
            );
        connection.Execute("Suppress.sql", parts[0], cancellation);
        if (connection.Scalar<long>("erased", "select count(*) from erased_here") == 0)
            return;
        if (statement.Yields is Yield.Links)
            connection.Execute("Suppress.sql", parts[3], cancellation);
        if (statement.Yields is Yield.Contacts)
            connection.Execute("Suppress.sql", parts[4], cancellation);
        connection.Execute("Suppress.sql", parts[isDerived ? 2 : 1], cancellation);
    }

    /// <summary>Fills <c>erased_contacts</c> and <c>erased_subjects</c> with those that the lake or the new rows still have.</summary>
    /// <param name="all">Looks through the whole lake: the list of the home is not the one that it was cleaned with.</param>
    public static void Find(Connection connection, bool all, CancellationToken cancellation)
    {
        var parts = EmbeddedSql.Read("Lake.FindErased.sql").Split("-- statement: new rows\n");
        connection.Execute(
            "FindErased.sql",
            all ? parts[0] : "insert into erased_contacts select contact from newly_erased",
            cancellation
        );
        connection.Execute("FindErased.sql", parts[1], cancellation);
    }

    /// <summary>Ids of new rows that are an erased person's again, for the list of the home.</summary>
    public static IReadOnlyList<string> NewHashes(Connection connection) =>
        connection.Rows(
            "newly erased",
            "select distinct erased_key('c:' || contact) from newly_erased order by all",
            (chunk, row) => chunk.Text(0, row)!
        );

    /// <summary>The files of ties and of merges in which an erased contact or subject is named.</summary>
    public static IEnumerable<Rewriting> Ties(Connection connection, Lake lake)
    {
        const string LinksLeft =
            "select subject, if(contact in (select contact from erased_contacts), '!', contact) as contact, \"at\" from $rows anti join erased_subjects using (subject)";
        const string LinksNamed =
            "subject in (select subject from erased_subjects) or contact in (select contact from erased_contacts)";
        const string MergesLeft =
            "select contact, same_as, \"at\", merged from $rows where contact not in (select contact from erased_contacts) and same_as not in (select contact from erased_contacts)";
        const string MergesNamed =
            "contact in (select contact from erased_contacts) or same_as in (select contact from erased_contacts)";
        return Named(LakeTable.Links, LinksNamed, LinksLeft).Concat(Named(LakeTable.Merges, MergesNamed, MergesLeft));

        IEnumerable<Rewriting> Named(LakeTable table, string named, string left)
        {
            foreach (var file in lake.Manifest.Files.Where(file => file.Table == table))
            {
                var rows = $"read_parquet({Sql.Text(lake.PathOf(file))}, hive_partitioning = false)";
                if (
                    connection.Scalar<bool>(
                        $"look into {file.Path}",
                        $"select exists (select 1 from {rows} where {named})"
                    )
                )
                    yield return new Rewriting(file, left.Replace("$rows", rows, StringComparison.Ordinal));
            }
        }
    }
}
