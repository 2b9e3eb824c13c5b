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
    /// <remarks>Buckets that workers have scored already are taken from their files; the others are scored here.</remarks>
    public static ScoreRun Run(Night night, NightFacts facts, IProgress<StepProgress> progress)
    {
        var parts = ScoreParts.Of(night);
        var there = parts.Read(night.Cancellation);
        int[] missing = [.. Enumerable.Range(0, night.Lake.Buckets).Except(there.Keys)];
        var scores = ScoreContacts.Rank(there.Values.SelectMany(own => own).Concat(Scores(night, missing, progress)));
        var fits = MatchContacts.Run(scores.Select(score => score.Contact), facts, night.Policies);
        var run = new ScoreRun(
            night.AsOf.Day,
            night.Model.Id,
            [.. scores.Select(score => new ContactScore(score, Codes(fits, score)))]
        );
        ScoreFile.Write(night.Home.Path, run, night.Lake.Buckets, night.Cancellation);
        ScoreParts.Clear(night.Home);
        return run;
    }

    /// <summary>Scores the contacts of one bucket, for the night that joins all buckets; a bucket that is there already is left.</summary>
    /// <returns>How many of the bucket are scored, by this run or by one that did not live to say so.</returns>
    public static int RunBucket(Night night, int bucket, IProgress<StepProgress> progress)
    {
        var parts = ScoreParts.Of(night);
        if (parts.Count(bucket, night.Cancellation) is { } before)
            return before;
        List<LeadScore> scores = [.. Scores(night, [bucket], progress)];
        parts.Write(bucket, scores, night.Cancellation);
        return scores.Count;
    }

    /// <summary>Scores all contacts of a small lake, without writing them down.</summary>
    internal static IReadOnlyList<LeadScore> Some(Night night, IReadOnlyList<int> buckets) =>
        [.. Scores(night, buckets, new Unseen())];

    // piece by piece, so that the features of all contacts are never in memory together
    static IEnumerable<LeadScore> Scores(Night night, IReadOnlyList<int> buckets, IProgress<StepProgress> progress)
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
                Buckets = buckets,
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

    sealed class Unseen : IProgress<StepProgress>
    {
        public void Report(StepProgress value) { }
    }

    static IReadOnlyList<int> Codes(IReadOnlyDictionary<ContactId, MunicipalityFit> fits, LeadScore score) =>
        !fits.TryGetValue(score.Contact, out var fit) ? []
        : fit.RunnerUp == 0 ? [fit.Best]
        : [fit.Best, fit.RunnerUp];
}
