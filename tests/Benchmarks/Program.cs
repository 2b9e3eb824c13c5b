using LeadScoring.Benchmarks;

return args switch
{
    ["world", .. var rest] => WorldBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("benchmarks: world [--contacts N] [--months M] [--seed S] [--json]");
    return 2;
}
