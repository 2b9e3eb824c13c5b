using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Explaining;

/// <summary>One tree, ready to explain many rows.</summary>
sealed class ExplainedTree
{
    /// <summary>Leaves of at most this many different features on their path get a table of 2^n cases.</summary>
    const int TableDepth = 7;

    readonly Tree _tree;
    readonly LeafPath[] _paths;

    /// <summary>For each leaf the contributions of every case: <c>[agreement bits * features + place]</c>, or null.</summary>
    readonly double[]?[] _tables;

    public ExplainedTree(Tree tree)
    {
        _tree = tree;
        _paths = LeafPaths.Of(tree);
        _tables = Array.ConvertAll(_paths, path => path.Features.Length <= TableDepth ? Table(path) : null);
        Expected = LeafPaths.Expected(tree);
    }

    public double Expected { get; }

    public void AddTo(ReadOnlySpan<double> row, Span<double> contributions)
    {
        Span<bool> goesLeft = stackalloc bool[_tree.SplitFeature.Length];
        for (var node = 0; node < goesLeft.Length; node++)
            goesLeft[node] = _tree.GoesLeft(node, row[_tree.SplitFeature[node]]);
        for (var leaf = 0; leaf < _paths.Length; leaf++)
        {
            var path = _paths[leaf];
            if (_tables[leaf] is { } table)
                AddCase(path, table, goesLeft, contributions);
            else
                AddSlowly(path, goesLeft, contributions);
        }
    }

    static void AddCase(LeafPath path, double[] table, ReadOnlySpan<bool> goesLeft, Span<double> contributions)
    {
        var disagrees = 0;
        foreach (var step in path.Steps)
            disagrees |= (goesLeft[step.Node] == step.Left ? 0 : 1) << step.Place;
        var features = path.Features;
        var agrees = ~disagrees & ((1 << features.Length) - 1);
        var values = table.AsSpan(agrees * features.Length, features.Length);
        for (var place = 0; place < values.Length; place++)
            contributions[features[place]] += values[place];
    }

    static void AddSlowly(LeafPath path, ReadOnlySpan<bool> goesLeft, Span<double> contributions)
    {
        Span<bool> agrees = stackalloc bool[path.Features.Length];
        Span<double> values = stackalloc double[path.Features.Length];
        agrees.Fill(true);
        foreach (var step in path.Steps)
            agrees[step.Place] &= goesLeft[step.Node] == step.Left;
        ShapleyWeights.Fill(path, agrees, values);
        for (var place = 0; place < values.Length; place++)
            contributions[path.Features[place]] += values[place];
    }

    static double[] Table(LeafPath path)
    {
        var features = path.Features.Length;
        var table = new double[(1 << features) * features];
        Span<bool> agrees = stackalloc bool[features];
        for (var bits = 0; bits < 1 << features; bits++)
        {
            for (var place = 0; place < features; place++)
                agrees[place] = (bits >> place & 1) != 0;
            ShapleyWeights.Fill(path, agrees, table.AsSpan(bits * features, features));
        }
        return table;
    }
}
