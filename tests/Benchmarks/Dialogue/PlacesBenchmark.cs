namespace LeadScoring.Benchmarks.Dialogue;

/// <summary>Movers of <see cref="PlacesYear"/> by each rule, over several seeds.</summary>
static class PlacesBenchmark
{
    internal static int Run(Arguments arguments)
    {
        var (arrivals, capacity) = (arguments.Number("--arrivals", 2000), arguments.Number("--capacity", 400));
        var seeds = Math.Max(10, arguments.Number("--seeds", 10));
        string[] names =
        [
            "no dialogue",
            "first come",
            "by score",
            "by score, allocated",
            "learning",
            "learning, allocated",
        ];
        var movers = names.Select(_ => new List<double>()).ToArray();
        for (var seed = 1; seed <= seeds; seed++)
        for (var rule = 0; rule < names.Length; rule++)
            movers[rule].Add(PlacesYear.Movers((PlacesRule)rule, (ulong)seed, arrivals, capacity));
        Console.WriteLine(
            DialogueBenchmark.Text(
                $"{seeds} seeds, {arrivals} contacts and {capacity} places a week in 14 municipalities, {SimulatedYear.Weeks} weeks; 95 % intervals"
            )
        );
        for (var rule = 0; rule < names.Length; rule++)
            DialogueBenchmark.Tell(names[rule], movers[rule], movers[0]);
        foreach (var rule in new[] { 1, 2, 4 })
            DialogueBenchmark.Tell(
                $"last - {names[rule]}",
                movers[^1].Zip(movers[rule], (a, b) => a - b).ToList(),
                against: null
            );
        return 0;
    }
}
