using System.Globalization;

namespace LeadScoring.Ingestion.Tests.Lakes;

public sealed class CompactionTests
{
    static LakeFile Run(
        int rows,
        int generation,
        LakeTable? table = LakeTable.Traces,
        int bucket = 3,
        string? keys = null
    ) =>
        new(
            table,
            bucket,
            string.Create(CultureInfo.InvariantCulture, $"{table}{keys}/{bucket}/{generation}"),
            rows,
            rows,
            generation,
            keys
        );

    [Test]
    public void Eight_runs_are_left_alone_and_of_nine_the_small_ones_are_merged_as_far_as_they_are_alike()
    {
        int[] rows = [1000, 7, 5, 300, 6, 5, 8, 9];
        LakeFile[] eight = [.. rows.Select((count, place) => Run(count, place))];
        Assert.That(Compaction.Groups(eight), Is.Empty);

        var merged = Compaction.Groups([.. eight, Run(41, 8)]).Single();

        Assert.That(merged.Select(run => run.Rows), Is.EqualTo([7, 5, 6, 5, 8, 9]), "40 rows, fewer than the next has");
        Assert.That(Compaction.Groups([.. eight, Run(40, 8)]).Single(), Has.Count.EqualTo(7));
    }

    [Test]
    public void Two_are_merged_even_if_nothing_is_alike()
    {
        var merged = Compaction.Groups(Enumerable.Range(0, 9).Select(i => Run(1 << (2 * i), i))).Single();
        Assert.That(merged.Select(run => run.Rows), Is.EqualTo([1, 4]));
    }

    [Test]
    public void Tables_buckets_and_keys_of_sources_are_merged_each_for_itself()
    {
        LakeFile[] files =
        [
            .. Enumerable.Range(0, 9).Select(i => Run(1, i)),
            .. Enumerable.Range(0, 9).Select(i => Run(1, i, bucket: 4)),
            .. Enumerable.Range(0, 8).Select(i => Run(1, i, LakeTable.Links)),
            .. Enumerable.Range(0, 9).Select(i => Run(1, i, null, 0, "a")),
            .. Enumerable.Range(0, 8).Select(i => Run(1, i, null, 0, "b")),
        ];
        Assert.That(
            Compaction.Groups(files).Select(runs => (runs[0].Table, runs[0].Bucket, runs[0].KeysOf, runs.Count)),
            Is.EqualTo(
                new (LakeTable?, int, string?, int)[]
                {
                    (LakeTable.Traces, 3, null, 9),
                    (LakeTable.Traces, 4, null, 9),
                    (null, 0, "a", 9),
                }
            )
        );
    }

    [Test]
    public void A_row_is_merged_seldom_however_many_nights_there_are()
    {
        var runs = new List<LakeFile> { Run(1_000_000, 0) };
        long written = 0;
        for (var night = 1; night <= 1000; night++)
        {
            runs.Add(Run(1000, night));
            foreach (var group in Compaction.Groups(runs))
            {
                runs.RemoveAll(group.Contains);
                runs.Add(Run((int)group.Sum(run => run.Rows), 10_000 + night));
                written += group.Sum(run => run.Rows);
            }
            Assert.That(runs, Has.Count.LessThanOrEqualTo(Compaction.MostRuns));
        }
        Assert.That(runs.Sum(run => run.Rows), Is.EqualTo(2_000_000));
        Assert.That(written, Is.LessThan(6_000_000), "each new row about five times, and the first run once");
    }

    [Test]
    public void Twenty_nights_give_the_rows_that_one_ingest_of_all_gives_in_few_files()
    {
        using var home = new TestHome();
        using var other = new TestHome();
        for (var night = 0; night < 20; night++)
        {
            home.With($"web_analytics/{night}.csv", Events(night * 30, 40));
            Assert.That(home.Ingest().Changed, Is.True);
            other.With($"web_analytics/{night}.csv", Events(night * 30, 40));
        }
        Ingest.Run(other.Folder);

        foreach (
            var (table, columns) in new[]
            {
                ("traces", "contact, \"at\", kind, trace_id"),
                ("links", "*"),
                ("visitors", "subject, \"at\", trace_id"),
            }
        )
        {
            var sql = $"select {columns} from {table} order by all";
            Assert.That(home.Rows(sql), Is.EqualTo(other.Rows(sql)), table);
        }
        var lake = Ingestion.Lake.Open(home.Folder);
        Assert.That(
            lake.Manifest.Files.GroupBy(file => (file.Table, file.Bucket, file.KeysOf)).Max(runs => runs.Count()),
            Is.LessThanOrEqualTo(Compaction.MostRuns)
        );
        Assert.That(
            Directory.EnumerateFiles(home.LakeFolder, "*.parquet", SearchOption.AllDirectories).Count(),
            Is.EqualTo(lake.Manifest.Files.Count),
            "merged files are gone"
        );
        home.With("web_analytics/again.csv", Events(0, 600));
        Assert.That(home.Ingest().Files.Single(file => file.State == FileState.Ingested).Duplicate, Is.EqualTo(600));
    }

    static string Events(int from, int count) =>
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n"
        + string.Concat(
            Enumerable
                .Range(from, count)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"e{i},{1_735_689_600_000_000 + (i * 60_000_000L)},page_view,v{i % 50},{(i % 3 == 0 ? $"c{i % 50}" : "")},jobs,2580,cpc\n"
                    )
                )
        );
}
