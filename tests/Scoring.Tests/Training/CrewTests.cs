using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class CrewTests
{
    const long Much = 1_000_000;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(8)]
    public void Every_unit_is_done_once_however_often_work_comes(int threads)
    {
        using var crew = new Crew(threads);
        Assert.That(crew.Threads, Is.EqualTo(threads));
        for (var round = 0; round < 500; round++)
        {
            var done = new int[1 + (round % 17)];
            crew.Run(done.Length, Much, (unit, _) => Interlocked.Increment(ref done[unit]));
            Assert.That(done, Has.All.EqualTo(1), $"round {round}");
        }
    }

    [Test]
    public void Work_that_comes_after_a_pause_is_done_as_well()
    {
        using var crew = new Crew(3);
        using var pause = new ManualResetEventSlim(initialState: false);
        for (var round = 0; round < 5; round++)
        {
            pause.Wait(20);
            var done = 0;
            crew.Run(6, Much, (_, _) => Interlocked.Increment(ref done));
            Assert.That(done, Is.EqualTo(6));
        }
    }

    [Test]
    public void Threads_are_numbered_from_0_and_several_take_part()
    {
        using var crew = new Crew(2);
        var seen = new int[2];
        using var both = new Barrier(2);
        crew.Run(
            2,
            Much,
            (_, thread) =>
            {
                both.SignalAndWait(TimeSpan.FromSeconds(30));
                Interlocked.Increment(ref seen[thread]);
            }
        );
        Assert.That(seen, Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public void Little_work_is_done_by_the_caller_in_order_of_no_one_else()
    {
        using var crew = new Crew(4);
        var caller = Environment.CurrentManagedThreadId;
        var units = new List<int>();
        crew.Run(
            5,
            29_999,
            (unit, thread) =>
            {
                Assert.That((Environment.CurrentManagedThreadId, thread), Is.EqualTo((caller, 0)));
                units.Add(unit);
            }
        );
        Assert.That(units, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
    }

    [TestCase(1)]
    [TestCase(4)]
    public void A_fault_in_a_unit_is_thrown_when_the_others_are_done_and_the_crew_works_on(int threads)
    {
        using var crew = new Crew(threads);
        for (var round = 0; round < 3; round++)
        {
            var fault = Assert.Throws<InvalidOperationException>(() =>
                crew.Run(8, Much, (unit, _) => _ = unit == 3 ? throw new InvalidOperationException("unit 3") : unit)
            );
            Assert.That(fault!.Message, Is.EqualTo("unit 3"));
        }
        var done = 0;
        crew.Run(8, Much, (_, _) => Interlocked.Increment(ref done));
        Assert.That(done, Is.EqualTo(8));
    }

    [Test]
    public void Without_a_number_there_is_one_thread_a_core()
    {
        using var crew = new Crew(0);
        Assert.That(crew.Threads, Is.EqualTo(Environment.ProcessorCount));
    }
}
