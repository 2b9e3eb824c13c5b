using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Watches the loss on validation rows and says when more trees no longer help.</summary>
/// <remarks>The loss is <see cref="ShiftedLoss"/>. The rows are coded once, as the training rows are.</remarks>
sealed class EarlyStopping
{
    const int BlockRows = 4096;

    readonly BinnedRows _rows;
    readonly double[] _scores;
    readonly ushort[] _leafOf;
    readonly int _patience;
    readonly Crew _crew;
    readonly ShiftedLoss _loss;

    public EarlyStopping(
        FeatureTable validation,
        IReadOnlyList<Feature> features,
        BinnedTable table,
        double prior,
        int patience,
        Crew crew
    )
    {
        _rows = table.Code(FeatureAlignment.Columns(features, validation), validation.RowCount, crew);
        _scores = new double[validation.RowCount];
        _leafOf = new ushort[validation.RowCount];
        Array.Fill(_scores, prior);
        _patience = patience;
        _crew = crew;
        _loss = new ShiftedLoss(validation.Labels, validation.Weights, crew);
    }

    /// <summary>Trees that gave the lowest loss; at least one, for a constant cannot rank.</summary>
    public int BestTrees { get; private set; } = 1;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds a tree to the validation scores.</summary>
    /// <param name="values">Of its leaves.</param>
    /// <param name="trees">Trees so far, this one included.</param>
    /// <returns>Whether the loss has not fallen for as many trees as was asked to wait.</returns>
    public bool Ends(CodedTree tree, double[] values, int trees)
    {
        var blocks = (_scores.Length + BlockRows - 1) / BlockRows;
        _crew.Run(blocks, 8L * _scores.Length, (block, _) => Add(tree, values, block));
        var loss = _loss.Of(_scores);
        if (loss < BestLoss)
            (BestLoss, BestTrees) = (loss, trees);
        return trees - BestTrees >= _patience;
    }

    void Add(CodedTree tree, double[] values, int block)
    {
        var (from, until) = (block * BlockRows, Math.Min(_scores.Length, (block + 1) * BlockRows));
        tree.Walk(_rows, from, until, _leafOf);
        for (var row = from; row < until; row++)
            _scores[row] += values[_leafOf[row]];
    }
}
