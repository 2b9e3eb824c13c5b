using System.Globalization;
using LeadScoring.Ingestion;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Jobs;

/// <summary>Features and scores of one bucket, for the night that joins them; any worker that shares the home may do it.</summary>
sealed class ScoreJob(Home home, TimeProvider time) : IJobBody
{
    public const string JobName = "score";

    public string Name => JobName;

    /// <summary>The unit of a bucket on a day.</summary>
    public static JobUnit Unit(DateOnly day, int bucket) =>
        new(JobName, day, bucket.ToString("00", CultureInfo.InvariantCulture));

    public JobOutcome Run(JobUnit unit, Screen screen, CancellationToken cancellation)
    {
        var settings = HomeSettings.Load(home.Path);
        var model =
            new ModelRegistry(home.Models).Champion()
            ?? throw new WorkerException($"{home.Models} has no champion to score with; the night trains one first.");
        var night = new Night(
            home,
            settings,
            ReadPolicies.Run(home),
            Lake.Open(home.Path),
            model,
            AsOf.Of(unit.Day, settings, time),
            cancellation
        );
        var bucket = int.Parse(unit.Part, NumberStyles.None, CultureInfo.InvariantCulture);
        var scored = screen.Step(
            "score",
            progress => ScoreTonight.RunBucket(night, bucket, progress),
            done => Words.Text($"bucket {bucket:00}: {done:N0} contacts")
        );
        return new(
            RunState.Done,
            new
            {
                Scored = scored,
                night.Lake.Generation,
                Model = model.Id,
            }
        );
    }
}
