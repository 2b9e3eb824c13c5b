namespace LeadScoring.Ingestion;

/// <summary>Drops the traces of a home's lake that are older than its settings keep them.</summary>
public static class RetainTraces
{
    /// <summary>
    /// The first day that is kept: the first of the month so many months before the as-of day's, so that a lake is
    /// written anew once a month and not every night.
    /// </summary>
    public static DateOnly FirstKept(int months, DateOnly asOf) =>
        new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(-months);

    /// <param name="home">The home folder.</param>
    /// <param name="from">The first instant (UTC) that is kept.</param>
    /// <exception cref="IngestionException">Another process writes the lake, it is damaged, or the disk does not let it
    /// be written; the lake is as it was then.</exception>
    public static Retention Run(
        string home,
        DateTime from,
        IngestOptions? options = null,
        IProgress<IngestProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var layout = LakeLayout.Of(home);
        var settings = options ?? new IngestOptions();
        return LakeChange.Run(layout, settings, progress, Retain, cancellation);

        Retention Retain(Manifest before)
        {
            if (before.Generation == 0 || !LakeRun.HasBefore(layout, before, from))
                return new Retention(from, 0, 0);
            var after = new LakeRun(layout, before, settings, progress).Clean(from, cancellation);
            return new Retention(from, Gone(LakeTable.Traces), Gone(LakeTable.Visitors));

            long Gone(LakeTable table) => Rows(before, table) - Rows(after, table);
        }
    }

    static long Rows(Manifest manifest, LakeTable table) =>
        manifest.Files.Where(file => file.Table == table).Sum(file => file.Rows);
}

/// <summary>What was too old.</summary>
/// <param name="From">The first instant (UTC) that is kept.</param>
/// <param name="Traces">Traces of contacts that went.</param>
/// <param name="Visitors">Traces of visitors that went.</param>
public sealed record Retention(DateTime From, long Traces, long Visitors);
