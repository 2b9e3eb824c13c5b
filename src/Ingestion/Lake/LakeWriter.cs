using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Writes what is new as one sorted run a table and bucket, the same bytes for the same rows.</summary>
sealed class LakeWriter(Staging staging, LakeLayout layout, string run, int generation)
{
    static readonly Dictionary<LakeTable, string> _columns = new()
    {
        [LakeTable.Traces] =
            "contact, \"at\", known_at, kind, channel, theme, municipality, value, automated, source, trace_id, generation, origin, origin_known_at",
        [LakeTable.Contacts] =
            "contact, \"at\", country, language, household, household_size, birth_year, generation, known_at, origin",
        [LakeTable.Consents] = "contact, \"at\", purpose, granted, provenance, generation, origin",
        [LakeTable.Outcomes] = "contact, \"at\", known_at, kind, municipality, generation, origin, origin_known_at",
        [LakeTable.Visitors] =
            "subject, \"at\", known_at, kind, channel, theme, municipality, value, automated, source, trace_id, generation",
        [LakeTable.Links] = "subject, contact, \"at\"",
        [LakeTable.Merges] = "contact, same_as, \"at\", merged",
        [LakeTable.Identities] = "contact, canonical, known_at",
    };

    /// <summary>Writes every table's <c>…_out</c> rows; files that are there from a broken run are overwritten.</summary>
    /// <param name="rewritings">Files that go; what is left of them is written with the new rows of their bucket.</param>
    public IReadOnlyList<LakeFile> WriteTables(
        IReadOnlyList<Rewriting> rewritings,
        Action<int, int> progress,
        CancellationToken cancellation
    )
    {
        var rests = rewritings.ToLookup(rewriting => (rewriting.File.Table!.Value, rewriting.File.Bucket));
        var parts = Enum.GetValues<LakeTable>()
            .SelectMany(table => Buckets(table).Select(bucket => (table, bucket)))
            .Union(rests.Select(rest => rest.Key))
            .ToArray();
        var files = new LakeFile[parts.Length];
        var done = 0;
        Parallel.For(
            0,
            parts.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellation,
            },
            staging.Connect,
            (part, _, connection) =>
            {
                var (table, bucket) = parts[part];
                files[part] = WriteBucket(connection, table, bucket, [.. rests[parts[part]]], cancellation);
                progress(Interlocked.Increment(ref done), parts.Length);
                return connection;
            },
            connection => connection.Dispose()
        );
        return [.. files.Where(file => file.Rows > 0)];
    }

    /// <summary>Merges runs into one each; the order of rows is that of a run.</summary>
    /// <returns>The files as they are afterwards.</returns>
    public IReadOnlyList<LakeFile> Merge(IReadOnlyList<LakeFile> files, CancellationToken cancellation)
    {
        var after = files.ToList();
        foreach (var runs in Compaction.Groups(files))
        {
            var (table, bucket, source) = (runs[0].Table, runs[0].Bucket, runs[0].KeysOf);
            var path = table is { } one
                ? LakeLayout.RelativeFile(one, bucket, $"{run}-merged")
                : $"keys/{source}/{run}-merged.parquet";
            var columns = table is { } known ? _columns[known] : "high, low";
            var list = Sql.Files(runs.Select(file => layout.InLake(file.Path)));
            after.RemoveAll(runs.Contains);
            after.Add(
                Copy(
                    staging.Connection,
                    new LakeFile(table, bucket, path, 0, 0, generation, source),
                    $"select {columns} from read_parquet({list}, hive_partitioning = false) order by all",
                    cancellation
                )
            );
        }
        return after;
    }

    /// <summary>Writes the identities of the new rows, one file a source, in the order of the rows.</summary>
    public IReadOnlyList<LakeFile> WriteKeys(CancellationToken cancellation)
    {
        var connection = staging.Connection;
        var sources = connection.Rows(
            "keys",
            "select distinct source::integer, name from new_keys join numbered_sources using (source) order by name",
            (chunk, row) => (Number: chunk.Span<int>(0)[row], Name: chunk.Text(1, row)!)
        );
        return
        [
            .. sources.Select(source =>
                Copy(
                    connection,
                    new LakeFile(null, 0, $"keys/{source.Name}/{run}.parquet", 0, 0, generation, source.Name),
                    $"select high, low from new_keys where source = {source.Number}",
                    cancellation
                )
            ),
        ];
    }

    IReadOnlyList<int> Buckets(LakeTable table) =>
        staging.Connection.Rows(
            "buckets",
            $"select distinct bucket::integer from {BucketsOf(table)} order by all",
            (chunk, row) => chunk.Span<int>(0)[row]
        );

    /// <summary>Where the buckets with rows stand; traces get theirs only when they are written.</summary>
    static string BucketsOf(LakeTable table) =>
        table switch
        {
            LakeTable.Traces => "trace_buckets where not of_visitors",
            LakeTable.Visitors =>
                "(select bucket from trace_buckets where of_visitors union all select bucket from staying)",
            _ => $"{LakeLayout.FolderOf(table)}_out where bucket is not null",
        };

    LakeFile WriteBucket(
        Connection connection,
        LakeTable table,
        int bucket,
        IReadOnlyList<Rewriting> rests,
        CancellationToken cancellation
    )
    {
        var rows = $"select {_columns[table]} from {LakeLayout.FolderOf(table)}_out where bucket = {bucket}";
        var left = rests
            .Where(rest => rest.Rows is not null)
            .Select(rest => $" union all select {_columns[table]} from ({rest.Rows})")
            .ToArray();
        var order = left.Length == 0 && table is LakeTable.Traces ? "owner, \"at\", tie" : "all";
        var file = Copy(
            connection,
            new LakeFile(table, bucket, LakeLayout.RelativeFile(table, bucket, run), 0, 0, generation),
            $"{rows}{string.Concat(left)} order by {order}",
            cancellation
        );
        if (file.Rows == 0)
            File.Delete(layout.InLake(file.Path));
        return file;
    }

    LakeFile Copy(Connection connection, LakeFile file, string rows, CancellationToken cancellation)
    {
        var path = layout.InLake(file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var copied = connection.Execute(
            $"write {file.Path}",
            $"copy ({rows}) to {Sql.Text(path)} (format parquet, compression zstd, compression_level 1, row_group_size 122880)",
            cancellation
        );
        AtomicFile.FlushToDisk(path);
        return file with { Rows = copied, Bytes = new FileInfo(path).Length };
    }
}
