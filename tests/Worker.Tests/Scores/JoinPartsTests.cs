using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Scores;

namespace LeadScoring.Worker.Tests.Scores;

/// <summary>Scores that were written bucket by bucket and joined are those that were written all at once.</summary>
public class JoinPartsTests
{
    const int Buckets = 4;

    static readonly DateOnly Day = new(2026, 3, 2);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(700)]
    public void Joined_parts_are_the_bytes_of_all_scores_written_at_once(int contacts)
    {
        using var whole = new TemporaryHome();
        using var joined = new TemporaryHome();
        var run = Run(contacts);
        WholeScores.Write(whole.Path, run, Buckets);
        var parts = Parts(joined, run);

        using var database = Database.Open();
        using var connection = database.Connect();
        var bare = BareScores.Ranked(connection, parts, new ContactNumbers(), CancellationToken.None);
        var fits = run.Scores.ToDictionary(one => one.Score.Contact, one => one.Municipalities);
        JoinParts.Run(
            joined.Path,
            Day,
            parts,
            bucket => bare.OfPart(bucket).Reverse().Select(one => new Placed(one.Contact, one.Rank, fits[one.Contact])),
            CancellationToken.None
        );
        Assert.That(Bytes(joined), Is.EqualTo(Bytes(whole)));
        Assert.That(
            bare.Select(one => one.Score),
            Is.EqualTo(run.Scores.Select(one => one.Score)).Using<LeadScore>(IsSameButReasons)
        );
    }

    [Test]
    public void Some_are_read_with_their_reasons_by_rank_and_who_was_not_scored_is_not_among_them()
    {
        using var home = new TemporaryHome();
        var run = Run(300);
        WholeScores.Write(home.Path, run, Buckets);
        var (first, last) = (run.Scores[3], run.Scores[250]);
        var read = ScoreFile.ReadSome(home.Path, Day, [last.Score.Contact, new("nobody"), first.Score.Contact]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((read.AsOf, read.ModelId), Is.EqualTo((Day, "m")));
            Assert.That(read.Scores.Select(one => one.Score.Rank), Is.EqualTo(new[] { 4, 251 }));
            foreach (var (was, now) in new[] { first, last }.Zip(read.Scores))
            {
                Assert.That(IsSameButReasons(now.Score, was.Score), Is.True);
                Assert.That(now.Score.Reasons, Is.EqualTo(was.Score.Reasons));
                Assert.That(now.Municipalities, Is.EqualTo(was.Municipalities));
            }
            Assert.That(
                ScoreFile.ReadSome(home.Path, Day, []).ModelId,
                Is.EqualTo("m"),
                "also when nobody is asked for"
            );
        }
    }

    /// <summary>One file a bucket, as workers write them: without ranks and municipalities.</summary>
    static string[] Parts(TemporaryHome home, ScoreRun run) =>
        [
            .. Enumerable
                .Range(0, Buckets)
                .Select(bucket =>
                {
                    var path = home.File($"part-{bucket}.parquet");
                    var own = run.Scores.Where(s => LakeLayout.BucketOf(s.Score.Contact.Value, Buckets) == bucket);
                    ScoreFile.WriteOne(
                        path,
                        run with
                        {
                            Scores = [.. own.Select(s => new ContactScore(s.Score with { Rank = 0 }, []))],
                        },
                        CancellationToken.None
                    );
                    return path;
                }),
        ];

    /// <summary>Likelihoods and raw scores with many ties, so that the order of ids decides.</summary>
    static ScoreRun Run(int contacts)
    {
        var random = new Random(7);
        var scores = ScoreContacts.Rank(
            Enumerable
                .Range(0, contacts)
                .Select(i => new LeadScore(
                    new($"{(i % 2 == 0 ? "å" : "K")}{i}"),
                    random.Next(3) - 2,
                    random.Next(20) / 20.0,
                    random.NextDouble(),
                    random.NextDouble(),
                    "ABCD"[i % 4],
                    Rank: 0,
                    [
                        .. Enumerable
                            .Range(0, i % 6)
                            .Select(nth => new Reason(
                                $"count.{nth}",
                                i % 9 == 0 ? double.NaN : i,
                                random.NextDouble()
                            )),
                    ]
                ))
        );
        return new(
            Day,
            "m",
            [.. scores.Select((score, i) => new ContactScore(score, [.. new[] { 2582, 2505 }.Take(i % 3)]))]
        );
    }

    static bool IsSameButReasons(LeadScore one, LeadScore other) =>
        one with { Reasons = [] } == other with { Reasons = [] };

    static string[] Bytes(TemporaryHome home) =>
        [
            .. Directory
                .GetFiles(ScoreFile.Folder(home.Path, Day))
                .Order(StringComparer.Ordinal)
                .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(File.ReadAllBytes(path))}"),
        ];
}
