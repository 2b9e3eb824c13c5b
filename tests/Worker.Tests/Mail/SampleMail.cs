using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Tests.Mail;

/// <summary>A message to one invented contact, for tests of what happens to messages.</summary>
static class SampleMail
{
    public const string Address = "reader@example.org";

    public static readonly LinkSecret Secret = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    public static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly MailSettings Settings = new()
    {
        PublicUrl = new Uri("https://moving.example.org"),
        From = "dialogue@example.org",
        FromName = "Norrbottens besöksnäring",
        ReplyTo = "officer@example.org",
        StopAddress = "stop@example.org",
        BounceAddress = "bounces@example.org",
    };

    public static FollowUp FollowUp(string contact = "c000006", int step = 2) =>
        new(
            $"{contact}/Interest/2026-03-01/Question/{step}",
            new ContactId(contact),
            2510,
            FollowUpKind.Question,
            Stage.Interest,
            At.UtcDateTime,
            "test"
        );

    public static MailLinks Links(FollowUp followUp, Uri? at = null, LinkSigner? signer = null) =>
        MailLinks.Of(
            followUp,
            "sv",
            new DateOnly(2026, 5, 31),
            at ?? Settings.PublicUrl,
            signer ?? new LinkSigner(Secret)
        );

    public static OutgoingMail Outgoing(FollowUp followUp, MailLinks? links = null)
    {
        var its = links ?? Links(followUp);
        var facts = new MailFacts("Jokkmokk", "Norrbotten", "", null, null, [], "stop@example.org", its);
        var template = TemplateSet.Load(TestContext.CurrentContext.TestDirectory).Find("question", "sv")!;
        return new OutgoingMail(Address, RenderedMail.Of(template, facts), its);
    }

    public static MailEnvelope Envelope(FollowUp followUp, MailSignature? signature = null)
    {
        var mail = Outgoing(followUp);
        return new ComposeMail(Settings, Secret, signature).Of(followUp, mail.Mail, mail.Links, mail.Address, At);
    }
}
