using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Codes the words of new traces, finds the contacts behind subjects, and sorts all into buckets.</summary>
static class SubjectResolution
{
    /// <summary>Fills the <c>…_out</c> tables.</summary>
    /// <returns>The dictionary with the new words, and the buckets whose visitors are written anew.</returns>
    public static (LakeDictionary Dictionary, IReadOnlySet<int> RewrittenVisitors) Run(
        Connection connection,
        Lake lake,
        int generation,
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
            Words(connection, "source")
        );
        WriteWords(connection, dictionary);
        var parts = EmbeddedSql.Read("Lake.ResolveSubjects.sql").Split("-- statement: traces\n");
        connection.Execute("ResolveSubjects.sql", parts[0], cancellation);
        ShowVisitorsOf(connection, lake);
        connection.Execute("ResolveSubjects.sql", parts[1], cancellation);
        const string Moved = "select distinct bucket_of(subject, getvariable('buckets'))::integer from moved";
        return (dictionary, connection.Rows("moved", Moved, (chunk, row) => chunk.Span<int>(0)[row]).ToHashSet());
    }

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

    static IReadOnlyList<string> Words(Connection connection, string column) =>
        connection.Rows(column, $"select distinct {column} from new_traces", (chunk, row) => chunk.Text(0, row)!);

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
