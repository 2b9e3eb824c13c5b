using LeadScoring.Ingestion;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>Buckets that are scored one by one, by whichever worker, join to the bytes of a run that scores them all.</summary>
public sealed class BucketTests
{
    [Test, CancelAfter(300_000)]
    public void Buckets_scored_apart_join_to_what_one_run_scores()
    {
        using var home = Trained();
        var night = NightOf(home);
        int[] apart = [15, 0, 7, 3];
        int[] scored = [.. apart.Select(bucket => ScoreTonight.RunBucket(night, bucket, new Silent()))];
        Assert.That(scored, Has.All.GreaterThan(0));
        var told = apart.Select(bucket => ScoreTonight.RunBucket(night, bucket, new Silent()));
        Assert.That(told, Is.EqualTo(scored), "who comes after a kill tells what the killed one had scored");
        Assert.That(PartsOf(home), Has.Length.EqualTo(apart.Length));

        Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        Assert.That(home.Fingerprint(), Is.EqualTo(FinishedRun.Home.Fingerprint()));
        Assert.That(PartsOf(home), Is.Empty);
    }

    [Test, CancelAfter(300_000)]
    public void A_part_is_what_is_joined_and_a_damaged_one_is_scored_again()
    {
        using var home = Trained();
        var night = NightOf(home);
        var whole = ScoreTonight.RunBucket(night, 5, new Silent());
        var inSixth = ScoreTonight.RunBucket(night, 6, new Silent());
        var parts = ScoreParts.Of(night);
        Assert.That(parts.Sound(night.Lake.Buckets, CancellationToken.None), Is.EqualTo(new[] { 5, 6 }));

        // An emptied part is taken at its word; that shows that parts are joined and not scored anew.
        parts.Write(5, [], CancellationToken.None);
        var sixth = PartsOf(home).Single(path => path.EndsWith("bucket=06.parquet", StringComparison.Ordinal));
        File.WriteAllText(sixth, "x");
        Assert.That(parts.Sound(night.Lake.Buckets, CancellationToken.None), Is.EqualTo(new[] { 5 }));
        Assert.That(ScoreTonight.RunBucket(night, 6, new Silent()), Is.EqualTo(inSixth));
        File.WriteAllText(sixth, "x");
        var scored = ScoreTonight.Run(night, night.Facts(), new Silent());
        Assert.That(scored.Scores, Has.Count.EqualTo(ScoredBy(FinishedRun.Home) - whole));
    }

    [Test, CancelAfter(300_000)]
    public void A_part_of_another_model_or_day_is_not_joined()
    {
        using var home = Trained();
        var night = NightOf(home);
        ScoreParts
            .Of(night with { AsOf = new(night.AsOf.Day.AddDays(-1), night.AsOf.Instant) })
            .Write(5, [], CancellationToken.None);
        Assert.That(ScoreParts.Of(night).Count(5, CancellationToken.None), Is.Null);
        Assert.That(
            ScoreTonight.Run(night, night.Facts(), new Silent()).Scores,
            Has.Count.EqualTo(ScoredBy(FinishedRun.Home))
        );
    }

    static int ScoredBy(SampleHome home) =>
        ScoreFile
            .Read(home.Path, DateOnly.Parse(SampleHome.AsOf, System.Globalization.CultureInfo.InvariantCulture))
            .Scores.Count;

    static string[] PartsOf(SampleHome home)
    {
        var parts = Path.Combine(home.Path, "scores", ".parts");
        return Directory.Exists(parts) ? Directory.GetFiles(parts, "*", SearchOption.AllDirectories) : [];
    }

    static SampleHome Trained()
    {
        var home = FinishedRun.Home.Twin();
        foreach (var folder in (string[])["scores", "exports"])
            Directory.Delete(Path.Combine(home.Path, folder), recursive: true);
        foreach (var file in Directory.GetFiles(home.Path, "leads.db*"))
            File.Delete(file);
        return home;
    }

    static Night NightOf(SampleHome sample)
    {
        var home = new Home(sample.Path);
        var settings = HomeSettings.Load(home.Path);
        var day = DateOnly.Parse(SampleHome.AsOf, System.Globalization.CultureInfo.InvariantCulture);
        return new(
            home,
            settings,
            ReadPolicies.Run(home),
            Lake.Open(home.Path),
            new ModelRegistry(home.Models).Champion()!,
            AsOf.Of(day, settings, TimeProvider.System),
            CancellationToken.None
        );
    }

    sealed class Silent : IProgress<StepProgress>
    {
        public void Report(StepProgress value) { }
    }
}
