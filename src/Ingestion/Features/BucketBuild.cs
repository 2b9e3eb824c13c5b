using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>Works out the rows of one bucket after the other; one a thread.</summary>
sealed class BucketBuild(
    Database database,
    Lake lake,
    FeaturePlan plan,
    Cutoffs cutoffs,
    FeatureBuildOptions options,
    Action<int, FeatureTable> take
)
{
    readonly long _asOf = Time.Microseconds(options.AsOf);
    readonly FeatureRows _rows = new(plan, options.RowsAtOnce, options.Labelled, take);
    readonly FeatureKernel _kernel = new(plan);
    readonly LabelRule _rule = new(options.Settings.Label, options.DataEnd);
    readonly (Words Countries, Words Languages) _words = (new(plan.Levels("country")), new(plan.Levels("language")));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int bucket, CancellationToken cancellation)
    {
        _rows.Bucket = bucket;
        try
        {
            using var register = new ContactRegister(database, lake, bucket, options.AsOf, _words, cancellation);
            using var traces = new BucketTraces(
                database,
                lake.Files(LakeTable.Traces, bucket),
                cutoffs.Earliest,
                cancellation
            );
            while (register.Next() is { } contact)
                Add(contact, traces.Read(register.Key));
            _rows.End();
        }
        catch (DuckDbException error)
        {
            throw new IngestionException(
                $"Bucket {bucket} of the lake cannot be read: {error.Message} See what leads doctor says of it.",
                error
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Add(RegisteredContact contact, in TraceRows traces)
    {
        foreach (var cutoff in cutoffs.Of(contact.Id, traces.Count == 0 ? null : traces.At[0]))
        {
            if (cutoff > _asOf || (!options.KeepSettled && _rule.IsSettled(contact, cutoff, options.KeepDeclined)))
                continue;
            if (options.Labelled && !options.KeepOpen && !_rule.IsClosed(cutoff))
                continue;
            var profile = contact.ProfileAt(cutoff);
            var anyTrace = _kernel.Compute(traces, profile, cutoff, _rows.Next());
            if (anyTrace || contact.KnownSince < cutoff)
                _rows.Keep(contact.Id, cutoff, options.Labelled ? _rule.LabelAt(contact, cutoff) : float.NaN);
        }
    }
}
