using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.Stages;

sealed class SeasonsTests
{
    static readonly DateOnly[] Februaries = [new(2023, 2, 20), new(2024, 2, 10), new(2025, 2, 3), new(2025, 2, 9)];

    [Test]
    public void A_contact_of_every_February_is_awaited_until_the_next_one_has_passed() =>
        // The latest return is 15 February 2026; a year later is 15 February 2027, 30 days more are 17 March.
        Assert.That(new Seasons(Februaries).AwaitedUntil(new(2026, 2, 15), 90), Is.EqualTo(new DateOnly(2027, 3, 17)));

    [Test]
    public void One_earlier_year_is_no_rhythm_and_two_of_the_last_three_are()
    {
        Assert.That(new Seasons([new(2025, 2, 3)]).AwaitedUntil(new(2026, 2, 15), 90), Is.Null);
        Assert.That(new Seasons([new(2023, 2, 3), new(2024, 2, 3)]).AwaitedUntil(new(2026, 2, 15), 90), Is.Not.Null);
        Assert.That(new Seasons([new(2022, 2, 3), new(2024, 2, 3)]).AwaitedUntil(new(2026, 2, 15), 90), Is.Null);
    }

    [TestCase(30, true)]
    [TestCase(31, false)]
    public void A_season_may_begin_30_days_sooner_or_later(int days, bool isAwaited)
    {
        DateOnly last = new(2026, 6, 15);
        var seasons = new Seasons([last.AddYears(-1).AddDays(days), last.AddYears(-2).AddDays(-days)]);

        Assert.That(seasons.AwaitedUntil(last, 90) is not null, Is.EqualTo(isAwaited));
    }

    [Test]
    public void Who_is_there_all_year_has_no_season()
    {
        DateOnly last = new(2026, 2, 15);
        var weekly = new Seasons([.. Enumerable.Range(1, 200).Select(week => last.AddDays(-7 * week))]);

        Assert.That(weekly.AwaitedUntil(last, 90), Is.Null);
    }

    [Test]
    public void In_June_it_is_awake_and_after_a_February_without_it_it_sleeps()
    {
        var policy = Policy with { DormancyDays = 90 };
        DateOnly seen = new(2026, 2, 15);
        var standing = Standing(Stage.Interest) with
        {
            Since = seen,
            LastSignal = seen.ToDateTime(new(9, 0), DateTimeKind.Utc),
            AsOf = seen,
        };
        FunnelStep On(DateOnly day, Seasons? seasons) =>
            AdvanceFunnel.Advance(standing, Anna, [], null, Arjeplog, policy, day, seasons: seasons);

        Assert.That(On(new(2026, 6, 15), null).Position.Stage, Is.EqualTo(Stage.Dormant));
        Assert.That(On(new(2026, 6, 15), new(Februaries)).Position.Stage, Is.EqualTo(Stage.Interest));
        Assert.That(On(new(2027, 3, 17), new(Februaries)).Position.Stage, Is.EqualTo(Stage.Interest));
        var asleep = On(new(2027, 4, 1), new(Februaries)).Position;
        Assert.That(
            (asleep.Stage, asleep.Since, asleep.Cause),
            Is.EqualTo((Stage.Dormant, new DateOnly(2027, 3, 18), "silence"))
        );
    }

    [Test]
    public void A_season_only_ever_puts_sleep_off_and_by_no_more_than_a_year_and_31_days()
    {
        var worlds =
            from signals in Signals
            from days in Gen.Choose(0, 1500).ArrayOf(30)
            from silence in Gen.Choose(30, 400)
            select (signals, days, silence);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                worlds.ToArbitrary(),
                x =>
                {
                    // Who has never shown anything enters on the day of the look, and has not been silent yet.
                    if (x.signals.All(s => s.Automated || s.Kind == SignalKind.Opened))
                        return true;
                    var seasons = new Seasons([.. x.days.Select(d => AfterAll.AddDays(-d))]);
                    var policy = Policy with { DormancyDays = x.silence };
                    FunnelPosition Later(Seasons? with, int days) =>
                        AdvanceFunnel
                            .Advance(
                                null,
                                Anna,
                                x.signals,
                                null,
                                Arjeplog,
                                policy,
                                AfterAll.AddDays(days),
                                seasons: with
                            )
                            .Position;
                    var usual = Later(null, 0);
                    var seasonal = Later(seasons, 0);
                    return (usual.Stage == Stage.Dormant || seasonal.Stage != Stage.Dormant)
                        && (usual.Stage > Stage.Action || Later(seasons, 1000).Stage > Stage.Action);
                }
            )
        );
    }
}
