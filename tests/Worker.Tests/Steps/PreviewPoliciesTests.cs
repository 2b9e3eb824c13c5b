using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>Two contacts who lean to Arjeplog: lifts 42.4 and 3.1 over a base rate of 1 %.</summary>
public sealed class PreviewPoliciesTests
{
    const double BaseRate = 0.01;

    static readonly DateOnly Monday = new(2026, 3, 2);
    static readonly ContactId Anna = new("anna");
    static readonly ContactId Bo = new("bo");

    readonly TemporaryHome _folder = new();

    Home Home => new(_folder.Path);

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Without_a_change_of_policy_tonight_changes_nothing()
    {
        Write("""{ "municipality": 2506, "weeklyCapacity": 2 }""");
        using var store = NightOf(ReadPolicies.Run(Home));
        Write("""{ "weeklyCapacity": 2, "municipality": 2506 }""");

        var preview = Preview(store, 2506);

        Assert.That((preview.Known, preview.Changed), Is.EqualTo((true, false)));
        Assert.That(preview.Stages.Count + preview.Places.Count, Is.Zero);
        Assert.That(preview.Planned.Count + preview.Dropped.Count, Is.Zero);
    }

    [Test]
    public void A_higher_threshold_lowers_one_contact_and_plans_what_its_stage_asks_for()
    {
        Write("""{ "municipality": 2506 }""");
        using var store = NightOf(ReadPolicies.Run(Home));
        var before = store.Dump();
        Write(
            """
            { "municipality": 2506, "likelihood": { "interest": { "enter": 5, "leave": 4 }, "desire": { "enter": 9, "leave": 8 } } }
            """
        );

        var preview = Preview(store, 2506);

        Assert.That((preview.Known, preview.Changed), Is.EqualTo((true, true)));
        Assert.That(preview.Stages, Is.EqualTo([new Difference<Stage>(Bo, Stage.Interest, Stage.Attention)]));
        Assert.That(
            preview.Planned.Select(f => (f.Contact, $"{f.Kind}", f.Stage)),
            Is.EqualTo([(Bo, "Question", Stage.Attention)])
        );
        Assert.That(preview.Dropped, Is.Empty);
        Assert.That(store.Dump(), Is.EqualTo(before));
        Assert.That(Preview(store, 2580).Stages, Is.Empty);
    }

    [Test]
    public void More_capacity_gives_the_next_contact_a_place()
    {
        Write("""{ "municipality": 2506, "weeklyCapacity": 1 }""", """ "weeklyCapacity": 0, """);
        using var store = NightOf(ReadPolicies.Run(Home));
        Write("""{ "municipality": 2506, "weeklyCapacity": 2 }""", """ "weeklyCapacity": 0, """);

        var preview = Preview(store, 2506);

        Assert.That(preview.Places, Is.EqualTo([new Difference<int>(Bo, null, 2)]));
        Assert.That(preview.Planned.Select(f => (f.Contact, f.Cause)), Is.EqualTo([(Bo, "list_place")]));
    }

    [Test]
    public void Policies_that_were_not_kept_are_said_to_be_unknown()
    {
        Write("""{ "municipality": 2506, "weeklyCapacity": 1 }""", """ "weeklyCapacity": 0, """);
        using var store = NightOf(ReadPolicies.Run(Home), keep: false);
        Write("""{ "municipality": 2506, "weeklyCapacity": 2 }""", """ "weeklyCapacity": 0, """);

        var preview = Preview(store, 2506);

        Assert.That(preview.Known, Is.False);
        Assert.That(preview.Places, Is.EqualTo([new Difference<int>(Bo, null, 2)]));
    }

    [Test]
    public void Before_the_first_night_there_is_nothing_to_compare_with()
    {
        using var store = LeadStore.Open(Home.Path);

        Assert.That(
            () => Preview(store, 2506),
            Throws.TypeOf<WorkerException>().With.Message.Contains("Run leads run first")
        );
    }

    /// <summary>Nobody is drawn, and no other municipality has a floor that would want one of the two.</summary>
    void Write(string arjeplog, string places = "")
    {
        var shared = $$"""{ {{places}} "weeklyFloor": 0, "shares": { "holdOut": 0, "exploration": 0 } }""";
        Directory.CreateDirectory(Home.Policies);
        File.WriteAllText(Path.Combine(Home.Policies, "arjeplog.json"), arjeplog);
        File.WriteAllText(Path.Combine(Home.Policies, "default.json"), shared);
    }

    LeadStore NightOf(PolicySet policies, bool keep = true)
    {
        var store = LeadStore.Open(Home.Path);
        var mark = new Watermark(Monday, 1, "m", policies.Hash);
        AdvanceContacts.Run(store, Facts(Signals()), Scores(), BaseRate, policies, seed: 1, mark);
        if (keep)
            KeepPolicies.Run(Home);
        return store;
    }

    PolicyPreview Preview(LeadStore store, int municipality) =>
        PreviewPolicies.Run(
            Home,
            store,
            Facts(new Dictionary<ContactId, IReadOnlyList<Signal>>()),
            Scores(),
            BaseRate,
            ReadPolicies.Run(Home),
            municipality
        );

    static ScoreRun Scores() =>
        new(
            Monday,
            "m",
            [
                new(new LeadScore(Anna, 0, 0.3, 0, 1, 'A', 1, []), [2506, 2582]),
                new(new LeadScore(Bo, 0, 0.03, 0, 1, 'B', 2, []), [2506, 2582]),
            ]
        );

    static Dictionary<ContactId, IReadOnlyList<Signal>> Signals()
    {
        IReadOnlyList<Signal> visited =
        [
            new(SignalKind.Visited, new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc), 2506, false),
        ];
        return new() { [Anna] = visited, [Bo] = visited };
    }

    static NightFacts Facts(IReadOnlyDictionary<ContactId, IReadOnlyList<Signal>> signals)
    {
        Standing open = new(true, true, null, [], null);
        IReadOnlyList<MunicipalityEvidence> lean = [new(2506, Views: 30, RecentViews: 9), new(2582, Views: 2)];
        return new(
            new Dictionary<ContactId, Standing> { [Anna] = open, [Bo] = open },
            new Dictionary<ContactId, IReadOnlyList<MunicipalityEvidence>> { [Anna] = lean, [Bo] = lean },
            signals
        );
    }
}
