using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using static LeadScoring.Funnel.Tests.Allocation.WeekWorld;

namespace LeadScoring.Funnel.Tests.Allocation;

sealed class PlanWeekTests
{
    [Test]
    public void The_places_go_where_they_add_most_and_the_lists_are_ranked_by_likelihood()
    {
        // One place each. Anna has nowhere else to go; Bo, though likelier, loses less by going to Jokkmokk.
        var plan = Plan(
            [Wants("anna", 5), Wants("bo", 6), Wants("cia", 1.5)],
            WithPlaces(arjeplog: 1, jokkmokk: 1),
            shares: contact => contact == new ContactId("anna") ? Leaning((Arjeplog, 0.9)) : North
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(plan, Arjeplog), Is.EqualTo(["anna"]));
            Assert.That(Names(plan, Jokkmokk), Is.EqualTo(["bo"]));
            Assert.That(Leads(plan, Jokkmokk)[0].IsRunnerUp, Is.True);
            Assert.That(Leads(plan, Arjeplog)[0].IsRunnerUp, Is.False);
            Assert.That(plan.Why(new("cia")).Cause, Is.EqualTo(AllocationCause.NoCapacity));
        }
        var roomy = Plan([Wants("a", 2), Wants("b", 4), Wants("c", 3)], WithPlaces(3, 0));
        Assert.That(
            Leads(roomy, Arjeplog).Select(l => (l.Contact.Value, l.Rank)),
            Is.EqualTo([("b", 1), ("c", 2), ("a", 3)])
        );
    }

    [Test]
    public void Whoever_is_on_the_list_stays_and_a_place_stays_used_when_its_contact_leaves()
    {
        Place[] given = [new(Arjeplog, new("gone")), new(Arjeplog, new("weak"))];
        var plan = Plan([Wants("strong", 9), Wants("weak", 0.1)], WithPlaces(2, 1), given);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(plan, Arjeplog), Is.EqualTo(["weak"]));
            Assert.That(Leads(plan, Arjeplog)[0].IsNew, Is.False);
            Assert.That(plan.Lists.Single(l => l.Municipality == Arjeplog).Used, Is.EqualTo(2));
            Assert.That(Names(plan, Jokkmokk), Is.EqualTo(["strong"]));
        }
    }

    [Test]
    public void Who_is_handed_back_goes_to_another_list_at_once_and_its_old_place_stays_used()
    {
        var declined = Wants("a", 9) with { DeclinedBy = [Arjeplog] };
        var plan = Plan([declined, Wants("b", 5), Wants("c", 4)], WithPlaces(2, 1), [new(Arjeplog, new("a"))]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(plan, Jokkmokk), Is.EqualTo(["a"]));
            Assert.That(Names(plan, Arjeplog), Is.EqualTo(["b"]));
        }
    }

    [Test]
    public void While_officers_are_away_only_as_many_are_listed_as_they_can_do()
    {
        const string absence = """, "absence": [{ "from": "2026-03-11", "to": "2026-03-11", "capacity": 1 }] """;
        var policies = WithPlaces(3, 0, more: absence);
        Candidate[] crowd = [Wants("a", 4), Wants("b", 3), Wants("c", 2)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(Plan(crowd, policies), Arjeplog), Is.EqualTo(["a"]));
            Assert.That(Names(Plan(crowd, policies, day: Day.AddDays(1)), Arjeplog), Is.EqualTo(["a", "b", "c"]));
            // Two places were given on Tuesday: they are kept, and none is added.
            Place[] given = [new(Arjeplog, new("b")), new(Arjeplog, new("c"))];
            Assert.That(Names(Plan(crowd, policies, given), Arjeplog), Is.EqualTo(["b", "c"]));
        }
    }

    [TestCase(Stage.Moved)]
    [TestCase(Stage.Dormant)]
    [TestCase(Stage.Closed)]
    public void Whoever_has_left_the_dialogue_is_on_no_list(Stage stage) =>
        Assert.That(Names(Plan([Wants("a", 9) with { Stage = stage }], WithPlaces(2, 2)), Arjeplog), Is.Empty);

    [Test]
    public void A_low_likelihood_earns_no_place_but_an_own_yes_does()
    {
        var plan = Plan([Wants("low", 0.9), Wants("yes", 0.5) with { Stage = Stage.Action }], WithPlaces(2, 0));
        Assert.That(Names(plan, Arjeplog), Is.EqualTo(["yes"]));
        Assert.That(plan.Why(new("low")).Cause, Is.EqualTo(AllocationCause.Unlikely));
    }

    [Test]
    public void Whoever_had_a_place_in_an_earlier_week_rests()
    {
        var had = Wants("a", 9) with { LastPlace = Day.AddDays(-27) };
        Assert.That(Names(Plan([had], WithPlaces(2, 2)), Arjeplog), Is.Empty);
        Assert.That(Plan([had], WithPlaces(2, 2)).Why(had.Contact).Cause, Is.EqualTo(AllocationCause.Resting));
        var rested = had with { LastPlace = Day.AddDays(-28) };
        Assert.That(Names(Plan([rested], WithPlaces(2, 2)), Arjeplog), Is.EqualTo(["a"]));
    }

    [Test]
    public void A_household_holds_one_place_also_across_runs()
    {
        Place[] given = [new(Jokkmokk, new("x"), "home-2")];
        var plan = Plan(
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
                Wants("low", 0.5) with
                {
                    Household = "home-2",
                },
                Wants("d", 6),
            ],
            WithPlaces(4, 1),
            given
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(plan, Arjeplog), Is.EqualTo(["a", "d"]));
            Assert.That(plan.Why(new("b")).Cause, Is.EqualTo(AllocationCause.SameHousehold));
            Assert.That(plan.Why(new("low")).Cause, Is.EqualTo(AllocationCause.SameHousehold));
        }
    }

    [Test]
    public void Who_is_held_out_gets_no_place_anywhere_and_the_place_goes_to_the_next()
    {
        var policies = WithPlaces(1, 1, holdOut: 0.5);
        var held = Drawn(Part.HeldOut, policies, Arjeplog, Stage.Interest, 1).Single();
        var free = Drawn(Part.Usual, policies, Arjeplog, Stage.Interest, 9)
            .First(id => !Draw.IsHeldOut(new(id), Stage.Interest, policies.For(Jokkmokk), Seed));
        var plan = Plan([Wants(held, 9), Wants(free, 4)], policies);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(plan, Arjeplog), Is.EqualTo([free]));
            Assert.That(Names(plan, Jokkmokk), Is.Empty);
            Assert.That(plan.Why(new(held)).Cause, Is.EqualTo(AllocationCause.HeldOut));
            // Two places were at stake: that of the held out one, and the other's in Jokkmokk.
            Assert.That(
                plan.Drawn.Select(d => (d.Contact.Value, d.Municipality, d.Part)),
                Is.EquivalentTo([(held, Arjeplog, Part.HeldOut), (free, Arjeplog, Part.Usual)])
            );
        }
    }

    [Test]
    public void A_municipality_that_would_hold_a_contact_out_is_closed_to_it_though_another_carries_it()
    {
        var policies = WithPlaces(0, 1, holdOut: 0.5);
        var id = Drawn(Part.Usual, policies, Arjeplog, Stage.Interest, 99)
            .First(id => Draw.IsHeldOut(new(id), Stage.Interest, policies.For(Jokkmokk), Seed));
        Assert.That(Names(Plan([Wants(id, 9)], policies), Jokkmokk), Is.Empty);
    }

    [Test]
    public void Nobody_in_action_is_held_out()
    {
        var policies = WithPlaces(1, 0, holdOut: 0.5);
        var held = Drawn(Part.HeldOut, policies, Arjeplog, Stage.Interest, 1).Single();
        var plan = Plan([Wants(held, 9) with { Stage = Stage.Action }], policies);
        Assert.That(Names(plan, Arjeplog), Is.EqualTo([held]));
        Assert.That(plan.Drawn, Is.Empty);
    }

    [Test]
    public void The_explored_get_their_share_below_the_others_and_the_held_out_among_them_are_noted()
    {
        // Half of 10 places in every week; lifts of 0.5 and less are below the list's 1.
        var policies = WithPlaces(10, 0, holdOut: 0.3, exploration: 0.5);
        List<Candidate> crowd = [.. Enumerable.Range(0, 60).Select(i => Wants($"low-{i:00}", 0.2 + 0.005 * i))];
        crowd.AddRange(Enumerable.Range(0, 60).Select(i => Wants($"high-{i:00}", 2 + 0.01 * i)));
        var plan = Plan(crowd, policies);
        var leads = Leads(plan, Arjeplog);
        var tried = crowd.Where(c =>
            c.Contact.Value[0] == 'l' && Draw.IsTried(c.Contact, c.Stage, policies.For(Arjeplog), Seed)
        );
        var order = tried.OrderBy(c => Draw.Turn(c.Contact, Arjeplog, IsoWeek.Of(Day), Seed)).ToList();
        var open = order.Where(c => !Draw.IsHeldOut(c.Contact, c.Stage, policies.For(Arjeplog), Seed)).Take(5).ToList();
        var upTo = order.Take(order.IndexOf(open[^1]) + 1).Select(c => c.Contact);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(leads, Has.Count.EqualTo(10));
            Assert.That(leads.Take(5).Select(l => (l.Part, l.Contact.Value[0])), Is.All.EqualTo((Part.Usual, 'h')));
            Assert.That(leads.Skip(5).Select(l => l.Part), Is.All.EqualTo(Part.Explored));
            Assert.That(leads.Skip(5).Select(l => l.Contact), Is.EquivalentTo(open.Select(c => c.Contact)));
            Assert.That(
                plan.Drawn.Where(d => d.Likelihood < Worlds.Lift(1).Value).Select(d => d.Contact),
                Is.EqualTo(upTo)
            );
            Assert.That(plan.Why(leads[^1].Contact).Cause, Is.EqualTo(AllocationCause.Explored));
            Assert.That(plan.Result.ByMunicipality[1].Explored, Is.EqualTo(5));
        }
    }

    [Test]
    public void Places_that_nobody_can_explore_go_to_the_others_and_those_explored_earlier_count()
    {
        var policies = WithPlaces(4, 0, exploration: 0.5);
        Candidate[] high = [.. Enumerable.Range(0, 6).Select(i => Wants($"high-{i}", 3))];
        Assert.That(Names(Plan(high, policies), Arjeplog).Count(), Is.EqualTo(4));

        var low = Drawn(Part.Explored, policies, Arjeplog, Stage.Interest, 9).Select(id => Wants(id, 0.5));
        Place[] given = [new(Arjeplog, new("e1"), null, Part.Explored), new(Arjeplog, new("e2"), null, Part.Explored)];
        var later = Plan([.. high, .. low], policies, given);
        Assert.That(Leads(later, Arjeplog).Select(l => l.Part), Is.EqualTo([Part.Usual, Part.Usual]));
    }

    [Test]
    public void Nobody_is_explored_whose_household_has_a_likely_member_or_was_handed_back()
    {
        var policies = WithPlaces(4, 0, exploration: 0.5);
        var ids = Drawn(Part.Explored, policies, Arjeplog, Stage.Interest, 3).ToList();
        var plan = Plan(
            [
                Wants(ids[0], 0.5) with
                {
                    Household = "home-1",
                },
                Wants("partner", 3) with
                {
                    Household = "home-1",
                    LastPlace = Day.AddDays(-5),
                },
                Wants(ids[1], 0.5) with
                {
                    Household = "home-2",
                },
                Wants("former", 0.4) with
                {
                    Household = "home-2",
                    DeclinedBy = [Arjeplog],
                },
                Wants(ids[2], 0.5),
            ],
            policies
        );
        Assert.That(Names(plan, Arjeplog), Is.EqualTo([ids[2]]));
    }
}
