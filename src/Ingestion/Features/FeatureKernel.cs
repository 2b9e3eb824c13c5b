using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.Features;

/// <summary>Computes all features of a contact as of an instant in one pass over its traces, the earliest first.</summary>
/// <remarks>
/// Only traces with <c>at</c> and <c>known_at</c> strictly before the instant are seen; those of machines,
/// <see cref="MachineClicks"/> among them, count in <c>automated</c> only. Each trace is tallied once whatever the windows
/// (<see cref="Tallies"/>). One kernel a thread: it owns its scratch. What passes for every trace is compiled in full at
/// once, for a night is too short to wait for it.
/// </remarks>
sealed class FeatureKernel
{
    readonly Tallies _tallies;
    readonly RowWriter _writer;
    readonly MachineClicks _clicks;
    readonly MetTraces _met;
    readonly WindowWalk _walk;
    readonly Fading _fading;
    readonly Sayings _sayings;

    public FeatureKernel(FeaturePlan plan)
    {
        _tallies = new Tallies(plan);
        _writer = new RowWriter(plan, _tallies);
        _clicks = new MachineClicks(plan.Clicks);
        _met = new MetTraces();
        _walk = new WindowWalk(plan, _tallies, _met);
        _fading = new Fading(plan, _tallies, _met);
        _sayings = new Sayings(plan, _tallies, _met);
    }

    /// <summary>Fills a row of the plan's features; says whether any trace was known at the instant.</summary>
    /// <param name="asOf">µs since 1970.</param>
    /// <param name="cells">One value a feature, <see cref="FeatureRows.TileRows"/> cells apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Compute(in TraceRows traces, in ContactProfile profile, long asOf, Span<float> cells)
    {
        _tallies.Clear();
        var count = Before(traces.At, asOf);
        var marked = _clicks.Mark(traces, count, asOf);
        var any = _walk.Go(marked, count, asOf);
        if (any)
        {
            _fading.Add(asOf);
            _sayings.Add(marked, asOf);
            _tallies.End();
        }
        _writer.Write(profile, asOf, any, cells);
        return any;
    }

    // the number of traces with at < asOf
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Before(ReadOnlySpan<long> at, long asOf)
    {
        unchecked
        {
            if (at.Length == 0 || at[^1] < asOf)
                return at.Length;
            var (low, high) = (0, at.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (at[middle] < asOf)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }
}
