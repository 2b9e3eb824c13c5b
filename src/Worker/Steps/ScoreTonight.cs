using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Worker.Steps;

/// <summary>Scores every consenting contact as of a night and writes the day's score file.</summary>
public static class ScoreTonight
{
    /// <summary>Reasons kept with each score.</summary>
    public const int Reasons = 5;

    /// <param name="facts">What the lake knew as of the same night.</param>
    public static ScoreRun Run(Night night, NightFacts facts, IProgress<StepProgress> progress)
    {
        var table = FeatureBuild.Run(
            night.Lake,
            night.Model.Trees.Features,
            Cutoffs.At(night.AsOf.Instant),
            new FeatureBuildOptions(night.AsOf.Instant, night.Settings) { KeepDeclined = true },
            new TrainFromLake.Buckets("features", progress),
            night.Cancellation
        );
        progress.Report(new(null, "scores and reasons"));
        var scores = ScoreContacts.Run(night.Model, table, Reasons, threads: 0, night.Cancellation);
        var fits = MatchContacts.Run(scores.Select(score => score.Contact), facts, night.Policies);
        var run = new ScoreRun(
            night.AsOf.Day,
            night.Model.Id,
            [.. scores.Select(score => new ContactScore(score, Codes(fits, score)))]
        );
        ScoreFile.Write(night.Home.Path, run, night.Lake.Buckets, night.Cancellation);
        return run;
    }

    static IReadOnlyList<int> Codes(IReadOnlyDictionary<ContactId, MunicipalityFit> fits, LeadScore score) =>
        !fits.TryGetValue(score.Contact, out var fit) ? []
        : fit.RunnerUp == 0 ? [fit.Best]
        : [fit.Best, fit.RunnerUp];
}
