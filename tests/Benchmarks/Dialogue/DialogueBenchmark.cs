using System.Globalization;

namespace LeadScoring.Benchmarks.Dialogue;

/// <summary>Movers of a simulated year with learning, by score alone and first come first served, over several seeds.</summary>
/// <remarks>All strategies meet the same contacts with the same luck, so seeds are compared in pairs.</remarks>
static class DialogueBenchmark
{
    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        if (arguments.Has("--places"))
            return PlacesBenchmark.Run(arguments);
        var (arrivals, capacity) = (arguments.Number("--arrivals", 4000), arguments.Number("--capacity", 800));
        var seeds = Math.Max(10, arguments.Number("--seeds", 20));
        List<double> none = [],
            first = [],
            score = [],
            learnt = [];
        for (var seed = 1; seed <= seeds; seed++)
        {
            none.Add(SimulatedYear.Movers(FixedOrder.FirstCome(), (ulong)seed, arrivals, capacity: 0));
            first.Add(SimulatedYear.Movers(FixedOrder.FirstCome(), (ulong)seed, arrivals, capacity));
            score.Add(SimulatedYear.Movers(FixedOrder.ByScore(), (ulong)seed, arrivals, capacity));
            learnt.Add(SimulatedYear.Movers(new LearningOrder(seed), (ulong)seed, arrivals, capacity));
        }
        Console.WriteLine(
            Text(
                $"{seeds} seeds, {arrivals} contacts and {capacity} places a week, {SimulatedYear.Weeks} weeks; 95 % intervals"
            )
        );
        Tell("no dialogue", none, none);
        Tell("first come", first, none);
        Tell("by score", score, none);
        Tell("learning", learnt, none);
        Tell("learning - first come", learnt.Zip(first, (a, b) => a - b).ToList(), null);
        Tell("learning - by score", learnt.Zip(score, (a, b) => a - b).ToList(), null);
        return 0;
    }

    internal static void Tell(string name, IReadOnlyList<double> figures, IReadOnlyList<double>? against)
    {
        var gained = against is null ? "" : Text($", gained {Mean(figures.Zip(against, (a, b) => a - b).ToList())}");
        Console.WriteLine($"{name, -22} {Mean(figures)}{gained}");
    }

    /// <summary>The mean with its interval by Student's t, 2.26 at ten seeds, 2.09 at twenty.</summary>
    static string Mean(IReadOnlyList<double> figures)
    {
        var mean = figures.Average();
        var variance = figures.Sum(f => (f - mean) * (f - mean)) / Math.Max(1, figures.Count - 1);
        var half = (figures.Count <= 10 ? 2.26 : 2.09) * Math.Sqrt(variance / figures.Count);
        return Text($"{mean:0.0} ({mean - half:0.0} to {mean + half:0.0})");
    }

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
