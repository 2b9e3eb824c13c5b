namespace LeadScoring.Scoring.Evaluation;

/// <summary>A rival's ranking of the same rows.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Scores">One a row, higher first.</param>
public sealed record Rival(string Name, double[] Scores);

/// <summary>A rival's AUC and how far the model is above it, by paired bootstrap.</summary>
public sealed record RivalFigures(string Name, Figure Auc, Figure Delta);

/// <summary>Every figure of a model on held-out rows, with its bootstrap interval, beside its rivals.</summary>
public sealed record TestFigures
{
    public required Figure Auc { get; init; }
    public required Figure PrAuc { get; init; }
    public required Figure LogLoss { get; init; }
    public required Figure Brier { get; init; }
    public required Figure Ece { get; init; }
    public required Figure Lift1 { get; init; }
    public required Figure Lift5 { get; init; }
    public required Figure Lift10 { get; init; }
    public required Figure PrecisionAtCapacity { get; init; }
    public required IReadOnlyList<RivalFigures> Rivals { get; init; }

    const int FigureCount = 9;

    /// <summary>Measures the rows, and reweights them once a replicate for the intervals.</summary>
    /// <param name="capacityShare">The share of rows that the capacity reaches, over 0 to 1.</param>
    public static TestFigures Measure(
        HeldOut rows,
        IReadOnlyList<Rival> rivals,
        double capacityShare,
        Bootstrap bootstrap,
        CancellationToken cancellation
    )
    {
        var pass = new Pass(rows, rivals, capacityShare);
        var whole = pass.Figures(Metrics.Ones(rows.Rows));
        var width = whole.Length;
        var replicates = new double[width][];
        for (var i = 0; i < width; i++)
            replicates[i] = new double[bootstrap.Replicates];
        var weights = new double[rows.Rows];
        for (var b = 0; b < bootstrap.Replicates; b++)
        {
            cancellation.ThrowIfCancellationRequested();
            bootstrap.Draw(b, weights);
            var drawn = pass.Figures(weights);
            for (var i = 0; i < width; i++)
                replicates[i][b] = drawn[i];
        }
        Figure Of(int i) => Bootstrap.Around(whole[i], replicates[i]);
        Figure DeltaOf(int i) =>
            Bootstrap.Around(whole[0] - whole[i], replicates[0].Zip(replicates[i], (own, other) => own - other));
        return new TestFigures
        {
            Auc = Of(0),
            PrAuc = Of(1),
            LogLoss = Of(2),
            Brier = Of(3),
            Ece = Of(4),
            Lift1 = Of(5),
            Lift5 = Of(6),
            Lift10 = Of(7),
            PrecisionAtCapacity = Of(8),
            Rivals =
            [
                .. rivals.Select((r, i) => new RivalFigures(r.Name, Of(FigureCount + i), DeltaOf(FigureCount + i))),
            ],
        };
    }

    /// <summary>What stays the same from replicate to replicate: the sorted rows, the losses, the bins.</summary>
    sealed class Pass
    {
        const int Bins = 10;
        static readonly double[] liftShares = [0.01, 0.05, 0.1];
        readonly HeldOut rows;
        readonly Ranking ranking;
        readonly Ranking[] rivals;
        readonly LikelihoodBins bins;
        readonly double[] losses;
        readonly double[] shares;
        readonly int capacityPlace;

        public Pass(HeldOut rows, IReadOnlyList<Rival> rivals, double capacityShare)
        {
            this.rows = rows;
            ranking = new Ranking(rows.Scores, rows.Labels);
            this.rivals = [.. rivals.Select(rival => new Ranking(rival.Scores, rows.Labels))];
            bins = new LikelihoodBins(rows.Likelihoods, Bins);
            losses = [.. rows.Likelihoods.Zip(rows.Labels, Metrics.LogLoss)];
            shares = [.. liftShares.Append(capacityShare).Order()];
            capacityPlace = Array.IndexOf(shares, capacityShare);
        }

        public double[] Figures(ReadOnlySpan<double> weights)
        {
            double total = 0,
                loss = 0,
                brier = 0;
            for (var row = 0; row < losses.Length; row++)
            {
                var miss = rows.Likelihoods[row] - rows.Labels[row];
                total += weights[row];
                loss += weights[row] * losses[row];
                brier += weights[row] * miss * miss;
            }
            Span<double> found = stackalloc double[shares.Length];
            var (_, positives) = ranking.Top(weights, shares, found);
            var figures = new double[FigureCount + rivals.Length];
            figures[0] = ranking.RocAuc(weights);
            figures[1] = ranking.AveragePrecision(weights);
            figures[2] = loss / total;
            figures[3] = brier / total;
            figures[4] = bins.CalibrationError(rows.Likelihoods, rows.Labels, weights);
            for (var i = 0; i < liftShares.Length; i++)
            {
                var at = Array.IndexOf(shares, liftShares[i]);
                figures[5 + i] = positives > 0 ? found[at] / positives / shares[at] : double.NaN;
            }
            figures[8] = found[capacityPlace] / (shares[capacityPlace] * total);
            for (var i = 0; i < rivals.Length; i++)
                figures[FigureCount + i] = rivals[i].RocAuc(weights);
            return figures;
        }
    }
}
