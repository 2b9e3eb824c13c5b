using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.Capacity;

sealed class PlanListsTests
{
    const int Arjeplog = 2506;
    const int Jokkmokk = 2510;

    static readonly PolicySet Two = PolicyFile.Load([
        ("default.json", """{ "weeklyCapacity": 2 }"""),
        ("j.json", """{ "municipality": 2510, "weeklyCapacity": 1 }"""),
    ]);

    [Test]
    public void The_most_likely_choose_first_and_go_to_the_runner_up_when_the_best_is_full()
    {
        var lists = Plan([Wants("d", 3), Wants("b", 5), Wants("a", 5), Wants("c", 4)]);

        Assert.That(Names(lists, Arjeplog), Is.EqualTo(["a", "b"]));
        Assert.That(Names(lists, Jokkmokk), Is.EqualTo(["c"]));
        Assert.That(Leads(lists, Jokkmokk)[0].IsRunnerUp, Is.True);
        Assert.That(Leads(lists, Arjeplog).Select(l => l.Rank), Is.EqualTo([1, 2]));
        Assert.That(lists.SelectMany(l => l.Leads), Has.All.Property("IsNew").True);
    }

    [Test]
    public void Whoever_is_on_the_list_stays_and_a_place_stays_used_when_its_contact_leaves()
    {
        Place[] given = [new(Arjeplog, new("gone")), new(Arjeplog, new("weak"))];
        var lists = Plan([Wants("strong", 9), Wants("weak", 0.1)], given);

        Assert.That(Names(lists, Arjeplog), Is.EqualTo(["weak"]));
        Assert.That(Leads(lists, Arjeplog)[0].IsNew, Is.False);
        Assert.That(lists.Single(l => l.Municipality == Arjeplog).Used, Is.EqualTo(2));
        Assert.That(Names(lists, Jokkmokk), Is.EqualTo(["strong"]));
    }

    [Test]
    public void A_contact_who_is_handed_back_goes_to_another_list_and_its_old_place_stays_used()
    {
        var declined = Wants("a", 9) with { DeclinedBy = [Arjeplog], Fit = new(Jokkmokk, 0.5, 2584, 0.2, "", "") };
        var lists = Plan([declined, Wants("b", 5), Wants("c", 4)], [new(Arjeplog, new("a"))]);

        Assert.That(Names(lists, Jokkmokk), Is.EqualTo(["a"]));
        Assert.That(Names(lists, Arjeplog), Is.EqualTo(["b"]));
    }

    [TestCase(Stage.Moved)]
    [TestCase(Stage.Dormant)]
    [TestCase(Stage.Closed)]
    public void Whoever_has_left_the_dialogue_is_on_no_list(Stage stage) =>
        Assert.That(Plan([Wants("a", 9) with { Stage = stage }]).Sum(l => l.Leads.Count), Is.Zero);

    [Test]
    public void A_low_likelihood_earns_no_place_but_an_own_yes_does()
    {
        var lists = Plan([Wants("low", 0.9), Wants("yes", 0.5) with { Stage = Stage.Action }]);

        Assert.That(Names(lists, Arjeplog), Is.EqualTo(["yes"]));
    }

    [Test]
    public void A_household_holds_one_place_also_across_runs()
    {
        Place[] given = [new(Jokkmokk, new("x"), "home-2")];
        var lists = Plan(
            [
                Wants("a", 9) with
                {
                    Household = "home-1",
                },
                Wants("b", 8) with
                {
                    Household = "home-1",
                },
                Wants("c", 7) with
                {
                    Household = "home-2",
                },
                Wants("d", 6),
            ],
            given
        );

        Assert.That(Names(lists, Arjeplog), Is.EqualTo(["a", "d"]));
    }

    [Test]
    public void A_household_keeps_its_right_to_a_place_when_the_one_it_had_is_handed_back()
    {
        var back = Wants("a", 9) with { Household = "home-1", DeclinedBy = [Arjeplog] };
        var partner = Wants("b", 9.5) with { Household = "home-1" };
        var lists = Plan([back, partner], [new(Arjeplog, new("a"))]);

        Assert.That(Names(lists, Jokkmokk), Is.EqualTo(["a"]));
        Assert.That(Names(lists, Arjeplog), Is.Empty);
    }

    [Test]
    public void Whoever_had_a_place_in_an_earlier_week_rests()
    {
        var had = Wants("a", 9) with { LastPlace = Day.AddDays(-27) };

        Assert.That(Names(Plan([had]), Arjeplog), Is.Empty);
        Assert.That(Names(Plan([had with { LastPlace = Day.AddDays(-28) }]), Arjeplog), Is.EqualTo(["a"]));
    }

    [TestCase("2026-01-01", "2026-W01")]
    [TestCase("2027-01-03", "2026-W53")]
    [TestCase("2027-01-04", "2027-W01")]
    public void Weeks_are_counted_by_iso(string day, string week) =>
        Assert.That(IsoWeek.Of(DateOnly.ParseExact(day, "yyyy-MM-dd")).ToString(), Is.EqualTo(week));

    static Candidate Wants(string contact, double lift) =>
        new(new(contact), Lift(lift), Stage.Interest, new(Arjeplog, 0.5, Jokkmokk, 0.3, "", ""));

    static IReadOnlyList<MunicipalityList> Plan(Candidate[] candidates, Place[]? given = null) =>
        PlanLists.Plan(candidates, given ?? [], Two, Day);

    static IReadOnlyList<Lead> Leads(IReadOnlyList<MunicipalityList> lists, int municipality) =>
        lists.Single(l => l.Municipality == municipality).Leads;

    static IEnumerable<string> Names(IReadOnlyList<MunicipalityList> lists, int municipality) =>
        Leads(lists, municipality).Select(l => l.Contact.Value);
}
