using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class MeasureEffectTests
{
    const int Kiruna = 2584;
    const int Pajala = 2521;
    static readonly DateOnly Drawn = new(2026, 1, 1);
    static readonly DateOnly Later = new(2026, 12, 1);

    static IEnumerable<TrialContact> Group(
        string name,
        int municipality,
        Stage stage,
        bool isHeldOut,
        int movers,
        int contacts
    ) =>
        Enumerable
            .Range(0, contacts)
            .Select(i => new TrialContact(
                new($"{name}-{i}"),
                municipality,
                stage,
                isHeldOut,
                Drawn,
                i < movers ? Drawn.AddDays(90) : null
            ));

    /// <summary>Newcombe's first example of differences, 56 of 70 against 48 of 80; extra movers 70 times the uplift.</summary>
    [Test]
    public void One_stratum_gives_the_effect_of_the_literature()
    {
        var report = MeasureEffect.Of(
            [.. Group("c", Kiruna, Stage.Desire, false, 56, 70), .. Group("h", Kiruna, Stage.Desire, true, 48, 80)],
            180,
            Later,
            seed: 1
        );
        var effect = report.All;
        Assert.Multiple(() =>
        {
            Assert.That(effect.Contacted, Is.EqualTo(new Moved(56, 70)));
            Assert.That(effect.HeldOut, Is.EqualTo(new Moved(48, 80)));
            Assert.That(effect.Uplift!.Value.Value, Is.EqualTo(0.2).Within(1e-12));
            Assert.That(effect.Uplift.Value.Low, Is.EqualTo(0.0524).Within(0.00005));
            Assert.That(effect.ExtraMovers!.Value.Value, Is.EqualTo(14).Within(1e-9));
            Assert.That(effect.ExtraMovers.Value.High, Is.EqualTo(70 * 0.3339).Within(0.0035));
            Assert.That(effect.Verdict, Is.EqualTo(EffectVerdict.More));
            Assert.That(report.Municipalities.Single().Part, Is.EqualTo(Kiruna));
            Assert.That(report.Stages.Single().Effect, Is.EqualTo(effect));
            Assert.That(report.Ranking, Is.Null);
        });
    }

    [Test]
    public void An_open_horizon_counts_neither_way_and_who_had_moved_before_is_out()
    {
        TrialContact Of(string id, DateOnly entered, DateOnly? moved) =>
            new(new(id), Kiruna, Stage.Interest, id[0] == 'h', entered, moved);
        var report = MeasureEffect.Of(
            [
                Of("c-on-the-last-day", Drawn, Drawn.AddDays(180)),
                Of("c-a-day-too-late", Drawn, Drawn.AddDays(181)),
                Of("c-moved-on-the-day-of-the-draw", Drawn, Drawn),
                Of("c-open-and-moved", Later.AddDays(-180), Later.AddDays(-1)),
                Of("h-closed-yesterday", Later.AddDays(-181), null),
                Of("h-open", Later.AddDays(-180), null),
            ],
            180,
            Later,
            seed: 1
        );
        Assert.Multiple(() =>
        {
            Assert.That(report.All.Contacted, Is.EqualTo(new Moved(1, 2)));
            Assert.That(report.All.HeldOut, Is.EqualTo(new Moved(0, 1)));
            Assert.That(report.StillOpen, Is.EqualTo(2));
            Assert.That(report.MovedBefore, Is.EqualTo(1));
        });
    }

    [Test]
    public void Parts_are_measured_each_for_itself_and_lonely_groups_are_told()
    {
        var report = MeasureEffect.Of(
            [
                .. Group("kc", Kiruna, Stage.Desire, false, 30, 100),
                .. Group("kh", Kiruna, Stage.Desire, true, 2, 100),
                .. Group("pc", Pajala, Stage.Interest, false, 5, 300),
                .. Group("ph", Pajala, Stage.Interest, true, 5, 300),
                .. Group("lonely", Pajala, Stage.Action, false, 3, 7),
            ],
            180,
            Later,
            seed: 1
        );
        Assert.Multiple(() =>
        {
            Assert.That(report.Municipalities.Select(m => m.Part), Is.EqualTo(new[] { Pajala, Kiruna }));
            Assert.That(
                report.Municipalities.Select(m => m.Effect.Verdict),
                Is.EqualTo(new[] { EffectVerdict.NoneShown, EffectVerdict.More })
            );
            Assert.That(
                report.Stages.Select(s => s.Part),
                Is.EqualTo(new[] { Stage.Interest, Stage.Desire, Stage.Action })
            );
            Assert.That(report.Stages[2].Effect.Uplift, Is.Null);
            Assert.That(report.Stages[2].Effect.Verdict, Is.EqualTo(EffectVerdict.TooFew));
            Assert.That(report.WithoutCounterpart, Is.EqualTo(7));
        });
    }

    [TestCase(3, 500, 0, 50, EffectVerdict.TooFew, TestName = "three movers say nothing")]
    [TestCase(40, 500, 2, 20, EffectVerdict.TooFew, TestName = "twenty held out say nothing")]
    [TestCase(20, 2000, 2, 200, EffectVerdict.NoneShown, TestName = "equal shares of many show nothing")]
    [TestCase(8, 100, 0, 100, EffectVerdict.More, TestName = "eight against none do")]
    [TestCase(10, 1000, 12, 100, EffectVerdict.Fewer, TestName = "contact can harm")]
    [TestCase(5, 10, 0, 0, EffectVerdict.TooFew, TestName = "nobody held out says nothing")]
    public void What_may_be_said_depends_on_how_many_moved(
        int movers,
        int contacted,
        int moversAnyway,
        int heldOut,
        EffectVerdict expected
    ) =>
        Assert.That(
            MeasureEffect
                .Of(
                    [
                        .. Group("c", Kiruna, Stage.Desire, false, movers, contacted),
                        .. Group("h", Kiruna, Stage.Desire, true, moversAnyway, heldOut),
                    ],
                    180,
                    Later,
                    seed: 1
                )
                .All.Verdict,
            Is.EqualTo(expected)
        );

    [Test]
    public void A_contact_drawn_twice_is_refused()
    {
        var group = Group("c", Kiruna, Stage.Desire, false, 1, 3).ToList();
        Assert.That(
            () => MeasureEffect.Of([.. group, group[0]], 180, Later, 1),
            Throws
                .InstanceOf<FunnelException>()
                .With.Message.EqualTo(
                    "The trial: 1 of 4 rows repeat a contact, expected one row a contact; keep the row of the first draw"
                )
        );
    }
}
