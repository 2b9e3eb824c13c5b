using System.Globalization;
using System.Text.Json;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Benchmarks.Trees;

/// <summary>Training, scoring and explaining on a large synthetic table, with the budget the peers get.</summary>
static class TreesBenchmark
{
    const int ReasonsPerRow = 5;

    /// <summary>Scoring is repeated until it has taken this much CPU, since one pass is soon over.</summary>
    const double ScoringSeconds = 2;

    static readonly Dictionary<string, ITrainer> Trainers = new(StringComparer.Ordinal)
    {
        ["histogram"] = new HistogramTrainer(),
#if WITH_MLNET
        ["fasttree"] = new FastTreeTrainer(),
#endif
    };

    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        var rows = arguments.Number("--rows", 1_000_000);
        var features = arguments.Number("--features", 60);
        var seed = arguments.Number("--seed", 1);
        var options = Budget(arguments);
        var name = arguments.Text("--trainer") ?? "histogram";
        if (!Trainers.TryGetValue(name, out var trainer))
        {
            Console.Error.WriteLine(
                $"benchmarks: --trainer {name} is not in this build; build it with -p:WithMLNet=true."
            );
            return 2;
        }
        if (rows < 10 || features < 10)
        {
            Console.Error.WriteLine("benchmarks: trees needs at least 10 --rows and 10 --features.");
            return 2;
        }
        var training = LabelledRows.Draw(seed, from: 0, rows, features).Table;
        if (arguments.Text("--export") is { } folder)
            Export(folder, training, Test().Table);
        if (options.Trees == 0)
            return 0;
        var warmUp = arguments.Has("--cold") ? 0 : WarmUp(trainer, seed, features, options);
        var figures = Measure(trainer, training, Test, options, arguments.Number("--explain", 20_000));
        figures = figures with { WarmUpCpu = warmUp };
        Console.WriteLine(arguments.Has("--json") ? JsonSerializer.Serialize(figures, Web) : Words(figures));
        return 0;

        LabelledRows Test() => LabelledRows.Draw(seed, rows, Math.Max(1, rows / 5), features);
    }

    /// <summary>All rows and features, no early stopping, leaves the only limit: what XGBoost's lossguide does too.</summary>
    static TrainingOptions Budget(Arguments arguments) =>
        new()
        {
            Trees = arguments.Number("--trees", 200),
            Leaves = arguments.Number("--leaves", 31),
            Threads = arguments.Number("--threads", 1),
            LearningRate = 0.1,
            Bins = 255,
            L2 = 1,
            MinimumRows = 1,
            MinimumHessian = 1,
            FeatureShare = 1,
            RowShare = 1,
            EarlyStopping = 0,
        };

    static void Export(string folder, FeatureTable training, FeatureTable test)
    {
        Directory.CreateDirectory(folder);
        NumpyFile.Write(Path.Combine(folder, "train-x.npy"), training.Columns);
        NumpyFile.Write(Path.Combine(folder, "train-y.npy"), training.Labels);
        NumpyFile.Write(Path.Combine(folder, "test-x.npy"), test.Columns);
        NumpyFile.Write(Path.Combine(folder, "test-y.npy"), test.Labels);
    }

    /// <summary>The whole way on few rows, so that the compiler is done with the hot code before it is measured.</summary>
    static double WarmUp(ITrainer trainer, int seed, int features, TrainingOptions options)
    {
        var begin = Meter.Now;
        var few = LabelledRows.Draw(seed + 1, from: 0, rows: 20_000, features);
        var model = trainer.Train(few.Table, null, options with { Trees = 30 }, null, default);
        for (var pass = 0; pass < 3; pass++)
            model.RawScores(few.Table, options.Threads);
        Explain(model, few.Table, rows: 500, options.Threads);
        using var pause = new ManualResetEventSlim(initialState: false);
        pause.Wait(300); // tiered compilation begins 100 ms after the last new method
        return (Meter.Now - begin).Cpu;
    }

    /// <summary>The later rows are drawn only when they are needed, since they have no part in the peak of training.</summary>
    static TreesFigures Measure(
        ITrainer trainer,
        FeatureTable training,
        Func<LabelledRows> later,
        TrainingOptions options,
        int explained
    )
    {
        Meter.ForgetPeak();
        var clock = new TreeClock();
        var begin = Meter.Now;
        var model = trainer.Train(training, null, options, clock, default);
        var trained = Meter.Now - begin;
        var peak = Meter.PeakMegabytes();
        var binning = clock.Binning();
        var test = later();
        begin = Meter.Now;
        var scores = model.RawScores(test.Table, options.Threads);
        long scored = scores.Length;
        for (; (Meter.Now - begin).Cpu < ScoringSeconds; scored += scores.Length)
            model.RawScores(test.Table, options.Threads);
        var scoring = Meter.Now - begin;
        begin = Meter.Now;
        var reasons = Explain(model, test.Table, explained, options.Threads);
        var labels = test.Table.Labels;
        var likelihoods = Array.ConvertAll(scores, BoostedTrees.Probability);
        return new TreesFigures(
            trainer is HistogramTrainer ? "ours" : trainer.Name,
            training.RowCount,
            training.Features.Count,
            model.Trees.Count,
            options.Leaves,
            options.Threads,
            trained,
            binning,
            trained - binning,
            scoring,
            scored,
            Meter.Now - begin,
            reasons,
            peak,
            Metrics.RocAuc(scores, labels),
            Metrics.LogLoss(likelihoods, labels),
            Metrics.CalibrationError(likelihoods, labels),
            Metrics.RocAuc(test.Truth, labels),
            WarmUpCpu: 0
        );
    }

    /// <summary>Explains the first rows of the table; how many those were.</summary>
    static int Explain(BoostedTrees model, FeatureTable table, int rows, int threads)
    {
        var sample = table.Take([.. Enumerable.Range(0, Math.Min(rows, table.RowCount))]);
        return new TreeShap(model).TopReasons(sample, ReasonsPerRow, threads).Length;
    }

    static string Words(TreesFigures figures) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {figures.Rows:N0} rows x {figures.Features} features, {figures.Trees} trees x {figures.Leaves} leaves, {figures.Threads} thread(s); warmed up for {figures.WarmUpCpu:0.0} CPU s before
            training  {figures.Training.Cpu, 8:0.00} CPU s {figures.Training.Wall, 8:0.00} wall s, peak {figures.PeakMegabytes:N0} MB
              binning {figures.Binning.Cpu, 8:0.00} CPU s {figures.Binning.Wall, 8:0.00} wall s (up to the first tree, less a tree)
              boosting{figures.Boosting.Cpu, 8:0.00} CPU s {figures.Boosting.Wall, 8:0.00} wall s
            scoring   {figures.ScoredRows / figures.Scoring.Cpu, 8:N0} rows/CPU s, {figures.ScoredRows
                / figures.Scoring.Wall:N0} rows/wall s, binning included
            reasons   {figures.ReasonRows / figures.Reasons.Cpu, 8:N0} rows/CPU s, {figures.ReasonRows
                / figures.Reasons.Wall:N0} rows/wall s
            AUC {figures.Auc:0.00000} (oracle {figures.OracleAuc:0.00000}), log loss {figures.LogLoss:0.000000}, ECE {figures.Ece:0.00000}
            """
        );
}
