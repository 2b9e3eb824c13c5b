using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Codes the words of new traces, finds the contacts behind subjects and ids, and sorts all into buckets.</summary>
static class SubjectResolution
{
    /// <summary>Fills the <c>…_out</c> tables.</summary>
    /// <param name="erased">Whether <c>erased_contacts</c> and <c>erased_subjects</c> hold any that the lake may have.</param>
    /// <returns>The dictionary with the new words, and the files that go, with what is to be written of them again.</returns>
    public static (LakeDictionary Dictionary, IReadOnlyList<Rewriting> Rewritings) Run(
        Connection connection,
        Lake lake,
        int generation,
        bool erased,
        CancellationToken cancellation
    )
    {
        connection.Execute("variables", "set variable generation = $1", generation);
        connection.Execute("variables", "set variable buckets = $1", lake.Buckets);
        LakeViews.Create(connection, lake, bucket: null);
        var dictionary = lake.Dictionary.With(
            Words(connection, "kind"),
            Words(connection, "channel"),
            Words(connection, "theme"),
            connection.Rows(
                "source",
                "select name from numbered_sources where source in (select distinct source from new_traces)",
                (chunk, row) => chunk.Text(0, row)!
            )
        );
        WriteWords(connection, dictionary);
        Execute(connection, "known", cancellation);
        var isNewMap = ContactIdentities.Update(connection, anew: erased, cancellation);
        var pulled = PulledRows.Run(connection, lake, cancellation);
        Execute(connection, "ties", cancellation);
        ShowVisitorsOf(connection, lake);
        Execute(connection, "moved", cancellation);
        connection.Execute("Homes.sql", EmbeddedSql.Read("Lake.Homes.sql"), cancellation);
        PlacedTraces.Make(connection, cancellation);
        Execute(connection, "tables", cancellation);
        connection.Execute("PlaceFacts.sql", EmbeddedSql.Read("Lake.PlaceFacts.sql"), cancellation);
        IEnumerable<Rewriting> ties = erased ? Erased.Ties(connection, lake) : [];
        return (dictionary, [.. pulled, .. ties, .. VisitorsOf(connection, lake), .. isNewMap ? Identities(lake) : []]);
    }

    /// <summary>Buckets from which visitors have moved; those that stay are among what is written.</summary>
    static IEnumerable<Rewriting> VisitorsOf(Connection connection, Lake lake)
    {
        const string Moved = "select distinct bucket_of(subject, getvariable('buckets'))::integer from moved";
        var buckets = connection.Rows("moved", Moved, (chunk, row) => chunk.Span<int>(0)[row]).ToHashSet();
        return lake
            .Manifest.Files.Where(file => file.Table == LakeTable.Visitors && buckets.Contains(file.Bucket))
            .Select(file => new Rewriting(file, Rows: null));
    }

    static IEnumerable<Rewriting> Identities(Lake lake) =>
        lake
            .Manifest.Files.Where(file => file.Table == LakeTable.Identities)
            .Select(file => new Rewriting(file, Rows: null));

    static void Execute(Connection connection, string part, CancellationToken cancellation) =>
        connection.Execute(
            $"ResolveSubjects.sql: {part}",
            EmbeddedSql.Part("Lake.ResolveSubjects.sql", part),
            cancellation
        );

    /// <summary>Of the visitors, only the buckets are opened that a newly tied subject may be in.</summary>
    static void ShowVisitorsOf(Connection connection, Lake lake)
    {
        const string Buckets =
            "select distinct bucket_of(subject, getvariable('buckets'))::integer from newly_tied order by all";
        var buckets = connection.Rows("buckets", Buckets, (chunk, row) => chunk.Span<int>(0)[row]);
        var files = buckets.SelectMany(bucket => lake.Files(LakeTable.Visitors, bucket)).ToArray();
        if (files.Length > 0)
        {
            connection.Execute(
                "visitors",
                $"create or replace temp view visitors as select * from read_parquet({Sql.Files(files)}, hive_partitioning = false)"
            );
        }
    }

    /// <summary>The lake's words for the spellings of a column.</summary>
    static IReadOnlyList<string> Words(Connection connection, string column) =>
        connection.Rows(
            column,
            $"select distinct word from spellings where code in (select distinct {column} from new_traces)",
            (chunk, row) => chunk.Text(0, row)!
        );

    static void WriteWords(Connection connection, LakeDictionary dictionary)
    {
        connection.Execute("words", "create table words (list varchar, word varchar, code usmallint)");
        using var words = connection.Appender("words");
        foreach (
            var (list, all) in new[]
            {
                ("kind", dictionary.Kinds),
                ("channel", dictionary.Channels),
                ("theme", dictionary.Themes),
                ("source", dictionary.Sources),
            }
        )
        {
            for (var code = 0; code < all.Count; code++)
                words.Append(list).Append(all[code]).Append(code).EndRow();
        }
    }
}
