using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Mail;

/// <summary>Messages to an invented contact, for looking at: everything in them is made up, and their links lead nowhere.</summary>
public static class MailSample
{
    static readonly MailSettings Settings = new()
    {
        PublicUrl = new Uri("https://moving.example.org"),
        From = "dialogue@example.org",
        FromName = "Visit Norrbotten",
        StopAddress = "stop@example.org",
        BounceAddress = "bounces@example.org",
        PostalAddress = "Storgatan 1, 962 31 Jokkmokk",
    };

    /// <summary>No home has this secret.</summary>
    static readonly LinkSecret Secret = new(new byte[32]);

    static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(1));

    /// <summary>The message of a template, filled in.</summary>
    public static RenderedMail Rendered(MailTemplate template) => RenderedMail.Of(template, Facts(template));

    /// <summary>The same as it would be sent.</summary>
    public static MailEnvelope Envelope(MailTemplate template) =>
        new ComposeMail(Settings, Secret).Of(
            FollowUp(template),
            Rendered(template),
            Facts(template).Links,
            "reader@example.org",
            At
        );

    static MailFacts Facts(MailTemplate template) =>
        new(
            "Jokkmokk",
            Settings.FromName,
            Settings.PostalAddress,
            null,
            new Uri("https://example.org/jokkmokk"),
            [],
            Settings.StopAddress,
            MailLinks.Of(
                FollowUp(template),
                template.Language,
                new DateOnly(2026, 5, 31),
                Settings.PublicUrl,
                new LinkSigner(Secret)
            )
        );

    static FollowUp FollowUp(MailTemplate template) =>
        new(
            $"invented/{template.Name}.{template.Language}",
            new ContactId("invented"),
            2510,
            FollowUpKind.Question,
            Stage.Interest,
            At.UtcDateTime,
            "preview"
        );
}
