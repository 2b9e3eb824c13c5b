using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class ExploredPlacesTests
{
    static readonly Policy Kiruna = PolicySet.BuiltIn.For(2584);
    static readonly DateOnly Monday = new(2026, 1, 5);

    [TestCase(5, 0.1)]
    [TestCase(7, 0.33)]
    [TestCase(1, 0.04)]
    [TestCase(3, 1)]
    [TestCase(4, 0)]
    public void Any_run_of_weeks_keeps_the_share_to_within_one_place(int places, double share)
    {
        var policy = Kiruna with { WeeklyCapacity = places, Exploration = share };
        int[] weeks =
        [
            .. Enumerable.Range(0, 200).Select(week => ExploredPlaces.On(Monday.AddDays(7 * week), policy, 3)),
        ];
        for (var from = 0; from < weeks.Length; from += 7)
        for (var to = from + 1; to <= weeks.Length; to += 11)
            Assert.That(weeks[from..to].Sum(), Is.EqualTo(places * share * (to - from)).Within(1 + 1e-6));
        Assert.That(weeks, Is.All.InRange(0, places));
    }

    [Test]
    public void All_days_of_a_week_say_the_same()
    {
        for (var day = 0; day < 70; day++)
            Assert.That(
                ExploredPlaces.On(Monday.AddDays(day), Kiruna, 1),
                Is.EqualTo(ExploredPlaces.On(Monday.AddDays(day - day % 7), Kiruna, 1))
            );
    }

    [Test]
    public void Municipalities_do_not_all_explore_in_the_same_week()
    {
        // Half a place a week each: with one offset for all, every week would have none or fourteen.
        var sums = Enumerable
            .Range(0, 20)
            .Select(week => PolicySet.BuiltIn.All.Sum(p => ExploredPlaces.On(Monday.AddDays(7 * week), p, 1)));
        Assert.That(sums, Is.All.InRange(1, 13));
    }

    [Test]
    public void While_officers_are_away_it_is_a_share_of_what_they_can_do() =>
        Assert.That(
            ExploredPlaces.On(
                Monday,
                Kiruna with
                {
                    Exploration = 1,
                    Sending = Kiruna.Sending with { Absences = [new(Monday, Monday, 2)] },
                },
                1
            ),
            Is.EqualTo(2)
        );
}
