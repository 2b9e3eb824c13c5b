using LeadScoring.Ingestion;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Tests.Steps;

public sealed class PaceTests
{
    Ticking _time = null!;
    Pace _pace = null!;

    [SetUp]
    public void Start() => (_time, _pace) = (new Ticking(), new Pace(new Ticking()));

    // Worked out by hand: 400 of 1,000 bytes in 4 s leave 600, which take 6 s; 8,000 rows in 4 s are 2,000 a second.
    [Test]
    public void Rows_a_second_and_the_time_left_follow_from_what_was_done()
    {
        _pace = new Pace(_time);

        Assert.That(Of(0, 0), Is.EqualTo(""));
        _time.Pass(1);
        Assert.That(Of(100, 2_000), Is.EqualTo(", 2,000 rows"), "a second says little");
        _time.Pass(3);
        Assert.That(Of(400, 8_000), Is.EqualTo(", 8,000 rows, 2,000 rows/s, 6 s left"));
        _time.Pass(6);
        Assert.That(Of(1_000, 20_000), Is.EqualTo(", 20,000 rows, 2,000 rows/s"));
    }

    [Test]
    public void Another_part_of_the_work_is_measured_by_itself()
    {
        _pace = new Pace(_time);
        Of(0, 0);
        _time.Pass(100);
        Of(1_000, 5_000);

        Assert.That(_pace.Of(new("writing the lake", 0, 50, 5_000)), Is.EqualTo(", 5,000 rows"));
        _time.Pass(10);
        Assert.That(_pace.Of(new("writing the lake", 10, 50, 5_000)), Is.EqualTo(", 5,000 rows, 40 s left"));
    }

    // 10 of 1,000 in so many seconds leave 99 times as many.
    [TestCase(10, "16 min 30 s")]
    [TestCase(100, "2 h 45 min")]
    [TestCase(3_600, "99 h 0 min")]
    public void Long_times_are_told_in_two_units(int seconds, string left)
    {
        _pace = new Pace(_time);
        Of(0, 0);
        _time.Pass(seconds);

        Assert.That(Of(10, 0), Is.EqualTo($", {left} left"));
    }

    [Test]
    public void Too_small_a_share_says_nothing_of_the_rest()
    {
        _pace = new Pace(_time);
        Of(0, 0);
        _time.Pass(60);

        Assert.That(Of(5, 0), Is.EqualTo(""));
    }

    string Of(long done, long rows) => _pace.Of(new IngestProgress("reading", done, 1_000, rows));

    internal sealed class Ticking : TimeProvider
    {
        long _now = 1;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now;

        public void Pass(int seconds) => _now += seconds;
    }
}
