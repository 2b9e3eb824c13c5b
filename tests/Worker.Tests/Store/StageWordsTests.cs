using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>Words that stand in stores already: a later release may add some and changes none.</summary>
public sealed class StageWordsTests
{
    [TestCase("attention", Stage.Attention)]
    [TestCase("interest", Stage.Interest)]
    [TestCase("desire", Stage.Desire)]
    [TestCase("action", Stage.Action)]
    [TestCase("moved", Stage.Moved)]
    [TestCase("stayed", Stage.Stayed)]
    [TestCase("dormant", Stage.Dormant)]
    [TestCase("closed", Stage.Closed)]
    public void A_stage_is_stored_by_its_word_and_not_by_its_number(string word, Stage stage)
    {
        Assert.That(StoreText.Word<Stage>(word), Is.EqualTo(stage));
        Assert.That(StoreText.Word(stage), Is.EqualTo(word));
    }

    [TestCase("answered_not_now", SignalKind.AnsweredNotNow)]
    [TestCase("moved", SignalKind.Moved)]
    [TestCase("moved_away", SignalKind.MovedAway)]
    [TestCase("objected", SignalKind.Objected)]
    public void A_signal_is_too(string word, SignalKind signal) =>
        Assert.That(StoreText.Word<SignalKind>(word), Is.EqualTo(signal));

    [TestCase("email", FollowUpKind.Email)]
    [TestCase("question", FollowUpKind.Question)]
    public void And_so_is_a_follow_up(string word, FollowUpKind kind) =>
        Assert.That(StoreText.Word<FollowUpKind>(word), Is.EqualTo(kind));
}
