using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>Random weeks: five nights over crowds whose likelihoods, stages and refusals change from night to night.</summary>
sealed class PlanWeekProperties
{
    /// <summary>Two places, three in Arjeplog with a floor of two and an officer away on the third night, none in Kiruna.</summary>
    static readonly PolicySet Small = PolicyFile.Load([
        ("default.json", """{ "weeklyCapacity": 2, "shares": { "holdOut": 0.2, "exploration": 0.3 } }"""),
        (
            "a.json",
            """
            { "municipality": 2506, "weeklyCapacity": 3, "weeklyFloor": 2,
              "absence": [{ "from": "2026-03-11", "to": "2026-03-11", "capacity": 1 }] }
            """
        ),
        ("k.json", """{ "municipality": 2584, "weeklyCapacity": 0 }"""),
    ]);

    static readonly DateOnly Monday = new(2026, 3, 9);

    static Gen<Candidate[]> Crowds =>
        from count in Gen.Choose(0, 40)
        from crowd in (
            from lift in Gen.Choose(3, 20)
            from carrier in Gen.Elements(2506, 2510, 2580, 2584)
            from stage in Gen.Elements(Stage.Attention, Stage.Interest, Stage.Desire, Stage.Action, Stage.Dormant)
            from home in Gen.Choose(0, 19)
            from declined in Gen.Elements(0, 0, 0, 2506, 2510)
            from rests in Gen.Choose(0, 9)
            select new Candidate(
                new("?"),
                Lift(lift / 10.0),
                stage,
                carrier,
                home < 4 ? $"home-{home}" : null,
                rests == 0 ? Monday.AddDays(-10) : null,
                declined == 0 ? [] : [declined]
            )
        ).ArrayOf(count)
        select crowd.Select((c, i) => c with { Contact = new($"c-{i:00}") }).ToArray();

    [Test]
    public void Through_a_week_no_bound_is_broken() =>
        Holds(
            from crowds in Crowds.ArrayOf(5)
            select crowds,
            crowds =>
            {
                List<Place> given = [];
                for (var night = 0; night < crowds.Length; night++)
                {
                    var day = Monday.AddDays(night);
                    var plan = Plan(crowds[night], given, day);
                    if (!Keeps(plan, crowds[night], given) || !IsLawful(plan, crowds[night], given, day))
                        return false;
                    given.AddRange(Fresh(plan).Select(l => new Place(l.Municipality, l.Contact, l.Household, l.Part)));
                }
                return Small.All.All(policy =>
                    given.Count(place => place.Municipality == policy.Municipality) <= policy.WeeklyCapacity
                );
            }
        );

    [Test]
    public void A_floor_is_met_as_long_as_there_is_somebody_to_meet_it_with() =>
        Holds(
            Crowds,
            crowd =>
            {
                var plan = Plan(crowd, [], Monday);
                var at = Fresh(plan).ToDictionary(lead => lead.Contact, lead => lead);
                var homes = Fresh(plan)
                    .Select(lead => lead.Household)
                    .OfType<string>()
                    .ToHashSet(StringComparer.Ordinal);
                int Filled(int code) => Fresh(plan).Count(l => l.Municipality == code && l.Part == Part.Usual);
                foreach (var policy in Small.All.Where(p => Filled(p.Municipality) < Spare(plan, p, Monday)))
                foreach (var one in crowd.Where(c => IsOpenTo(c, crowd, policy)))
                {
                    // Whoever could come must be needed where it is: at a floor no better off.
                    if (!at.TryGetValue(one.Contact, out var lead))
                    {
                        if (one.Household is not { } home || !homes.Contains(home))
                            return false;
                    }
                    else if (Filled(lead.Municipality) > Small.For(lead.Municipality).FloorOn(Monday))
                        return false;
                }
                return true;
            }
        );

    [Test]
    public void The_order_of_candidates_and_places_does_not_matter() =>
        Holds(
            from crowd in Crowds
            from shuffled in Gen.Shuffle(crowd)
            select (crowd, shuffled),
            x =>
            {
                var given = Fresh(Plan(x.crowd, [], Monday))
                    .Select(l => new Place(l.Municipality, l.Contact, l.Household, l.Part))
                    .Where((_, i) => i % 2 == 0)
                    .ToList();
                var (one, other) = (
                    Plan(x.crowd, given, Monday),
                    Plan(x.shuffled, [.. given.AsEnumerable().Reverse()], Monday)
                );
                return one.Lists.SelectMany(l => l.Leads).SequenceEqual(other.Lists.SelectMany(l => l.Leads))
                    && one.Drawn.SequenceEqual(other.Drawn)
                    && one.Result.ExpectedMovers.Equals(other.Result.ExpectedMovers);
            }
        );

    [Test]
    public void Planning_again_on_the_same_day_keeps_all_and_gives_a_place_only_where_one_is_free() =>
        Holds(
            Crowds,
            crowd =>
            {
                var first = Plan(crowd, [], Monday);
                Place[] given =
                [
                    .. Fresh(first).Select(l => new Place(l.Municipality, l.Contact, l.Household, l.Part)),
                ];
                var again = Plan(crowd, given, Monday);
                return again
                    .Lists.SelectMany(l => l.Leads)
                    .SequenceEqual(first.Lists.SelectMany(l => l.Leads).Select(l => l with { IsNew = false }));
            }
        );

    [Test]
    public void Who_would_have_got_a_place_is_who_gets_one_when_nobody_is_held_out()
    {
        // The same week with a hold-out in Arjeplog only, of which all are drawn, and without any.
        static PolicySet With(double share) =>
            PolicyFile.Load([
                ("default.json", """{ "weeklyCapacity": 0, "shares": { "holdOut": 0, "exploration": 0 } }"""),
                (
                    "a.json",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $$"""{ "municipality": 2506, "weeklyCapacity": 3, "shares": { "holdOut": {{share}}, "exploration": 0 } }"""
                    )
                ),
            ]);
        var (some, nobody) = (With(0.5), With(0));
        Holds(
            Crowds,
            crowd =>
            {
                Candidate[] own = [.. crowd.Select(c => c with { Carrier = 2506 })];
                var drawn = new PlanWeek(own, [], Shares, some, 1, Monday).Drawn.Select(d => d.Contact);
                var wanted = Fresh(new PlanWeek(own, [], Shares, nobody, 1, Monday))
                    .Where(lead => lead.Stage != Stage.Action)
                    .Select(lead => lead.Contact);
                return drawn.ToHashSet().SetEquals(wanted);
            }
        );
    }

    static bool Keeps(PlanWeek plan, Candidate[] crowd, List<Place> given)
    {
        var shown = plan.Lists.SelectMany(l => l.Leads).Where(l => !l.IsNew).Select(l => (l.Municipality, l.Contact));
        var kept = given.Where(place =>
            crowd.FirstOrDefault(c => c.Contact == place.Contact) is { Stage: <= Stage.Action } one
            && !one.WasDeclinedBy(place.Municipality)
        );
        return shown.ToHashSet().SetEquals(kept.Select(place => (place.Municipality, place.Contact)));
    }

    static bool IsLawful(PlanWeek plan, Candidate[] crowd, List<Place> given, DateOnly day)
    {
        var fresh = Fresh(plan).ToList();
        foreach (var policy in Small.All)
        {
            var before = given.Count(place => place.Municipality == policy.Municipality);
            var (here, explored) = (
                fresh.Count(l => l.Municipality == policy.Municipality),
                fresh.Count(l => l.Municipality == policy.Municipality && l.Part == Part.Explored)
            );
            if (here > Math.Max(0, policy.PlacesOn(day) - before) || explored > ExploredPlaces.On(day, policy, 1))
                return false;
        }
        var homes = fresh.Select(l => l.Household).OfType<string>().ToList();
        var one = crowd.ToDictionary(c => c.Contact);
        return fresh.DistinctBy(l => l.Contact).Count() == fresh.Count
            && homes.Distinct(StringComparer.Ordinal).Count() == homes.Count
            && fresh.All(l => l.Stage <= Stage.Action)
            && fresh.All(l => IsOpenTo(one[l.Contact], crowd, Small.For(l.Municipality), l.Part))
            && plan.Lists.All(list =>
                list.Leads.Select(l => l.Rank).SequenceEqual(Enumerable.Range(1, list.Leads.Count))
            );
    }

    /// <summary>The rules for one place, written once more: refusal, rest, hold-out, likelihood.</summary>
    static bool IsOpenTo(Candidate one, Candidate[] crowd, Policy policy, Part part = Part.Usual)
    {
        var family = crowd.Where(c =>
            c.Stage <= Stage.Action
            && c.Household is not null
            && string.Equals(c.Household, one.Household, StringComparison.Ordinal)
        );
        bool Held(int code) => Draw.Of(one.Contact, one.Stage, Small.For(code), 1) == Part.HeldOut;
        var likely = one.Stage == Stage.Action || one.Likelihood.Lift >= policy.ListLift;
        return one.Stage <= Stage.Action
            && !family.Append(one).Any(c => c.WasDeclinedBy(policy.Municipality))
            && one.LastPlace is null
            && !Held(one.Carrier)
            && !Held(policy.Municipality)
            && (
                part == Part.Usual
                    ? likely
                    : !likely
                        && one.Carrier == policy.Municipality
                        && Draw.Of(one.Contact, one.Stage, policy, 1) == Part.Explored
            );
    }

    /// <summary>Places of the floor that the explored leave.</summary>
    static int Spare(PlanWeek plan, Policy policy, DateOnly day) =>
        Math.Min(
            policy.FloorOn(day),
            policy.PlacesOn(day)
                - plan.Result.ByMunicipality.Single(m => m.Municipality == policy.Municipality).Explored
        );

    static IEnumerable<Lead> Fresh(PlanWeek plan) =>
        plan.Lists.SelectMany(list => list.Leads).Where(lead => lead.IsNew);

    static PlanWeek Plan(Candidate[] crowd, IReadOnlyList<Place> given, DateOnly day) =>
        new(crowd, given, Shares, Small, 1, day);

    /// <summary>Whoever it is leans to two places that its id decides, most to the first.</summary>
    static double[] Shares(ContactId contact)
    {
        var number = contact.Value[^1] - '0';
        return
        [
            .. Municipality.All.Select(
                (_, i) =>
                    i == number % 5 ? 0.5
                    : i == number % 3 ? 0.3
                    : 0.02
            ),
        ];
    }

    static void Holds<T>(Gen<T> worlds, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(worlds.ToArbitrary(), property));
}
