namespace LeadScoring.Ingestion.Tests.Lakes;

public sealed class IngestLockTests
{
    static readonly IngestOptions AtOnce = new();

    TestHome _home = null!;
    LakeLayout _layout = null!;

    [SetUp]
    public void Make_a_home() => _layout = LakeLayout.Of((_home = new TestHome()).Folder);

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void Who_comes_second_is_told_the_process_the_machine_and_since_when()
    {
        using var held = Take(new IngestOptions { Time = new At(new(2026, 5, 1, 3, 0, 5, TimeSpan.Zero)) });

        Assert.That(
            () => Take(AtOnce),
            Throws
                .TypeOf<IngestionException>()
                .With.Message.Contains(
                    $"process {Environment.ProcessId} on {Environment.MachineName}, since 2026-05-01 03:00:05Z"
                )
                .And.Message.Contains("--wait SECONDS")
        );
    }

    [Test]
    public void A_lock_is_free_again_and_leaves_no_name_when_its_holder_is_done()
    {
        Take(AtOnce).Dispose();

        Assert.That(IngestLock.IsHeld(_layout), Is.False);
        Assert.That(File.Exists(_layout.LockHolderFile), Is.False);
        Take(AtOnce).Dispose();
    }

    [Test]
    public void The_name_that_a_dead_process_left_behind_neither_blocks_nor_is_believed()
    {
        Directory.CreateDirectory(_layout.Lake);
        File.WriteAllText(_layout.LockFile, "");
        File.WriteAllText(
            _layout.LockHolderFile,
            $$"""{"Process":{{int.MaxValue}},"Machine":"{{Environment.MachineName}}","Since":"2026-05-01T03:00:05Z"}"""
        );

        Assert.That(IngestLock.IsHeld(_layout), Is.False);
        Assert.That(LockHolder.Read(_layout), Is.Null);
        using var held = Take(AtOnce);
        Assert.That(LockHolder.Read(_layout)!.Process, Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public void A_holder_on_another_machine_is_named()
    {
        Directory.CreateDirectory(_layout.Lake);
        File.WriteAllText(
            _layout.LockHolderFile,
            """{"Process":7,"Machine":"another.example","Since":"2026-05-01T03:00:05Z"}"""
        );

        Assert.That(
            LockHolder.Read(_layout)!.ToString(),
            Is.EqualTo("process 7 on another.example, since 2026-05-01 03:00:05Z")
        );
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{")]
    [TestCase("{}")]
    public void A_name_that_cannot_be_read_is_none(string text)
    {
        Directory.CreateDirectory(_layout.Lake);
        File.WriteAllText(_layout.LockHolderFile, text);

        Assert.That(LockHolder.Read(_layout), Is.Null);
    }

    [Test]
    public void Who_waits_gets_the_lock_as_soon_as_it_is_free()
    {
        var held = Take(AtOnce);
        var waits = new Waits(held.Dispose);

        using var second = IngestLock.Take(
            _layout,
            new IngestOptions(Wait: TimeSpan.FromMinutes(5)),
            waits,
            CancellationToken.None
        );

        Assert.That(waits.Steps, Is.EqualTo([$"waiting for process {Environment.ProcessId}"]));
    }

    [Test]
    public void Who_has_waited_in_vain_says_how_long()
    {
        using var held = Take(AtOnce);

        Assert.That(
            () => Take(new IngestOptions(Wait: TimeSpan.FromSeconds(0.3))),
            Throws.TypeOf<IngestionException>().With.Message.Contains("also after 0.3 s")
        );
    }

    [Test]
    public void A_wait_can_be_called_off()
    {
        using var held = Take(AtOnce);
        using var stop = new CancellationTokenSource();
        var waits = new Waits(stop.Cancel);

        Assert.That(
            () => IngestLock.Take(_layout, new IngestOptions(Wait: TimeSpan.FromMinutes(5)), waits, stop.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    IngestLock Take(IngestOptions options) => IngestLock.Take(_layout, options, null, CancellationToken.None);

    sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>Does something as soon as somebody waits.</summary>
    sealed class Waits(Action first) : IProgress<IngestProgress>
    {
        public List<string> Steps { get; } = [];

        public void Report(IngestProgress value)
        {
            Steps.Add(value.Step.Split(" on ")[0]);
            if (Steps.Count == 1)
                first();
        }
    }
}
