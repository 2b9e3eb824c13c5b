using System.Runtime.ExceptionServices;
using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Features;

/// <summary>How a feature table is built.</summary>
/// <param name="AsOf">The run's instant (UTC): consents and outcomes as known then.</param>
/// <param name="Settings">Label, time zone.</param>
public sealed record FeatureBuildOptions(DateTime AsOf, HomeSettings Settings)
{
    /// <summary>Rows get labels; needs <see cref="DataEnd"/>.</summary>
    public bool Labelled { get; init; }

    /// <summary>The last instant (UTC) of which facts are known: horizons that end later are open.</summary>
    public DateTime DataEnd { get; init; }

    /// <summary>Keeps rows whose horizon is open, labelled NaN.</summary>
    public bool KeepOpen { get; init; }

    /// <summary>Keeps contacts that are already positive or closed at the cut-off.</summary>
    public bool KeepSettled { get; init; }

    /// <summary>Keeps contacts that a negative outcome has closed, but not those already positive: minds change.</summary>
    public bool KeepDeclined { get; init; }

    /// <summary>Which clicks are a machine's by their time; a model's own, as it decides what its features are.</summary>
    public ClickRule Clicks { get; init; } = ClickRule.None;

    /// <summary>Buckets computed at a time; 0 is one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>Rows of a piece of <see cref="FeatureBuild.Stream"/>; the last one of a bucket may have fewer.</summary>
    public int RowsAtOnce { get; init; } = 2048;

    /// <summary>The share of the contacts that get rows (<see cref="Cutoffs.OfShare"/>).</summary>
    public double ContactShare { get; init; } = 1;

    /// <summary>The buckets to compute, for work that is divided among workers; null is all.</summary>
    public IReadOnlyList<int>? Buckets { get; init; }
}

/// <summary>Computes features from a lake, bucket by bucket, in one reading of its traces.</summary>
/// <remarks>
/// A contact has a row at a cut-off when it may be profiled as of the run, was known before the cut-off (by a trace, a
/// register entry or a consent) and is not settled.
/// </remarks>
public static class FeatureBuild
{
    /// <summary>The features of every contact at each of its cut-offs, sorted by as-of and contact.</summary>
    /// <remarks>Memory: the rows of the result, and what <see cref="Stream"/> needs.</remarks>
    /// <param name="progress">Called with (buckets done, buckets).</param>
    /// <exception cref="IngestionException">A feature is not known, or the lake cannot be read.</exception>
    public static FeatureTable Run(
        Lake lake,
        IReadOnlyList<Feature> features,
        Cutoffs cutoffs,
        FeatureBuildOptions options,
        IProgress<(int Done, int Of)>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var pieces = new List<FeatureTable>[lake.Buckets];
        for (var bucket = 0; bucket < pieces.Length; bucket++)
            pieces[bucket] = [];
        void Add(int bucket, FeatureTable piece) => pieces[bucket].Add(piece.Head(piece.RowCount));
        Stream(lake, features, cutoffs, options, Add, ended: null, progress, cancellation);
        return FeatureRows.ToTable(
            features,
            [.. pieces.SelectMany(own => own)],
            options.Labelled,
            options.ContactShare
        );
    }

    /// <summary>The same rows piece by piece, as they are computed; a piece is valid during the call that it is given to.</summary>
    /// <remarks>
    /// The pieces of a bucket come in order of the contacts' UTF-8 bytes, and a contact's rows in that of time; different
    /// buckets come at the same time, each on a thread of its own. Memory: <see cref="FeatureBuildOptions.RowsAtOnce"/>
    /// rows and some chunks of the lake a thread, whatever the lake's size.
    /// </remarks>
    /// <param name="take">Called with (bucket, rows), never with a table without rows.</param>
    /// <param name="ended">Called with a bucket when all its rows have been taken, also when it had none; on its thread.</param>
    /// <param name="progress">Called with (buckets done, buckets).</param>
    /// <exception cref="IngestionException">A feature is not known, or the lake cannot be read.</exception>
    public static void Stream(
        Lake lake,
        IReadOnlyList<Feature> features,
        Cutoffs cutoffs,
        FeatureBuildOptions options,
        Action<int, FeatureTable> take,
        Action<int>? ended = null,
        IProgress<(int Done, int Of)>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var slots = new SlotTable(lake.Dictionary.Kinds, lake.Dictionary.Channels, lake.Dictionary.Themes);
        var plan = new FeaturePlan(features, slots, new LocalCalendar(options.Settings.TimeZone))
        {
            Clicks = ClickCodes.Of(options.Clicks, lake.Dictionary),
        };
        var ofShare = cutoffs.OfShare(options.ContactShare);
        var done = 0;
        var buckets = options.Buckets ?? [.. Enumerable.Range(0, lake.Buckets)];
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
        };
        using var database = FeatureSql.OpenDatabase();
        try
        {
            Parallel.For(
                0,
                buckets.Count,
                parallel,
                () => new BucketBuild(database, lake, plan, ofShare, options, take),
                (nth, _, build) =>
                {
                    build.Run(buckets[nth], cancellation);
                    ended?.Invoke(buckets[nth]);
                    progress?.Report((Interlocked.Increment(ref done), buckets.Count));
                    return build;
                },
                _ => { }
            );
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.Flatten().InnerExceptions[0]);
        }
    }
}
