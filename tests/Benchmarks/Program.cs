using LeadScoring.Benchmarks;

return args switch
{
    ["world", .. var rest] => WorldBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "benchmarks: world [--contacts N] [--months M] [--end D] [--seed S] [--json] [--export DIR [--table-only]]"
    );
    return 2;
}
