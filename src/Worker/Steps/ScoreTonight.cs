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

    /// <summary>Contacts whose features are in memory at a time, for each thread.</summary>
    const int RowsAtOnce = 16_384;

    /// <param name="facts">What the lake knew as of the same night.</param>
    public static ScoreRun Run(Night night, NightFacts facts, IProgress<StepProgress> progress)
    {
        var scores = ScoreContacts.Rank(Scores(night, progress));
        var fits = MatchContacts.Run(scores.Select(score => score.Contact), facts, night.Policies);
        var run = new ScoreRun(
            night.AsOf.Day,
            night.Model.Id,
            [.. scores.Select(score => new ContactScore(score, Codes(fits, score)))]
        );
        ScoreFile.Write(night.Home.Path, run, night.Lake.Buckets, night.Cancellation);
        return run;
    }

    // piece by piece, so that the features of all contacts are never in memory together
    static IEnumerable<LeadScore> Scores(Night night, IProgress<StepProgress> progress)
    {
        var byBucket = new List<LeadScore>[night.Lake.Buckets];
        FeatureBuild.Stream(
            night.Lake,
            night.Model.Trees.Features,
            Cutoffs.At(night.AsOf.Instant),
            new FeatureBuildOptions(night.AsOf.Instant, night.Settings)
            {
                KeepDeclined = true,
                Clicks = night.Model.Description.ClickRule,
                RowsAtOnce = RowsAtOnce,
            },
            (bucket, rows) =>
                (byBucket[bucket] ??= []).AddRange(
                    ScoreContacts.Run(night.Model, rows, Reasons, threads: 1, night.Cancellation)
                ),
            new TrainFromLake.Buckets("features, scores and reasons", progress),
            night.Cancellation
        );
        return byBucket.SelectMany(scores => scores ?? []);
    }

    static IReadOnlyList<int> Codes(IReadOnlyDictionary<ContactId, MunicipalityFit> fits, LeadScore score) =>
        !fits.TryGetValue(score.Contact, out var fit) ? []
        : fit.RunnerUp == 0 ? [fit.Best]
        : [fit.Best, fit.RunnerUp];
}
