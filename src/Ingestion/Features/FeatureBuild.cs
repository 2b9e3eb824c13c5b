using System.Runtime.ExceptionServices;
using LeadScoring.Ingestion.DuckDb;

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

    /// <summary>Buckets computed at a time; 0 is one a processor.</summary>
    public int Threads { get; init; }
}

/// <summary>Computes features from a lake, bucket by bucket, in one reading of its traces.</summary>
/// <remarks>
/// A contact has a row at a cut-off when it may be profiled as of the run, was known before the cut-off (by a trace, a
/// register entry or a consent) and is not settled. Memory: the rows of the result, and a register of each bucket at work.
/// </remarks>
public static class FeatureBuild
{
    /// <summary>The features of every contact at each of its cut-offs, sorted by as-of and contact.</summary>
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
        var slots = new SlotTable(lake.Dictionary.Kinds, lake.Dictionary.Channels, lake.Dictionary.Themes);
        var plan = new FeaturePlan(features, slots, new LocalCalendar(options.Settings.TimeZone));
        var parts = new FeatureRows[lake.Buckets];
        var done = 0;
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
                lake.Buckets,
                parallel,
                bucket =>
                {
                    parts[bucket] = new BucketBuild(database, lake, plan, cutoffs, options).Run(bucket, cancellation);
                    progress?.Report((Interlocked.Increment(ref done), lake.Buckets));
                }
            );
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.Flatten().InnerExceptions[0]);
        }
        return FeatureRows.ToTable(features, parts, options.Labelled);
    }
}

/// <summary>The rows of one bucket.</summary>
sealed class BucketBuild(Database database, Lake lake, FeaturePlan plan, Cutoffs cutoffs, FeatureBuildOptions options)
{
    readonly long _asOf = Time.Microseconds(options.AsOf);
    readonly FeatureKernel _kernel = new(plan);
    readonly LabelRule _rule = new(options.Settings.Label, options.DataEnd);
    readonly Dictionary<string, int> _countries = plan.Levels("country");
    readonly Dictionary<string, int> _languages = plan.Levels("language");
    readonly FeatureRows _rows = new(plan.Features.Count);

    public FeatureRows Run(int bucket, CancellationToken cancellation)
    {
        try
        {
            using var connection = database.Connect();
            var contacts = ContactRegister.Read(connection, lake, bucket, options.AsOf, cancellation);
            var files = contacts.Count == 0 ? [] : lake.Files(LakeTable.Traces, bucket);
            using var runs = new BucketTraces(database, files, plan, cancellation);
            var traces = new ContactTraces();
            foreach (var contact in contacts)
            {
                runs.Read(contact.Key, traces);
                Add(contact, traces);
            }
            return _rows;
        }
        catch (DuckDbException error)
        {
            throw new IngestionException(
                $"Bucket {bucket} of the lake cannot be read: {error.Message} See what leads doctor says of it.",
                error
            );
        }
    }

    void Add(RegisteredContact contact, ContactTraces traces)
    {
        foreach (var cutoff in cutoffs.Of(contact.Id, traces.Count == 0 ? null : traces.At[0]))
        {
            if (cutoff > _asOf || (!options.KeepSettled && _rule.IsSettled(contact, cutoff, options.KeepDeclined)))
                continue;
            if (options.Labelled && !options.KeepOpen && !_rule.IsClosed(cutoff))
                continue;
            var profile = contact.ProfileAt(cutoff, _countries, _languages);
            var anyTrace = _kernel.Compute(traces, profile, cutoff, _rows.Next());
            if (anyTrace || contact.KnownSince < cutoff)
                _rows.Keep(contact.Id, cutoff, options.Labelled ? _rule.LabelAt(contact, cutoff) : float.NaN);
        }
    }
}
