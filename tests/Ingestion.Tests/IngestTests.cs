using System.Globalization;

namespace LeadScoring.Ingestion.Tests;

public sealed class IngestTests
{
    const string Web =
        "event_id,event_timestamp,event_name,user_pseudo_id,user_id,content_group,municipality,traffic_medium\n";

    const string Crm =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_second_run_changes_nothing()
    {
        Fill(_home);
        var first = _home.Ingest();
        var before = _home.LakeBytes();

        var second = _home.Ingest();

        Assert.That((first.Changed, first.Generation), Is.EqualTo((true, 1)));
        Assert.That((second.Changed, second.Generation, second.Read), Is.EqualTo((false, 1, 0)));
        Assert.That(second.Files.Select(file => file.State), Is.All.EqualTo(FileState.Known));
        Assert.That(_home.LakeBytes(), Is.EqualTo(before));
    }

    [Test]
    public void The_same_inbox_and_salt_give_the_same_bytes()
    {
        using var other = new TestHome();
        Fill(_home).Ingest();
        Fill(other).Ingest();

        Assert.That(other.LakeBytes(), Is.EqualTo(_home.LakeBytes()));
        Assert.That(
            _home.LakeBytes().Keys.Select(file => file.Split('/')[0]).Distinct(),
            Is.EqualTo(["batches", "contacts", "keys", "links", "manifest.json", "rejects", "traces", "visitors"])
        );
    }

    [Test]
    public void What_a_killed_run_left_is_gone_after_the_next()
    {
        Fill(_home).Ingest();
        using var other = Fill(new TestHome());
        foreach (var file in _home.LakeBytes().Keys.Where(file => !file.EndsWith(".json", StringComparison.Ordinal)))
            Litter(other, file, "half written");
        Litter(other, "tmp/staging.duckdb", "not even a database");
        Litter(other, "traces/bucket=99/000001-0123456789ab.parquet", "");
        Litter(other, "manifest.json.tmp", "{");
        Litter(other, "rejects/sms_replies/0123.ndjson", "{");

        other.Ingest();

        Assert.That(other.LakeBytes(), Is.EqualTo(_home.LakeBytes()));
        Litter(other, "tmp/unpacked", "later");
        Litter(other, "links/bucket=01/later.parquet", "later");
        Assert.That(other.Ingest().Changed, Is.False);
        Assert.That(other.LakeBytes(), Is.EqualTo(_home.LakeBytes()));
    }

    [Test]
    public void Only_one_ingest_at_a_time()
    {
        Directory.CreateDirectory(_home.LakeFolder);
        using var held = new FileStream(
            Path.Combine(_home.LakeFolder, ".lock"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );

        Assert.That(
            () => Fill(_home).Ingest(),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.Contains("Another ingest")
                .And.Message.Contains("a process that has not said which")
        );
    }

    [Test]
    public void A_lake_without_its_salt_is_not_added_to()
    {
        Fill(_home).Ingest();
        File.Delete(Path.Combine(_home.Folder, "salt"));
        _home.With("web_analytics/2.csv", Web + Event("9", 9, "c", ""));

        Assert.That(() => _home.Ingest(), Throws.TypeOf<IngestionException>().With.Message.Contains("salt is missing"));
    }

    [Test]
    public void Rows_with_the_same_identity_count_once_within_a_file_across_files_and_nights()
    {
        _home.With(
            "web_analytics/1.csv",
            Web + Event("1", 1, "x", "a") + Event("2", 2, "x", "a") + Event("1", 3, "x", "a")
        );
        _home.With("web_analytics/2.csv", Web + Event("2", 2, "x", "a") + Event("3", 4, "x", "a"));
        var first = _home.Ingest();
        _home.With("web_analytics/1.csv", Web + Event("1", 1, "x", "a") + Event("4", 5, "x", "a"));
        var second = _home.Ingest();

        Assert.That(
            first.Files.Select(file => (file.Read, file.Accepted, file.Duplicate)),
            Is.EqualTo([(3, 2, 1), (2, 1, 1)])
        );
        Assert.That(
            second.Files.Select(file => (file.State, file.Read, file.Accepted, file.Duplicate)),
            Is.EqualTo([(FileState.Ingested, 2, 1, 1), (FileState.Known, 0, 0, 0)])
        );
        Assert.That(
            _home.Rows("select trace_id, generation from traces order by all"),
            Is.EqualTo(["1|1", "2|1", "3|1", "4|2"])
        );
    }

    [Test]
    public void Everything_of_a_contact_is_in_its_bucket_and_sorted()
    {
        Fill(_home).Ingest();
        var lake = Ingestion.Lake.Open(_home.Folder);

        for (var bucket = 0; bucket < lake.Buckets; bucket++)
        {
            foreach (var file in lake.Files(LakeTable.Traces, bucket))
            {
                var rows = _home.Rows($"select contact, \"at\" from read_parquet('{file}', hive_partitioning = false)");
                var keys = rows.Select(row => row.Split('|')).Select(row => (row[0], row[1])).ToList();
                Assert.That(
                    keys,
                    Is.EqualTo(
                        keys.OrderBy(key => key.Item1, StringComparer.Ordinal)
                            .ThenBy(key => key.Item2, StringComparer.Ordinal)
                    )
                );
                Assert.That(keys.Select(key => lake.BucketOf(key.Item1)), Is.All.EqualTo(bucket));
            }
        }
        Assert.That(lake.Count(LakeTable.Traces) + lake.Count(LakeTable.Visitors), Is.EqualTo(3_000));
    }

    [Test]
    public void Cancelling_leaves_the_lake_as_it_was()
    {
        Fill(_home).Ingest();
        var before = _home.LakeBytes();
        _home.With("web_analytics/2.csv", Web + Event("x1", 1, "x", "a"));
        using var cancelled = new CancellationTokenSource();
        var progress = new AtStep("writing the lake", cancelled.Cancel);

        Assert.That(
            () => Ingestion.Ingest.Run(_home.Folder, null, progress, cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        _home.With("web_analytics/2.csv", Web);
        Assert.That(_home.Ingest().Changed, Is.True);
        Assert.That(
            _home
                .LakeBytes()
                .Where(file => before.ContainsKey(file.Key) && !file.Key.EndsWith(".json", StringComparison.Ordinal)),
            Is.EqualTo(before.Where(file => !file.Key.EndsWith(".json", StringComparison.Ordinal)))
        );
    }

    static TestHome Fill(TestHome home)
    {
        var rows = Enumerable
            .Range(0, 3_000)
            .Select(i => Event($"e{i}", i * 977 % 5000, $"v{i % 200}", i % 10 == 0 ? $"c{i * 7 % 110}" : ""));
        return home.With("web_analytics/1.csv", Web + string.Concat(rows))
            .With(
                "sms_replies/s.csv",
                "reply_id;mottaget;contact_id;campaign;klass\nm1;2024-03-04 09:00;c1;vår;perhaps\n"
            )
            .With("crm_contacts/c.csv", Crm + "c1,2024-05-03 12:00,2024-05-04 12:00,a@example.org,SE,sv,,2,1990\n");
    }

    static string Event(string id, int second, string cookie, string contact) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{id},{second * 1_000_000L},page_view,{cookie},{contact},nature,2506,organic\n"
        );

    static void Litter(TestHome home, string relative, string text)
    {
        var path = Path.Combine(home.LakeFolder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    sealed class AtStep(string step, Action act) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value)
        {
            if (string.Equals(value.Step, step, StringComparison.Ordinal))
                act();
        }
    }
}
