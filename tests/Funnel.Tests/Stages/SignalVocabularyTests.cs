using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Tests.Stages;

sealed class SignalVocabularyTests
{
    static readonly SignalVocabulary Plain = SignalVocabulary.With(new Dictionary<string, string>());

    [TestCase("page_view", double.NaN, SignalKind.Visited)]
    [TestCase("email_open", double.NaN, SignalKind.Opened)]
    [TestCase("email_sent", double.NaN, null)]
    [TestCase("email_unsubscribe", double.NaN, null)]
    [TestCase("fair_talk", 12.5, SignalKind.Inquired)]
    [TestCase("answer", 1, SignalKind.AnsweredYes)]
    [TestCase("answer", 0.5, SignalKind.AnsweredMaybe)]
    [TestCase("sms_reply", 0.25, SignalKind.AnsweredNotNow)]
    [TestCase("sms_reply", 0, SignalKind.AnsweredNo)]
    [TestCase("answer", double.NaN, null)]
    [TestCase("oucontent", double.NaN, SignalKind.Visited)]
    public void Traces_have_their_meaning(string kind, double value, SignalKind? expected) =>
        Assert.That(Plain.OfTrace(kind, value), Is.EqualTo(expected));

    [TestCase("moved", SignalKind.Moved)]
    [TestCase("declined_by_contact", SignalKind.AnsweredNo)]
    [TestCase("declined_by_municipality", SignalKind.Declined)]
    [TestCase("moved_away", SignalKind.MovedAway)]
    [TestCase("not_reached", SignalKind.NotReached)]
    [TestCase("viewed_housing", SignalKind.Engaged)]
    [TestCase("passed_the_course", null)]
    public void Outcomes_have_their_meaning(string kind, SignalKind? expected) =>
        Assert.That(Plain.OfOutcome(kind), Is.EqualTo(expected));

    [TestCase("profiling", true, SignalKind.Consented)]
    [TestCase("profiling", false, SignalKind.Objected)]
    [TestCase("objection", true, SignalKind.Objected)]
    [TestCase("objection", false, SignalKind.Consented)]
    [TestCase("marketing", false, null)]
    [TestCase("sharing", true, null)]
    public void Only_the_consent_to_be_profiled_and_an_objection_move_stages(
        string purpose,
        bool granted,
        SignalKind? expected
    ) => Assert.That(SignalVocabulary.OfConsent(purpose, granted), Is.EqualTo(expected));

    [TestCase("page_view", true)]
    [TestCase("answer", true)]
    [TestCase("never_heard_of", true)]
    [TestCase("email_open", false)]
    [TestCase("email_sent", false)]
    [TestCase("not_reached", false)]
    public void What_shows_life_is_what_the_contact_did_itself(string kind, bool shows) =>
        Assert.That(Plain.ShowsLife(kind), Is.EqualTo(shows));

    [Test]
    public void A_home_s_own_words_win()
    {
        var own = SignalVocabulary.With(
            new Dictionary<string, string>
            {
                ["poll"] = "answer",
                ["page_view"] = "none",
                ["passed"] = "moved",
            }
        );

        Assert.That(own.OfTrace("poll", 0.5), Is.EqualTo(SignalKind.AnsweredMaybe));
        Assert.That(own.OfTrace("page_view", double.NaN), Is.Null);
        Assert.That(own.OfOutcome("passed"), Is.EqualTo(SignalKind.Moved));
        Assert.That(own.Answers, Is.EqualTo(["answer", "poll", "sms_reply"]));
        Assert.That(own.Inquiries, Is.EqualTo(["event_signup", "fair_talk", "form_submit", "inquiry"]));
    }

    [Test]
    public void Outcomes_of_the_home_s_label_are_a_relocation_or_a_no_unless_they_are_named_otherwise()
    {
        var labelled = SignalVocabulary.With(
            new Dictionary<string, string> { ["merit"] = "engaged" },
            positive: ["pass", "merit"],
            negative: ["fail", "declined_by_municipality"]
        );

        Assert.That(labelled.OfOutcome("pass"), Is.EqualTo(SignalKind.Moved));
        Assert.That(labelled.OfOutcome("merit"), Is.EqualTo(SignalKind.Engaged));
        Assert.That(labelled.OfOutcome("fail"), Is.EqualTo(SignalKind.AnsweredNo));
        Assert.That(labelled.OfOutcome("declined_by_municipality"), Is.EqualTo(SignalKind.Declined));
    }

    [Test]
    public void Words_that_name_no_signal_are_told_all_at_once() =>
        Assert.That(
            () =>
                SignalVocabulary.With(
                    new Dictionary<string, string>
                    {
                        ["a"] = "yes",
                        ["b"] = "moved",
                        ["c"] = "Moved",
                    }
                ),
            Throws
                .TypeOf<FunnelException>()
                .With.Message.StartsWith(
                    "signals.a: found 'yes'; signals.c: found 'Moved'; expected one of opened, visited, "
                )
        );
}
