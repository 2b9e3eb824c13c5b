using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Policies;

sealed class PolicyFileTests
{
    const string Arjeplog = """
        {
          "municipality": 2506,
          "dormancyDays": "soon",
          "weeklyCapacity": 2.5,
          "dueHour": 23,
          "wekly": 3,
          "cadence": {
            "interest": [
              { "days": 3, "kind": "fax" },
              { "kind": "call", "when": 1 }
            ],
            "moved": []
          },
          "languages": ["sv", 7]
        }
        """;
    const string Second = """
        { "municipality": 2506 }
        """;
    const string Nowhere = """
        {
          "municipality": 180,
          "likelihood": []
        }
        """;
    const string Twice = """
        {
          "municipality": 2584,
          "dueHour": 9, "dueHour": 10
        }
        """;

    [Test]
    public void A_home_without_policies_has_the_default_for_all_14()
    {
        Assert.That(
            PolicySet.BuiltIn.All.Select(p => p.Municipality),
            Is.EqualTo(Municipality.All.Select(m => m.Code))
        );
        Assert.That(PolicySet.BuiltIn.All.Select(p => p.WeeklyCapacity), Is.All.EqualTo(5));
        Assert.That(PolicySet.BuiltIn.For(0), Is.EqualTo(PolicySet.BuiltIn.Default));
    }

    [Test]
    public void A_file_overrides_only_what_it_names()
    {
        var policies = PolicyFile.Load([
            ("default.json", """{ "dormancyDays": 100, "dueHour": 8 }"""),
            ("a.json", """{ "municipality": 2506, "dueHour": 11, "likelihood": { "interest": { "enter": 3 } } }"""),
        ]);
        var (arjeplog, kiruna) = (policies.For(2506), policies.For(2584));

        Assert.That((arjeplog.DueHour, arjeplog.DormancyDays), Is.EqualTo((11, 100)));
        Assert.That((kiruna.DueHour, kiruna.DormancyDays), Is.EqualTo((8, 100)));
        Assert.That(arjeplog.Thresholds.Interest, Is.EqualTo(new Threshold(3, 1.5)));
        Assert.That(arjeplog.Thresholds.Desire, Is.EqualTo(new Threshold(5, 3.5)));
    }

    [Test]
    public void A_stage_s_steps_are_replaced_whole_and_the_other_stages_keep_theirs()
    {
        const string file = """{ "municipality": 2506, "cadence": { "interest": [{ "days": 4, "kind": "call" }] } }""";
        var cadence = PolicyFile.Load([("a.json", file)]).For(2506).Cadence;

        Assert.That(cadence[Stage.Interest], Is.EqualTo([new CadenceStep(4, FollowUpKind.Call)]));
        Assert.That(cadence[Stage.Desire], Is.EqualTo(PolicySet.BuiltIn.Default.Cadence[Stage.Desire]));
    }

    [Test]
    public void All_faults_of_all_files_are_told_at_once_with_line_path_found_and_expected()
    {
        var error = Assert.Throws<FunnelException>(() =>
            PolicyFile.Load([
                ("arjeplog.json", Arjeplog),
                ("brokn.json", "{\n  \"municipality\": 2505,\n}"),
                ("nameless.json", "{ }"),
                ("nowhere.json", Nowhere),
                ("second.json", Second),
                ("twice.json", Twice),
            ])
        );

        Assert.That(
            error.Faults.Select(f => $"{f.File}:{f.Line} {f.Path}"),
            Is.EquivalentTo([
                "arjeplog.json:3 $.dormancyDays",
                "arjeplog.json:4 $.weeklyCapacity",
                "arjeplog.json:5 $.dueHour",
                "arjeplog.json:6 $.wekly",
                "arjeplog.json:9 $.cadence.interest[0].kind",
                "arjeplog.json:10 $.cadence.interest[1]",
                "arjeplog.json:10 $.cadence.interest[1].when",
                "arjeplog.json:12 $.cadence.moved",
                "arjeplog.json:14 $.languages[1]",
                "brokn.json:3 $",
                "nameless.json:1 $",
                "nowhere.json:2 $.municipality",
                "nowhere.json:3 $.likelihood",
                "second.json:1 $.municipality",
                "twice.json:3 $.dueHour",
            ])
        );
        Assert.That(
            error.Message,
            Does.Contain("arjeplog.json line 5 $.dueHour: found 23, expected a whole number from 7 to 17")
        );
        Assert.That(
            error.Message,
            Does.Contain("found 'fax', expected one of 'email', 'call', 'invitation', 'question'")
        );
        Assert.That(error.Message, Does.Contain("which arjeplog.json is about already"));
    }

    [TestCase("""{"interest":{"enter":2,"leave":2}}""", "leave below enter")]
    [TestCase("""{"desire":{"enter":3,"leave":3.2}}""", "leave below enter")]
    [TestCase("""{"interest":{"enter":5}}""", "interest to be entered before desire")]
    [TestCase("""{"interest":{"enter":4,"leave":3.8}}""", "desire to be left before interest")]
    public void Thresholds_that_would_let_a_contact_swing_are_refused(string likelihood, string expected) =>
        Assert.That(
            () => PolicyFile.Load([("a.json", $$"""{ "municipality": 2506, "likelihood": {{likelihood}} }""")]),
            Throws
                .TypeOf<FunnelException>()
                .With.Message.Contains($"a.json line 1 $.likelihood: ")
                .And.Message.Contains(expected)
        );

    [TestCase("""[]""")]
    [TestCase("""12""")]
    [TestCase("")]
    [TestCase("null")]
    public void A_file_that_is_no_object_is_a_fault(string text) =>
        Assert.That(() => PolicyFile.Load([("a.json", text)]), Throws.TypeOf<FunnelException>());

    [Test]
    public void The_hash_follows_what_is_said_and_not_how_it_is_written()
    {
        static string Hash(string text) => PolicyFile.Load([("a.json", text)]).Hash;
        var hash = Hash("""{"municipality":2506,"dueHour":10}""");

        Assert.That(Hash("{ \"dueHour\": 10,\r\n // later\r\n \"municipality\": 2506 }"), Is.EqualTo(hash));
        Assert.That(Hash("""{"municipality":2506,"dueHour":11}"""), Is.Not.EqualTo(hash));
        Assert.That(Hash("""{"municipality":2505,"dueHour":10}"""), Is.Not.EqualTo(hash));
        Assert.That(Hash("""{"municipality":2506,"dueHour":10,"cadence":{"action":[]}}"""), Is.Not.EqualTo(hash));
    }

    [Test]
    public void The_example_of_the_documentation_is_sound_and_says_what_it_means()
    {
        var page = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "policies.md"));
        var kiruna = PolicyFile.Load([("kiruna.json", page.Split("```json")[1].Split("```")[0])]).For(2584);

        Assert.That(kiruna.Sending.Quiet, Is.EqualTo(new QuietHours(new(19, 0), new(8, 0))));
        Assert.That(kiruna.Sending.ContactCaps, Is.EqualTo(new Caps(1, 1, 3)));
        Assert.That(kiruna.Sending.HouseholdCaps, Is.EqualTo(PolicySet.BuiltIn.Default.Sending.HouseholdCaps));
        Assert.That(kiruna.Sending.Holidays.AreOn(new(2026, 6, 5)), Is.True);
        Assert.That((kiruna.PlacesOn(new(2026, 7, 6)), kiruna.PlacesOn(new(2026, 8, 3))), Is.EqualTo((1, 5)));
    }

    [Test]
    public void Faults_of_sending_are_told_at_their_places_too()
    {
        const string file = """
            {
              "municipality": 2506,
              "quietHours": { "from": "20:00:00", "to": 7 },
              "holidays": { "public": "yes", "days": ["2026-02-30", "2026-02-28"] },
              "caps": {
                "contact": { "per24h": 3, "per7d": 2 },
                "household": { "per7d": 1.5 }
              },
              "channels": { "email": ["letter"], "fax": [] },
              "absence": [{ "from": "2026-07-06" }, { "from": "2026-07-06", "to": "2026-07-05" }],
              "late": { "capped": "never" },
              "shares": { "holdOut": 0.6 },
              "templates": { "interest": { "email": "../etc", "call": "x" } },
              "weeklyLimits": { "call": -1 }
            }
            """;
        var error = Assert.Throws<FunnelException>(() => PolicyFile.Load([("a.json", file)]));

        Assert.That(
            error.Faults.Select(f => $"{f.Line} {f.Path}"),
            Is.EquivalentTo([
                "3 $.quietHours.from",
                "3 $.quietHours.to",
                "4 $.holidays.public",
                "4 $.holidays.days[0]",
                "6 $.caps.contact",
                "7 $.caps.household.per7d",
                "9 $.channels.email[0]",
                "9 $.channels.fax",
                "10 $.absence[0]",
                "10 $.absence[1]",
                "11 $.late.capped",
                "12 $.shares.holdOut",
                "13 $.templates.interest.email",
                "13 $.templates.interest.call",
                "14 $.weeklyLimits.call",
            ])
        );
    }

    [TestCase("""{ "municipality": 2506, "weeklyFloor": 6 }""", "$.weeklyFloor")]
    [TestCase("""{ "municipality": 2506, "weeklyFloor": 6, "weeklyCapacity": 6 }""", null)]
    [TestCase("""{ "municipality": 2506, "weeklyCapacity": 0 }""", null)]
    public void A_floor_above_the_capacity_is_refused_where_it_is_said(string file, string? path)
    {
        if (path is null)
            Assert.That(
                PolicyFile.Load([("a.json", file)]).For(2506).FloorOn(new(2026, 3, 2)),
                Is.LessThanOrEqualTo(6)
            );
        else
            Assert.That(
                () => PolicyFile.Load([("a.json", file)]),
                Throws.TypeOf<FunnelException>().With.Message.Contains($"a.json line 1 {path}: ")
            );
    }

    [Test]
    public void The_sample_home_has_a_policy_for_each_of_the_14()
    {
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "policies");
        var policies = PolicyFile.Load([
            .. Directory.GetFiles(folder).Select(f => (Path.GetFileName(f), File.ReadAllText(f))),
        ]);

        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(14));
        Assert.That((policies.For(2513).WeeklyCapacity, policies.For(2580).WeeklyCapacity), Is.EqualTo((3, 20)));
        Assert.That(policies.All.Sum(p => p.WeeklyCapacity), Is.EqualTo(118));
    }
}
