using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Features;
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

    /// <summary>
    /// The scores without their reasons, by rank. Buckets that workers have scored already are taken from their parts, the
    /// others are scored here; either way a bucket's scores are written and let go, so that memory follows the bucket.
    /// </summary>
    /// <param name="facts">What the lake knew as of the same night.</param>
    public static ScoreRun Run(Night night, NightFacts facts, IProgress<StepProgress> progress)
    {
        var parts = ScoreParts.Of(night);
        var buckets = night.Lake.Buckets;
        var there = parts.Sound(buckets, night.Cancellation);
        Score(night, [.. Enumerable.Range(0, buckets).Except(there)], progress, Write);
        string[] paths = [.. Enumerable.Range(0, buckets).Select(parts.PathOf)];
        var scores = Ranked(paths, facts, night.Cancellation);
        var prior = MatchContacts.Prior(facts);
        JoinParts.Run(night.Home.Path, night.AsOf.Day, paths, Placed, night.Cancellation);
        ScoreParts.Clear(night.Home);
        return new(night.AsOf.Day, night.Model.Id, scores);

        void Write(int bucket, List<LeadScore> own) => parts.Write(bucket, own, night.Cancellation);

        IEnumerable<Placed> Placed(int bucket) =>
            scores
                .OfPart(bucket)
                .Select(one => new Placed(
                    one.Contact,
                    one.Rank,
                    Codes(MatchContacts.One(one.Contact, facts, prior, night.Policies))
                ));
    }

    /// <summary>Scores the contacts of one bucket, for the night that joins all buckets; a bucket that is there already is left.</summary>
    /// <returns>How many of the bucket are scored, by this run or by one that did not live to say so.</returns>
    public static int RunBucket(Night night, int bucket, IProgress<StepProgress> progress)
    {
        var parts = ScoreParts.Of(night);
        if (parts.Count(bucket, night.Cancellation) is { } before)
            return before;
        var scored = 0;
        Score(
            night,
            [bucket],
            progress,
            (_, own) =>
            {
                parts.Write(bucket, own, night.Cancellation);
                scored = own.Count;
            }
        );
        return scored;
    }

    /// <summary>Scores all contacts of a small lake, without writing them down.</summary>
    internal static IReadOnlyList<LeadScore> Some(Night night, IReadOnlyList<int> buckets)
    {
        var byBucket = new List<LeadScore>[night.Lake.Buckets];
        Score(night, buckets, progress: null, (bucket, own) => byBucket[bucket] = own);
        return [.. buckets.SelectMany(bucket => byBucket[bucket])];
    }

    static BareScores Ranked(IReadOnlyList<string> parts, NightFacts facts, CancellationToken cancellation)
    {
        using var database = ScoreFile.OpenDatabase();
        using var connection = database.Connect();
        return BareScores.Ranked(connection, parts, facts.Contacts, cancellation);
    }

    /// <summary>Piece by piece, so that the features of all contacts are never in memory together.</summary>
    /// <param name="take">Is given a bucket's scores, on the thread that made them, and they are let go.</param>
    static void Score(
        Night night,
        IReadOnlyList<int> buckets,
        IProgress<StepProgress>? progress,
        Action<int, List<LeadScore>> take
    )
    {
        // workers have scored them all: no engine and no plan is needed
        if (buckets.Count == 0)
            return;
        var byBucket = new List<LeadScore>?[night.Lake.Buckets];
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
            bucket =>
            {
                take(bucket, byBucket[bucket] ?? []);
                byBucket[bucket] = null;
            },
            progress is null ? null : new TrainFromLake.Buckets("features, scores and reasons", progress),
            night.Cancellation
        );
    }

    static IReadOnlyList<int> Codes(MunicipalityFit? fit) =>
        fit is null ? []
        : fit.RunnerUp == 0 ? [fit.Best]
        : [fit.Best, fit.RunnerUp];
}
