using System.Globalization;
using LeadScoring.Benchmarks.Trees;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Tests.Allocation;

namespace LeadScoring.Benchmarks.Allocation;

/// <summary>The exact allocation of a made-up region against rules of thumb: CPU seconds and expected movers.</summary>
static class AllocationBenchmark
{
    public static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        if (arguments.Has("--world"))
            return WorldAllocation.Run(rest);
        var prospects = MadeUpRegion.Prospects(
            arguments.Number("--seed", 1),
            arguments.Number("--candidates", 200_000)
        );
        var quotas = MadeUpRegion.Quotas(arguments.Number("--places", 10));
        Say(
            $"{prospects.Count:N0} candidates x 14, {quotas.Sum(q => q.Capacity):N0} places, floors of {quotas.Sum(q => q.Floor):N0}"
        );
        var begin = Meter.Now;
        var result = AllocateLeads.Among(prospects, quotas, []).Result;
        var spent = Meter.Now - begin;
        Say(
            $"exact            {result.ExpectedMovers, 10:0.000} movers, {result.Offers.Count:N0} offers, {spent.Cpu:0.00} CPU s"
        );
        Say($"greedy, pairs    {RuleOfThumb.ByPair(prospects, quotas), 10:0.000} movers");
        Say($"greedy, contacts {RuleOfThumb.ByLikelihood(prospects, quotas), 10:0.000} movers");
        Say($"first come       {RuleOfThumb.FirstCome(prospects, quotas), 10:0.000} movers");
        return 0;
    }

    static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
