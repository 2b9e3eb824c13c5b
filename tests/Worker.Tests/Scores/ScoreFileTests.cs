using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Worker.Tests.Scores;

public class ScoreFileTests
{
    static readonly DateOnly Day = new(2026, 3, 2);

    [Test]
    public void Scores_are_read_back_as_they_were_written()
    {
        using var home = new TemporaryHome();
        var run = Run(500);
        Assert.That(WholeScores.Write(home.Path, run), Is.True);
        var read = ScoreFile.Read(home.Path, Day);

        Assert.That(read.ModelId, Is.EqualTo("2026-03-01-a"));
        Assert.That(read.Scores, Has.Count.EqualTo(500));
        foreach (var (was, now) in run.Scores.Zip(read.Scores))
        {
            Assert.That(now.Score with { Reasons = [] }, Is.EqualTo(was.Score with { Reasons = [] }));
            Assert.That(now.Score.Reasons, Is.EqualTo(was.Score.Reasons));
            Assert.That(now.Municipalities, Is.EqualTo(was.Municipalities));
        }
    }

    [Test]
    public void A_home_with_signs_of_patterns_in_its_path_keeps_its_scores_apart()
    {
        using var home = new TemporaryHome();
        WholeScores.Write(home.File("h[1]*?"), Run(300));
        WholeScores.Write(home.File("h1 not meant"), Run(20));

        Assert.That(ScoreFile.Read(home.File("h[1]*?"), Day).Scores, Has.Count.EqualTo(300));
    }

    [Test]
    public void Each_contact_lies_in_its_bucket_of_the_lake()
    {
        using var home = new TemporaryHome();
        WholeScores.Write(home.Path, Run(200), buckets: 4);
        using var database = Database.Open();
        using var connection = database.Connect();
        for (var bucket = 0; bucket < 4; bucket++)
        {
            var file = Path.Combine(ScoreFile.Folder(home.Path, Day), $"bucket={bucket:00}.parquet");
            var contacts = connection.Rows("bucket", "from read_parquet($1)", (c, row) => c.Text(0, row)!, file);
            Assert.That(contacts, Is.Not.Empty.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(contacts.Select(c => LakeLayout.BucketOf(c, 4)), Is.All.EqualTo(bucket));
        }
    }

    [Test]
    public void The_same_scores_in_any_order_give_the_same_bytes_and_are_not_written_again()
    {
        using var one = new TemporaryHome();
        using var other = new TemporaryHome();
        var run = Run(300);
        WholeScores.Write(one.Path, run);
        WholeScores.Write(other.Path, run with { Scores = [.. run.Scores.Reverse()] });
        Assert.That(Bytes(one), Is.EqualTo(Bytes(other)));
        Assert.That(WholeScores.Write(one.Path, run), Is.False);
        Assert.That(Bytes(one), Is.EqualTo(Bytes(other)));
    }

    [Test]
    public void Another_run_of_the_day_replaces_the_first_whole()
    {
        using var home = new TemporaryHome();
        WholeScores.Write(home.Path, Run(300));
        Assert.That(WholeScores.Write(home.Path, Run(2)), Is.True);
        Assert.That(ScoreFile.Read(home.Path, Day).Scores, Has.Count.EqualTo(2));
        Assert.That(Directory.GetFileSystemEntries(home.File("scores")), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_night_without_scores_is_a_night_all_the_same()
    {
        using var home = new TemporaryHome();
        WholeScores.Write(home.Path, Run(0));
        Assert.That(ScoreFile.Read(home.Path, Day).Scores, Is.Empty);
    }

    [Test]
    public void The_latest_day_is_found_and_leftovers_are_no_days()
    {
        using var home = new TemporaryHome();
        Assert.That(ScoreFile.Latest(home.Path), Is.Null);
        WholeScores.Write(home.Path, Run(1) with { AsOf = new(2026, 2, 28) });
        WholeScores.Write(home.Path, Run(1));
        Directory.CreateDirectory(home.File("scores", ".as_of=2026-03-09.tmp"));
        Directory.CreateDirectory(home.File("scores", "as_of=someday"));
        Assert.That(ScoreFile.Latest(home.Path), Is.EqualTo(Day));
    }

    [Test]
    public void A_day_without_scores_and_a_damaged_file_are_told()
    {
        using var home = new TemporaryHome();
        Assert.That(
            () => ScoreFile.Read(home.Path, Day),
            Throws
                .TypeOf<WorkerException>()
                .With.Message.Contains("as_of=2026-03-02")
                .And.Message.Contains("leads score")
        );
        WholeScores.Write(home.Path, Run(30));
        File.WriteAllText(home.File("scores", "as_of=2026-03-02", "bucket=03.parquet"), "no parquet at all");
        Assert.That(
            () => ScoreFile.Read(home.Path, Day),
            Throws.TypeOf<WorkerException>().With.Message.Contains("damaged")
        );
    }

    [Test]
    public void A_home_with_a_quote_in_its_name_works()
    {
        using var home = new TemporaryHome();
        var odd = home.File("Visitor's home");
        WholeScores.Write(odd, Run(3));
        Assert.That(ScoreFile.Read(odd, Day).Scores, Has.Count.EqualTo(3));
    }

    /// <summary>Contacts with zero to three reasons (one value in ten NaN) and zero to two municipalities.</summary>
    static ScoreRun Run(int contacts)
    {
        var random = new Random(7);
        return new(Day, "2026-03-01-a", [.. Enumerable.Range(1, contacts).Select(rank => Scored(rank, random))]);
    }

    static ContactScore Scored(int rank, Random random)
    {
        var likelihood = random.NextDouble();
        var reasons = Enumerable
            .Range(0, rank % 4)
            .Select(i => new Reason(
                $"count.theme.housing.{i}d",
                rank % 10 == 0 ? double.NaN : random.Next(90),
                random.NextDouble() - 0.5
            ))
            .ToArray();
        int[] municipalities = [.. new[] { 2582, 2505 }.Take(rank % 3)];
        var score = new LeadScore(
            new($"k{random.Next():x8}å"),
            random.NextDouble() * -4,
            likelihood,
            likelihood / 2,
            likelihood * 1.5,
            "ABCD"[rank % 4],
            rank,
            reasons
        );
        return new(score, municipalities);
    }

    static string[] Bytes(TemporaryHome home) =>
        [
            .. Directory
                .GetFiles(home.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetRelativePath(home.Path, f)} {Convert.ToHexString(File.ReadAllBytes(f))}"),
        ];
}
