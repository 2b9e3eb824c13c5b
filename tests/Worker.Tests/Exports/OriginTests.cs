using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

public sealed class OriginTests
{
    static readonly DateOnly Day = new(2026, 3, 2);

    [TestCase("inquiry", "eures", null, "EURES inquiry 2026-03-02", "EURES-förfrågan 2026-03-02")]
    [TestCase("inquiry", "web", null, "inquiry 2026-03-02", "förfrågan 2026-03-02")]
    [TestCase("fair_talk", "fair", null, "fair talk 2026-03-02", "mässamtal 2026-03-02")]
    [TestCase("form_submit", "facebook", null, "form 2026-03-02", "formulär 2026-03-02")]
    [TestCase("event_signup", "", null, "event sign-up 2026-03-02", "anmälan till evenemang 2026-03-02")]
    [TestCase("open_house", "", null, "open house 2026-03-02", "open house 2026-03-02")]
    [TestCase(
        "answer",
        "email",
        1.0,
        "said yes in a newsletter question 2026-03-02",
        "svarade ja i ett utskick 2026-03-02"
    )]
    [TestCase("answer", "web", 0.5, "said maybe on the web 2026-03-02", "svarade kanske på webben 2026-03-02")]
    [TestCase("answer", "fair", 1.0, "said yes at a fair 2026-03-02", "svarade ja på en mässa 2026-03-02")]
    [TestCase("sms_reply", "sms", 1.0, "said yes by SMS 2026-03-02", "svarade ja med sms 2026-03-02")]
    [TestCase("answer", "", 1.0, "said yes to the question 2026-03-02", "svarade ja på frågan 2026-03-02")]
    [TestCase("", "", null, "reads since 2026-03-02", "läser sedan 2026-03-02")]
    public void It_is_told_in_the_list_s_language(
        string kind,
        string channel,
        double? answer,
        string english,
        string swedish
    )
    {
        var origin = new Origin(kind, channel, answer, Day);
        Assert.That(origin.Text(ReasonLanguage.English), Is.EqualTo(english));
        Assert.That(origin.Text(ReasonLanguage.Swedish), Is.EqualTo(swedish));
    }
}
