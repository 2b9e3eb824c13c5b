using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>What a labelled table was parted into, for the evaluation to describe.</summary>
/// <param name="Labelled">All labelled rows.</param>
/// <param name="Validation">Rows (of <paramref name="Labelled"/>) held out to choose the number of trees.</param>
public sealed record EvaluatedSplit(
    FeatureTable Labelled,
    BacktestSplit Split,
    int[] Validation,
    bool ValidationIsLater
);

/// <summary>Writes the evaluation of held-out rows: figures, intervals, baselines, curves, drift, warnings, verdict.</summary>
public static class EvaluateRows
{
    const int Bins = 10;

    public static ModelEvaluation Run(
        EvaluatedSplit parts,
        HeldOut test,
        IReadOnlyList<Rival> rivals,
        IReadOnlyList<FeatureWeight> topFeatures,
        TrainModelOptions options,
        CancellationToken cancellation
    )
    {
        var bootstrap = new Bootstrap(test.Contacts, Bootstrap.ReplicatesFor(test.Rows), options.Seed);
        var figures = TestFigures.Measure(test, rivals, CapacityShare(test, options.Capacity), bootstrap, cancellation);
        var timed = options is { OrderedByTime: true, Dated: true };
        var bins = CalibrationBins(test);
        var drift = options.OrderedByTime ? Drift.Slices(parts.Labelled, parts.Split, options) : [];
        var train = Part(parts.Labelled, parts.Split.Train, options, timed);
        var tested = Part(parts.Labelled, parts.Split.Test, options, timed);
        return new ModelEvaluation
        {
            Verdict = Verdict.Of(figures),
            Auc = Rounded(figures.Auc.Value),
            AucLow = Rounded(figures.Auc.Low),
            AucHigh = Rounded(figures.Auc.High),
            BaselineAuc = Rounded(rivals.Count == 0 ? double.NaN : figures.Rivals.Max(rival => rival.Auc.Value)),
            PrAuc = Rounded(figures.PrAuc.Value),
            PrAucLow = Rounded(figures.PrAuc.Low),
            PrAucHigh = Rounded(figures.PrAuc.High),
            LogLoss = Rounded(figures.LogLoss.Value),
            LogLossLow = Rounded(figures.LogLoss.Low),
            LogLossHigh = Rounded(figures.LogLoss.High),
            Brier = Rounded(figures.Brier.Value),
            BrierLow = Rounded(figures.Brier.Low),
            BrierHigh = Rounded(figures.Brier.High),
            Ece = Rounded(figures.Ece.Value),
            EceLow = Rounded(figures.Ece.Low),
            EceHigh = Rounded(figures.Ece.High),
            Lift1 = Rounded(figures.Lift1.Value),
            Lift1Low = Rounded(figures.Lift1.Low),
            Lift1High = Rounded(figures.Lift1.High),
            Lift5 = Rounded(figures.Lift5.Value),
            Lift5Low = Rounded(figures.Lift5.Low),
            Lift5High = Rounded(figures.Lift5.High),
            Lift10 = Rounded(figures.Lift10.Value),
            Lift10Low = Rounded(figures.Lift10.Low),
            Lift10High = Rounded(figures.Lift10.High),
            PrecisionAtCapacity = Rounded(figures.PrecisionAtCapacity.Value),
            PrecisionAtCapacityLow = Rounded(figures.PrecisionAtCapacity.Low),
            PrecisionAtCapacityHigh = Rounded(figures.PrecisionAtCapacity.High),
            Capacity = options.Capacity,
            Baselines = [.. figures.Rivals.Select(Baseline)],
            Split = parts.Split.Kind,
            ValidationKind = parts.ValidationIsLater ? "laterDays" : "foldsByContact",
            Train = train,
            Validation = Part(parts.Labelled, parts.Validation, options, timed),
            Test = tested,
            Warnings = EvaluationWarnings.Of(parts.Split, train, tested, figures, test, bins, options),
            CalibrationBins = bins,
            Gains = GainsCurve(test),
            Drift = drift,
            TopFeatures = [.. topFeatures.Select(top => top with { Weight = Rounded(top.Weight) })],
        };
    }

    /// <summary>The capacity of one as-of day as a share of its rows; rows at scattered instants count as one day.</summary>
    static double CapacityShare(HeldOut test, int capacity)
    {
        var days = test.AsOf.Distinct().Count();
        var rowsADay = (double)test.Rows / days;
        return Math.Min(1, capacity / (rowsADay < capacity ? test.Rows : rowsADay));
    }

    static BaselineEvaluation Baseline(RivalFigures rival) =>
        new(
            rival.Name,
            Rounded(rival.Auc.Value),
            Rounded(rival.Auc.Low),
            Rounded(rival.Auc.High),
            Rounded(rival.Delta.Value),
            Rounded(rival.Delta.Low),
            Rounded(rival.Delta.High)
        );

    static EvaluationPart Part(FeatureTable labelled, int[] rows, TrainModelOptions options, bool timed)
    {
        var positives = rows.Count(row => labelled.Labels[row] == 1);
        DateOnly? Day(Func<IEnumerable<DateTime>, DateTime> pick) =>
            timed && rows.Length > 0 ? options.DayOf(pick(rows.Select(row => labelled.AsOf[row]))) : null;
        var rate = rows.Length == 0 ? double.NaN : Rounded((double)positives / rows.Length);
        return new EvaluationPart(Day(Enumerable.Min), Day(Enumerable.Max), rows.Length, positives, rate);
    }

    static List<CalibrationBin> CalibrationBins(HeldOut test)
    {
        var bins = new LikelihoodBins(test.Likelihoods, Bins);
        return
        [
            .. Enumerable
                .Range(0, test.Rows)
                .GroupBy(row => bins[row])
                .OrderBy(bin => bin.Key)
                .Select(bin =>
                {
                    var contacts = bin.Select(row => test.Contacts[row]).Distinct(StringComparer.Ordinal).Count();
                    var observed = bin.Average(row => (double)test.Labels[row]);
                    var (low, high) = JeffreysInterval.Of(observed * contacts, contacts, Bootstrap.Coverage);
                    return new CalibrationBin(
                        Rounded(bin.Average(row => test.Likelihoods[row])),
                        Rounded(observed),
                        Rounded(low),
                        Rounded(high),
                        bin.Count()
                    );
                }),
        ];
    }

    static List<GainsPoint> GainsCurve(HeldOut test)
    {
        double[] shares = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
        var found = new double[shares.Length];
        var ones = Metrics.Ones(test.Rows);
        var (_, positives) = new Ranking(test.Scores, test.Labels).Top(ones, shares, found);
        return [.. shares.Zip(found, (share, hits) => new GainsPoint(share, Rounded(hits / positives)))];
    }

    internal static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 6) : double.NaN;
}
