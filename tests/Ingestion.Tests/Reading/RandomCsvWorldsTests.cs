using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Tests.Reading.Twins;

namespace LeadScoring.Ingestion.Tests.Reading;

/// <summary>Random rows in random dialects, encodings and packings, some rows and files damaged: nothing is ever lost or changed.</summary>
public sealed class RandomCsvWorldsTests
{
    /// <summary>Files of one home: an ingest costs more than its rows.</summary>
    const int Files = 8;

    [Test]
    public void Every_record_is_accounted_for_and_accepted_values_are_the_intended_ones() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(17UL, 1UL),
            Prop.ForAll(CsvWorld.Any.ArrayOf(Files).ToArbitrary(), IsAccountedFor)
        );

    /// <summary>Damaged bytes may change what a file says; they never break the sums.</summary>
    [Test]
    public void Sums_hold_whatever_happens_to_the_bytes() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(18UL, 1UL),
            Prop.ForAll(
                (
                    from worlds in CsvWorld.Any.ArrayOf(Files)
                    from seed in Gen.Choose(0, int.MaxValue - 1)
                    select (worlds, seed)
                ).ToArbitrary(),
                damaged => Reconciles(damaged.worlds, new Random(damaged.seed))
            )
        );

    static void IsAccountedFor(CsvWorld[] worlds)
    {
        using var home = new TestHome().WithSource("worlds.sql", CsvWorld.Source);
        for (var file = 0; file < worlds.Length; file++)
            home.With($"worlds/{file}.csv", worlds[file].Bytes(file));

        var report = home.Ingest();

        foreach (var file in report.Files)
        {
            var world = worlds[file.Path["worlds/".Length] - '0'];
            Assert.That(
                (file.State, file.Duplicate),
                Is.AnyOf((FileState.Ingested, 0L), (FileState.Known, 0L)),
                file.Refusal
            );
            if (file.State == FileState.Known)
                continue;
            Assert.That(
                (file.Read, file.Accepted, file.Rejected),
                Is.EqualTo(((long)world.Rows.Length, (long)world.Good, (long)(world.Rows.Length - world.Good))),
                $"{file.Path} {file.Format}"
            );
            Assert.That(home.Rejects(file), Has.Count.EqualTo(file.Rejected));
        }
        Assert.That(
            home.Rows("select contact, epoch_us(\"at\"), value, trace_id from traces")
                .Select(row => row.TrimEnd(' '))
                .Order(StringComparer.Ordinal),
            Is.EqualTo(worlds.SelectMany((world, file) => world.Meaning(file)).Order(StringComparer.Ordinal))
        );
    }

    static void Reconciles(CsvWorld[] worlds, Random random)
    {
        using var home = new TestHome().WithSource("worlds.sql", CsvWorld.Source);
        for (var file = 0; file < worlds.Length; file++)
            home.With($"worlds/{file}.csv", Damaged(worlds[file].Bytes(file), random));

        var report = home.Ingest();

        foreach (var file in report.Files)
        {
            if (file.State == FileState.Refused)
                Assert.That(file.Refusal, Does.StartWith($"inbox/{file.Path}: ").And.Length.GreaterThan(40));
            Assert.That(file.Read, Is.EqualTo(file.Accepted + file.Rejected + file.Duplicate), file.Path);
            Assert.That(home.Rejects(file), Has.Count.EqualTo(file.Rejected), file.Path);
            Assert.That(file.Reasons.Sum(reason => reason.Rows), Is.EqualTo(file.Rejected), file.Path);
        }
        Assert.That(home.Rows("select count(*) from traces"), Is.EqualTo([$"{report.Accepted}"]));
        Assert.That(CheckLake.Run(home.Folder, hashing: true).Findings, Is.Empty);
    }

    /// <summary>One to three times: some bytes changed, cut out, doubled, or the end cut off.</summary>
    static byte[] Damaged(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var times = 1 + random.Next(3); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            var length = Math.Min(1 + random.Next(5), damaged.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[at] = (byte)"\"\r\n,;\0"[random.Next(6)];
                    break;
                case 2:
                    damaged.RemoveRange(at, length);
                    break;
                case 3:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }
        }
        return [.. damaged];
    }
}
