using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tests.Training;

public sealed class ShiftedLossTests
{
    [Test]
    public void Scores_that_say_nothing_lose_the_entropy_of_the_share()
    {
        // Three ones of four: the best shift of a constant is ln 3 whatever it was, the loss -3/4 ln 3/4 - 1/4 ln 1/4.
        using var crew = new Crew(1);
        var loss = new ShiftedLoss([0, 1, 1, 1], [], crew);
        Assert.That(loss.Of([0, 0, 0, 0]), Is.EqualTo(0.5623351446188083).Within(1e-9));
        Assert.That(loss.Of([-2, -2, -2, -2]), Is.EqualTo(0.5623351446188083).Within(1e-9));
    }

    [Test]
    public void A_weight_of_three_is_the_row_three_times()
    {
        using var crew = new Crew(1);
        Assert.That(new ShiftedLoss([0, 1], [1, 3], crew).Of([0, 0]), Is.EqualTo(0.5623351446188083).Within(1e-9));
    }

    [Test]
    public void With_one_class_only_nothing_is_shifted()
    {
        // Else the shift would run away to where nothing is lost.
        using var crew = new Crew(1);
        Assert.That(new ShiftedLoss([1, 1], [], crew).Of([0, 0]), Is.EqualTo(Math.Log(2)).Within(1e-12));
    }
}
