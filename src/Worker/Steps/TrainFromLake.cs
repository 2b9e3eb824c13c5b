using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using LeadScoring.Worker.Cli;

namespace LeadScoring.Worker.Steps;

/// <summary>Trains a model on the lake's past and stores it with its evaluation.</summary>
public static class TrainFromLake
{
    /// <param name="asOf">Nothing that became known later is used.</param>
    /// <param name="freshGrades">
    /// False keeps the champion's grade bands, so that a grade means the same likelihood from one model to the next.
    /// </param>
    /// <exception cref="ScoringException">There is too little to learn from.</exception>
    public static StoredModel Run(
        Home home,
        Lake lake,
        HomeSettings settings,
        PolicySet policies,
        AsOf asOf,
        ITrainer trainer,
        bool freshGrades,
        IProgress<StepProgress> progress,
        CancellationToken cancellation
    )
    {
        var clicks = MachineRules.Load(home.Path).Clicks;
        var table = TrainingTable.Build(
            home.Path,
            lake,
            settings,
            asOf.Instant,
            clicks: clicks,
            progress: new Buckets("snapshots", progress),
            cancellation: cancellation
        );
        if (table.RowCount == 0)
            throw new WorkerException(TooShort(lake, settings, asOf, cancellation));
        var registry = new ModelRegistry(home.Models);
        var options = Options(settings, policies) with
        {
            Clicks = clicks,
            Grades = freshGrades ? null : registry.Champion()?.Description.Grades,
            Notes = Notes(table, settings),
        };
        return registry.Save(TrainModel.Run(table, options, trainer, new Training(progress), cancellation));
    }

    /// <summary>The options of a training, back-test or evaluation as a home's settings say.</summary>
    public static TrainModelOptions Options(HomeSettings settings, PolicySet policies) =>
        new()
        {
            Label = new(settings.Label.Positive, settings.Label.Negative, settings.Label.HorizonDays),
            MinimumPositives = settings.MinimumPositives,
            Capacity = policies.All.Sum(policy => policy.WeeklyCapacity),
            Seed = settings.Seed,
            TimeZone = settings.TimeZone,
        };

    /// <summary>What is to be said of a table's rows.</summary>
    internal static IReadOnlyList<string> Notes(FeatureTable table, HomeSettings settings) =>
        table.ContactShare < 1
            ?
            [
                Words.Text(
                    $"Learnt and judged on {table.ContactShare:P1} of the contacts, drawn by their ids: {table.RowCount:N0} rows, as many as mostTrainingRows in leads.json ({settings.MostTrainingRows:N0}) and memory allow."
                ),
            ]
            : [];

    static string TooShort(Lake lake, HomeSettings settings, AsOf asOf, CancellationToken cancellation) =>
        LakeSpan.Read(lake, asOf.Instant, cancellation) is { } span
            ? Words.Text(
                $"There is nothing to learn from yet: the lake's facts reach from {span.First:yyyy-MM-dd} to {span.Last:yyyy-MM-dd}, and no snapshot of consenting contacts in between has its horizon of {settings.Label.HorizonDays} days behind it. Wait, bring older exports, shorten label.horizonDays in leads.json, or put a model trained elsewhere into models/ and run leads promote MODEL."
            )
            : "The lake holds nothing as of that day. Put exports into inbox/<source>/ and run again; see docs/own-data.md.";

    /// <summary>Buckets done, as a step's progress.</summary>
    internal sealed class Buckets(string words, IProgress<StepProgress> progress) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => progress.Report(new((double)value.Done / value.Of, words));
    }

    internal sealed class Training(IProgress<StepProgress> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            progress.Report(new(value.Total == 0 ? null : (double)value.Done / value.Total, value.Step));
    }
}
