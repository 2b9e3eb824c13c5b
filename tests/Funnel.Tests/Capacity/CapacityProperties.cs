using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using static LeadScoring.Funnel.Tests.Worlds;

namespace LeadScoring.Funnel.Tests.Capacity;

sealed class CapacityProperties
{
    static readonly PolicySet Small = PolicyFile.Load([
        ("default.json", """{ "weeklyCapacity": 2 }"""),
        ("a.json", """{ "municipality": 2506, "weeklyCapacity": 3 }"""),
        ("k.json", """{ "municipality": 2584, "weeklyCapacity": 0 }"""),
    ]);

    /// <summary>Crowds of up to 25 with few municipalities, few likelihoods (ties) and few households (clashes).</summary>
    static Gen<Candidate[]> Crowds =>
        from count in Gen.Choose(0, 25)
        from crowd in (
            from lift in Gen.Choose(5, 20)
            from best in Gen.Elements(2506, 2510, 2580, 2584)
            from runnerUp in Gen.Elements(0, 2505, 2513, 2514)
            from stage in Gen.Elements(Enum.GetValues<Stage>())
            from home in Gen.Choose(0, 9)
            select new Candidate(
                new("?"),
                Lift(lift / 10.0),
                stage,
                new(best, 0.5, runnerUp, 0.3, "", ""),
                home < 4 ? $"home-{home}" : null
            )
        ).ArrayOf(count)
        select crowd.Select((c, i) => c with { Contact = new($"c-{i:00}") }).ToArray();

    [Test]
    public void No_list_is_longer_than_its_places_and_nobody_is_on_two() =>
        Holds(
            Crowds,
            crowd =>
            {
                var lists = PlanLists.Plan(crowd, [], Small, Day);
                var leads = lists.SelectMany(l => l.Leads).ToList();
                var homes = leads.Select(l => l.Household).OfType<string>().ToList();
                return lists.Count == 14
                    && lists.All(l => l.Leads.Count <= l.Capacity && l.Used == l.Leads.Count)
                    && leads.DistinctBy(l => l.Contact).Count() == leads.Count
                    && homes.Distinct(StringComparer.Ordinal).Count() == homes.Count
                    && leads.All(l => l.Stage <= Stage.Action);
            }
        );

    [Test]
    public void The_order_of_the_candidates_does_not_matter() =>
        Holds(
            from crowd in Crowds
            from shuffled in Gen.Shuffle(crowd)
            select (crowd, shuffled),
            x => Same(PlanLists.Plan(x.crowd, [], Small, Day), PlanLists.Plan(x.shuffled, [], Small, Day))
        );

    [Test]
    public void A_worse_candidate_changes_nothing_for_those_who_have_a_place() =>
        Holds(
            Crowds,
            crowd =>
            {
                var worse = new Candidate(new("z"), Lift(0.2), Stage.Action, new(2506, 0.5, 2505, 0.3, "", ""));
                var before = Taken(PlanLists.Plan(crowd, [], Small, Day));
                return Taken(PlanLists.Plan([.. crowd, worse], [], Small, Day)).IsSupersetOf(before);
            }
        );

    [Test]
    public void Through_a_week_of_new_likelihoods_and_departures_no_week_exceeds_its_places() =>
        Holds(
            from crowds in Crowds.ArrayOf(5)
            select crowds,
            crowds =>
            {
                HashSet<Place> given = [];
                foreach (var crowd in crowds)
                {
                    var lists = PlanLists.Plan(crowd, [.. given], Small, Day);
                    var kept = Taken(lists);
                    var here = crowd.Where(c => c.Stage <= Stage.Action).Select(c => c.Contact).ToHashSet();
                    if (
                        !given.Where(p => here.Contains(p.Contact)).All(p => kept.Contains((p.Municipality, p.Contact)))
                    )
                        return false;
                    given.UnionWith(
                        lists
                            .SelectMany(l => l.Leads)
                            .Where(l => l.IsNew)
                            .Select(l => new Place(l.Municipality, l.Contact, l.Household))
                    );
                }
                return Small.All.All(p => given.Count(g => g.Municipality == p.Municipality) <= p.WeeklyCapacity)
                    && given.DistinctBy(g => g.Contact).Count() == given.Count;
            }
        );

    [Test]
    public void Planning_again_on_the_same_day_gives_no_new_place() =>
        Holds(
            Crowds,
            crowd =>
            {
                var first = PlanLists.Plan(crowd, [], Small, Day).SelectMany(l => l.Leads).ToList();
                Place[] given = [.. first.Select(l => new Place(l.Municipality, l.Contact, l.Household))];
                var again = PlanLists.Plan(crowd, given, Small, Day).SelectMany(l => l.Leads);
                return again.SequenceEqual(first.Select(l => l with { IsNew = false }));
            }
        );

    static HashSet<(int, ContactId)> Taken(IReadOnlyList<MunicipalityList> lists) =>
        [.. lists.SelectMany(l => l.Leads).Select(l => (l.Municipality, l.Contact))];

    static bool Same(IReadOnlyList<MunicipalityList> a, IReadOnlyList<MunicipalityList> b) =>
        a.SelectMany(l => l.Leads).SequenceEqual(b.SelectMany(l => l.Leads));

    static void Holds<T>(Gen<T> worlds, Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(worlds.ToArbitrary(), property));
}
