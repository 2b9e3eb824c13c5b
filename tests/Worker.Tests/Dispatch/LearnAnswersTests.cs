using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>Messages sent on 4 March at 09:00 UTC to contacts in Interest; a week is given for answers.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public class LearnAnswersTests(StoreKind kind)
{
    static readonly DateTime SentAt = new(2026, 3, 4, 9, 0, 0, DateTimeKind.Utc);
    static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Test]
    public void A_link_or_a_step_forward_that_the_contact_took_answers_and_nothing_else_does()
    {
        using var home = new StoreHome(kind);
        using var store = LeadStore.Open(home.Path);
        string[] contacts = ["linked", "late", "asked", "rose", "slept", "earlier", "silent"];
        store.CommitFunnel(Commits.Of(contacts) with { Changes = [] });
        var sendings = new Sendings(store);
        foreach (var contact in contacts)
        {
            var followUp = Commits.FollowUp(contact, Commits.Day);
            sendings.Decide(
                new(followUp, null, (_, _) => SendDecision.Now(MessageChannel.Email), "interest.email"),
                SentAt
            );
            sendings.Sent(followUp.Key, isCertain: true);
        }
        var time = new SettableTime(new(SentAt.AddHours(30)));
        var inbox = new AnswerInbox(home.Path, time);
        inbox.Record(Claim("linked", Answer.No));
        time.Now = new(SentAt.AddHours(40));
        inbox.Record(Claim("linked", Answer.Maybe));
        time.Now = new(SentAt + Week + TimeSpan.FromSeconds(1));
        inbox.Record(Claim("late", Answer.Yes));
        store.CommitFunnel(
            new(Commits.Of().Watermark)
            {
                Changes =
                [
                    Change("asked", Stage.Desire, SentAt.AddHours(20)),
                    Change("asked", Stage.Action, SentAt.AddHours(50)),
                    Change("rose", Stage.Desire, actedAt: null),
                    Change("slept", Stage.Dormant, SentAt.AddHours(20)),
                    Change("earlier", Stage.Desire, SentAt.AddHours(-1)),
                ],
            }
        );

        Assert.That(LearnAnswers.Run(store, inbox, Week, SentAt.AddDays(9)), Is.EqualTo(2));
        Assert.That(LearnAnswers.Run(store, inbox, Week, SentAt.AddDays(9)), Is.Zero, "each answer is learnt once");
        Assert.That(
            contacts.Select(contact => sendings.Of(new(contact)).Single().AnsweredAt),
            Is.EqualTo(new DateTime?[] { SentAt.AddHours(30), null, SentAt.AddHours(20), null, null, null, null })
        );
    }

    static LinkClaim Claim(string contact, Answer answer) =>
        new(answer, new(contact), Commits.FollowUp(contact, Commits.Day).Key, 2582, "sv", DateOnly.MaxValue);

    static StageChange Change(string contact, Stage to, DateTime? actedAt) =>
        Commits.Change(contact, Commits.Day.AddDays(3), Stage.Interest, to) with
        {
            Evidence = actedAt is { } at ? new Signal(SignalKind.Inquired, at, 2582, Automated: false) : null,
        };
}
