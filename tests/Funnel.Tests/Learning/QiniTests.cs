using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using Interval = LeadScoring.Funnel.Learning.Interval;

namespace LeadScoring.Funnel.Tests.Learning;

sealed class QiniTests
{
    static Watched One(int id, double score, bool isHeldOut, bool hasMoved) =>
        new(new(new($"c-{id:000}"), 2584, Stage.Desire, isHeldOut, new(2026, 1, 1), Score: score), hasMoved);

    /// <summary>
    /// Eight contacts in four scores, one contacted and one held out each; contacted of the two best scores move, and the
    /// held out of the worst. Gains in movers: 1 - 0, 2 - 0, 2 - 0, 2 - 1 x 4 / 4, as shares of four contacted 0.25, 0.5,
    /// 0.5, 0.25 at depths of quarters. Below the curve (0.125 + 0.375 + 0.5 + 0.375) / 4 = 0.34375, below the line 0.125:
    /// area 0.21875. Best is 0.25 x 0.75 / 2 = 0.09375, which a ranking that also avoids harm exceeds: 7 / 3.
    /// </summary>
    [Test]
    public void The_curve_of_eight_contacts_is_as_worked_out_by_hand()
    {
        Watched[] trial =
        [
            One(1, 0.9, false, true),
            One(2, 0.9, true, false),
            One(3, 0.7, false, true),
            One(4, 0.7, true, false),
            One(5, 0.5, false, false),
            One(6, 0.5, true, false),
            One(7, 0.1, false, false),
            One(8, 0.1, true, true),
        ];
        var qini = Qini.Of(trial, seed: 1)!;
        Assert.That(
            qini.Points,
            Is.EqualTo(new QiniPoint[] { new(0, 0), new(0.25, 0.25), new(0.5, 0.5), new(0.75, 0.5), new(1, 0.25) })
        );
        Assert.That(qini.Area.Value, Is.EqualTo(0.21875).Within(1e-12));
        Assert.That(qini.Coefficient, Is.EqualTo(7.0 / 3).Within(1e-12));
        Assert.That(qini.Area.Low, Is.LessThan(0.21875));
        Assert.That(qini.Area.High, Is.GreaterThan(0.21875));
    }

    /// <summary>Of ten contacted the two best-ranked move, of ten held out none: the perfect order, q0 = 1.</summary>
    [Test]
    public void A_perfect_order_without_harm_has_coefficient_one_and_its_reverse_minus_one()
    {
        Watched[] Trial(int sign) =>
            [
                .. Enumerable.Range(0, 2).Select(i => One(i, sign * 9, false, true)),
                .. Enumerable.Range(2, 2).Select(i => One(i, sign * 9, true, false)),
                .. Enumerable.Range(4, 8).Select(i => One(i, 0, false, false)),
                .. Enumerable.Range(12, 8).Select(i => One(i, 0, true, false)),
            ];
        Assert.That(Qini.Of(Trial(1), 1)!.Coefficient, Is.EqualTo(1).Within(1e-12));
        Assert.That(Qini.Of(Trial(-1), 1)!.Coefficient, Is.EqualTo(-1).Within(1e-12));
    }

    [Test]
    public void One_score_for_all_is_as_good_as_random()
    {
        var qini = Qini.Of([.. Enumerable.Range(0, 40).Select(i => One(i, 0.5, i % 2 == 0, i % 5 == 0))], 1)!;
        Assert.That(qini.Points, Has.Count.EqualTo(2));
        Assert.That(qini.Area, Is.EqualTo(new Interval(0, 0, 0)));
    }

    [Test]
    public void Without_scores_or_a_second_group_there_is_no_curve()
    {
        Assert.That(Qini.Of([], 1), Is.Null);
        Assert.That(Qini.Of([One(1, 0.5, false, true), One(2, 0.4, false, true)], 1), Is.Null);
        var unscored = One(3, 0, true, false);
        Assert.That(
            Qini.Of([One(1, 0.5, false, true), unscored with { Contact = unscored.Contact with { Score = null } }], 1),
            Is.Null
        );
    }

    /// <summary>The slow twin counts both groups anew above every score, straight from Radcliffe's definition.</summary>
    [Test]
    public void Points_and_area_equal_those_of_a_slow_twin() =>
        Holds(trial =>
        {
            var qini = Qini.Of(trial, 3);
            var contacted = trial.Count(w => !w.Contact.IsHeldOut);
            if (contacted == 0 || contacted == trial.Length)
                return qini is null;
            List<QiniPoint> slow = [new(0, 0)];
            foreach (var score in trial.Select(w => w.Contact.Score!.Value).Distinct().OrderDescending())
            {
                var above = trial.Where(w => w.Contact.Score >= score).ToList();
                var t = above.Count(w => !w.Contact.IsHeldOut && w.HasMoved);
                var c = above.Count(w => w.Contact.IsHeldOut && w.HasMoved);
                double nT = above.Count(w => !w.Contact.IsHeldOut);
                double nC = above.Count(w => w.Contact.IsHeldOut);
                slow.Add(new((double)above.Count / trial.Length, (t - (nC == 0 ? 0 : c * nT / nC)) / contacted));
            }
            var area = slow.Zip(slow.Skip(1), (a, b) => (b.Depth - a.Depth) * (a.Gain + b.Gain) / 2).Sum();
            return qini!.Points.Count == slow.Count
                && qini.Points.Zip(slow)
                    .All(p => Near(p.First.Depth, p.Second.Depth) && Near(p.First.Gain, p.Second.Gain))
                && Near(qini.Area.Value, area - slow[^1].Gain / 2);
        });

    [Test]
    public void The_order_of_the_contacts_does_not_matter() =>
        Holds(trial =>
        {
            var (forward, backward) = (Qini.Of(trial, 3), Qini.Of([.. trial.Reverse()], 3));
            return forward is null
                ? backward is null
                : forward.Points.SequenceEqual(backward!.Points) && forward.Area == backward.Area;
        });

    [Test]
    public void A_long_curve_is_thinned_and_keeps_its_ends_and_its_area()
    {
        Watched[] trial = [.. Enumerable.Range(0, 900).Select(i => One(i, -i, i % 2 == 0, i % 4 == 1 && i < 300))];
        var qini = Qini.Of(trial, 1)!;
        Assert.That(qini.Points, Has.Count.EqualTo(101));
        Assert.That(qini.Points[0], Is.EqualTo(new QiniPoint(0, 0)));
        Assert.That(qini.Points[^1], Is.EqualTo(new QiniPoint(1, 75.0 / 450)));
        Assert.That(qini.Area.Value, Is.EqualTo(1.0 / 6 / 3).Within(0.001), "a triangle that ends at a third");
        Assert.That(qini.Area.Low, Is.Positive);
    }

    static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;

    static void Holds(Func<Watched[], bool> property)
    {
        var trials =
            from count in Gen.Choose(0, 30)
            from trial in (
                from score in Gen.Choose(0, 9)
                from isHeldOut in Gen.Elements(false, false, true)
                from hasMoved in Gen.Elements(false, false, true)
                select (score, isHeldOut, hasMoved)
            ).ArrayOf(count)
            select trial.Select((w, i) => One(i, w.score / 10.0, w.isHeldOut, w.hasMoved)).ToArray();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(trials.ToArbitrary(), property));
    }
}
