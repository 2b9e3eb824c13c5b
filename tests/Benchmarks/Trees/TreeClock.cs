namespace LeadScoring.Benchmarks.Trees;

/// <summary>Tells binning from boosting by when each tree was reported.</summary>
sealed class TreeClock : IProgress<(int Grown, int Asked)>
{
    readonly Spent _begin = Meter.Now;
    readonly List<Spent> _trees = [];

    public void Report((int Grown, int Asked) value) => _trees.Add(Meter.Now);

    /// <summary>
    /// What passed before the first tree was reported, less what one of the next ten trees takes in the middle of
    /// them: the first tree is taken to cost what its neighbours do.
    /// </summary>
    public Spent Binning()
    {
        if (_trees.Count < 2)
            return default;
        var near = Math.Min(11, _trees.Count);
        var steps = Enumerable.Range(1, near - 1).Select(t => _trees[t] - _trees[t - 1]).ToArray();
        var tree = new Spent(Median(steps.Select(step => step.Cpu)), Median(steps.Select(step => step.Wall)));
        return _trees[0] - _begin - tree;
    }

    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
