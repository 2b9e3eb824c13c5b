using LeadScoring.Benchmarks;
using LeadScoring.Benchmarks.Allocation;
using LeadScoring.Benchmarks.Dialogue;
using LeadScoring.Benchmarks.FollowUps;
using LeadScoring.Benchmarks.Jobs;
using LeadScoring.Benchmarks.Traces;
using LeadScoring.Benchmarks.Trees;

return args switch
{
    ["world", .. var rest] => WorldBenchmark.Run(rest),
    ["ingest", .. var rest] => IngestBenchmark.Run(rest),
    ["features", .. var rest] => FeaturesBenchmark.Run(rest),
    ["allocation", .. var rest] => AllocationBenchmark.Run(rest),
    ["followups", .. var rest] => FollowUpsBenchmark.Run(rest),
    ["trees", .. var rest] => TreesBenchmark.Run(rest),
    ["jobs", .. var rest] => JobsBenchmark.Run(rest),
    ["dialogue", .. var rest] => DialogueBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "benchmarks: world [--contacts N] [--months M] [--end D] [--seed S] [--json] [--export DIR [--table-only]]\n"
            + "            ingest [--traces N] [--contacts N] [--home DIR]\n"
            + "            features [--traces N] [--contacts N] [--nights N] [--home DIR] [--rounds N] [--sql] [--check]\n"
            + "            allocation [--candidates N] [--places N] [--seed S]\n"
            + "            allocation --world [--contacts N] [--worlds N] [--places N] [--seed S]\n"
            + "            followups [--traces N] [--contacts N] [--store sqlite|postgres] [--nights N] [--home DIR]\n"
            + "            trees [--rows N] [--features N] [--trees N] [--leaves N] [--threads N] [--seed S]"
            + " [--trainer histogram|fasttree] [--explain ROWS] [--export DIR] [--cold] [--json]\n"
            + "            jobs [--engine quartz|hangfire] [--minutes N] [--nights N]\n"
            + "            dialogue [--places] [--arrivals N] [--capacity N] [--seeds N]"
    );
    return 2;
}
