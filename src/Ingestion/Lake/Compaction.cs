namespace LeadScoring.Ingestion;

/// <summary>Which sorted runs of a bucket are merged into one, so that nightly ingests do not pile them up.</summary>
/// <remarks>
/// Once a bucket has more than <see cref="MostRuns"/> runs, the two smallest are merged, and with them each next larger
/// one that has no more rows than those before it together. A large run is thereby left alone until what has come
/// beside it is as large, and over a thousand equal nights a row is written anew about five times (the merge of
/// neighbours in size is that of log-structured merge trees; O'Neil et al. 1996).
/// </remarks>
static class Compaction
{
    /// <summary>Runs that a bucket may have before some are merged.</summary>
    public const int MostRuns = 8;

    /// <summary>The files to merge, one group a table (or keys of a source) and bucket, each in the order of the manifest.</summary>
    public static IReadOnlyList<IReadOnlyList<LakeFile>> Groups(IEnumerable<LakeFile> files) =>
        [
            .. files
                .GroupBy(file => (file.Table, file.Bucket, file.KeysOf))
                .Where(runs => runs.Count() > MostRuns)
                .Select(runs => Smallest([.. runs])),
        ];

    static LakeFile[] Smallest(LakeFile[] runs)
    {
        LakeFile[] rising =
        [
            .. runs.OrderBy(run => run.Rows)
                .ThenBy(run => run.Generation)
                .ThenBy(run => run.Path, StringComparer.Ordinal),
        ];
        var (count, rows) = (2, rising[0].Rows + rising[1].Rows);
        while (count < rising.Length && rising[count].Rows <= rows)
            rows += rising[count++].Rows;
        var merged = rising.Take(count).ToHashSet();
        return [.. runs.Where(merged.Contains)];
    }
}
