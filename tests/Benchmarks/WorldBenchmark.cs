using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using LeadScoring.Synthetic;

namespace LeadScoring.Benchmarks;

/// <summary>How much of what could be foreseen in a synthetic world the trained model foresees, in a later window.</summary>
/// <remarks>
/// The oracle ranks the same test rows by the world's own likelihood (truth.parquet), which knows what no trace shows.
/// </remarks>
static class WorldBenchmark
{
    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    internal static int Run(string[] rest)
    {
        var arguments = new Arguments(rest);
        var seed = arguments.Number("--seed", 7);
        var options = SyntheticOptions.Sample with
        {
            Contacts = arguments.Number("--contacts", 20_000),
            Months = arguments.Number("--months", 36),
            Seed = (ulong)seed,
            End = arguments.Day("--end", SyntheticOptions.DefaultEnd),
        };
        var home = Directory.CreateTempSubdirectory("leads-world-").FullName;
        try
        {
            var cpu = new CpuClock();
            SyntheticWorld.Write(options, home);
            var generated = cpu.Lap();
            var report = Ingest.Run(home, new IngestOptions(), progress: null, CancellationToken.None);
            var ingested = cpu.Lap();
            var settings = new HomeSettings { MostTrainingRows = int.MaxValue };
            var table = TrainingTable.Build(home, Lake.Open(home), settings, AsOf(options));
            var built = cpu.Lap();
            var training = new TrainModelOptions { Seed = 1 };
            if (arguments.Text("--export") is { } folder)
                WorldExport.Write(folder, table, Truth(home, table), training);
            if (arguments.Has("--table-only"))
                return 0;
            var model = TrainModel.Run(table, training, new HistogramTrainer(), progress: null, CancellationToken.None);
            var trained = cpu.Lap();
            var test = table.Take(Backtest.Split(table, training).Test);
            var oracle = Metrics.RocAuc(Truth(home, test), test.Labels);
            Print(arguments, options, report, table, model, oracle, [generated, ingested, built, trained]);
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    static DateTime AsOf(SyntheticOptions options) =>
        new LocalCalendar(new HomeSettings().TimeZone).StartOf(options.End);

    static double[] Truth(string home, FeatureTable rows)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        var truth = connection
            .Rows(
                "truth",
                $"select contact, as_of, likelihood from read_parquet({LakeViews.Quoted(Path.Combine(home, "truth.parquet"))})",
                (chunk, row) => (chunk.Text(0, row)!, Time.Instant(chunk.Span<long>(1)[row]), chunk.Span<float>(2)[row])
            )
            .ToDictionary(row => (row.Item1, row.Item2), row => (double)row.Item3);
        return [.. rows.Contacts.Zip(rows.AsOf, (contact, asOf) => truth[(contact, asOf)])];
    }

    static void Print(
        Arguments arguments,
        SyntheticOptions options,
        IngestReport report,
        FeatureTable table,
        TrainedModel model,
        double oracle,
        double[] cpu
    )
    {
        var figures = model.Evaluation;
        var reached = (figures.Auc - 0.5) / (oracle - 0.5);
        var delta = figures.Baselines.MinBy(baseline => baseline.AucDeltaLow)!;
        if (arguments.Has("--json"))
        {
            Console.WriteLine(Json(options, report, table, model, oracle, cpu));
            return;
        }
        Line($"{options.Contacts:N0} contacts, {options.Months} months, seed {options.Seed}: {report.Read:N0} rows");
        Line(
            $"test {figures.Test.From:yyyy-MM-dd} to {figures.Test.To:yyyy-MM-dd}: {figures.Test.Rows:N0} rows, {figures.Test.Positives} positive"
        );
        Line(
            $"model AUC {figures.Auc:0.000} ({figures.AucLow:0.000} to {figures.AucHigh:0.000}), ECE {figures.Ece:0.0000}"
        );
        var coverage = figures.IntervalCoverage!;
        Line(
            $"90 % intervals held the share of {coverage.Covered:0.0%} of {coverage.Groups} groups; {coverage.Below:0.0%} lay below, {coverage.Above:0.0%} above"
        );
        foreach (var baseline in figures.Baselines)
            Line(
                $"{baseline.Name}: AUC {baseline.Auc:0.000}, model ahead by {baseline.AucDelta:0.000} ({baseline.AucDeltaLow:0.000} to {baseline.AucDeltaHigh:0.000})"
            );
        Line(
            $"oracle AUC {oracle:0.000}; reached {reached:0.0%} of its lift over chance; least lead {delta.AucDeltaLow:0.000} over {delta.Name}"
        );
        Line(
            $"CPU seconds: generate {cpu[0]:0.0}, ingest {cpu[1]:0.0}, features {cpu[2]:0.0}, train and evaluate {cpu[3]:0.0}"
        );
    }

    static string Json(
        SyntheticOptions options,
        IngestReport report,
        FeatureTable table,
        TrainedModel model,
        double oracle,
        double[] cpu
    )
    {
        var figures = model.Evaluation;
        var coverage = figures.IntervalCoverage!;
        return JsonSerializer.Serialize(
            new
            {
                options.Contacts,
                options.Months,
                options.Seed,
                report.Read,
                rows = table.RowCount,
                features = table.Features.Count,
                figures.Auc,
                figures.AucLow,
                figures.AucHigh,
                figures.Ece,
                coverage = coverage.Covered,
                bins = coverage.Groups,
                coverage.Below,
                coverage.Above,
                trainRate = figures.Train.Rate,
                validationRate = figures.Validation.Rate,
                testRate = figures.Test.Rate,
                foreseenRate = figures.CalibrationBins.Sum(bin => bin.Likelihood * bin.Rows) / figures.Test.Rows,
                drift = Math.Sqrt(model.Description.Interval.Drift),
                model.Description.Season,
                calibrator = model.Description.Calibrator.GetType().Name,
                model.Description.Training.Trees,
                model.Description.Training.Leaves,
                model.Description.Training.LearningRate,
                figures.Baselines,
                oracle,
                reached = (figures.Auc - 0.5) / (oracle - 0.5),
                cpuSeconds = new
                {
                    generate = cpu[0],
                    ingest = cpu[1],
                    features = cpu[2],
                    train = cpu[3],
                },
            },
            Web
        );
    }

    static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

/// <summary>CPU seconds of this process between laps: what a noisy machine does to wall time does not touch them.</summary>
sealed class CpuClock
{
    readonly Process _process = Process.GetCurrentProcess();
    TimeSpan _last = Process.GetCurrentProcess().TotalProcessorTime;

    public double Lap()
    {
        _process.Refresh();
        var now = _process.TotalProcessorTime;
        var lap = (now - _last).TotalSeconds;
        _last = now;
        return lap;
    }
}
