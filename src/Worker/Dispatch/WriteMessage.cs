using LeadScoring.Funnel;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Mail.Links;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Dispatch;

/// <summary>Writes a municipality's messages: which template in which language and variant, and what is filled in.</summary>
/// <param name="counts">What is known of the variants of a kind; asked only where there are several.</param>
sealed class WriteMessage(
    MailSettings settings,
    LinkSigner signer,
    TemplateSet templates,
    Policy policy,
    Func<FollowUpKind, VariantCounts> counts,
    int seed
)
{
    static readonly VariantLimits Limits = new();

    /// <summary>The template for a follow-up, chosen among its variants.</summary>
    /// <param name="language">The contact's, null when unknown.</param>
    /// <exception cref="WorkerException">There is none in the contact's language or one of the policy's.</exception>
    public MailTemplate Template(FollowUp followUp, string? language)
    {
        var variants = templates.Variants(
            followUp.Stage,
            followUp.Kind,
            policy.Sending.Templates.GetValueOrDefault((followUp.Stage, followUp.Kind)),
            language,
            policy.Languages
        );
        if (variants.Count == 1)
            return variants[0];
        var chosen = ChooseVariant.For(
            new VariantQuestion(
                followUp.Key,
                followUp.Municipality == 0 ? null : followUp.Municipality,
                followUp.Stage
            ),
            [.. variants.Select(variant => variant.Name)],
            counts(followUp.Kind),
            Limits,
            seed
        );
        return variants.First(variant => variant.Name.Equals(chosen, StringComparison.Ordinal));
    }

    public OutgoingMail Of(FollowUp followUp, MailTemplate template, string address, DateTime now)
    {
        var expires = StockholmTime.Day(now).AddDays(settings.AnswerDays);
        var links = MailLinks.Of(followUp, template.Language, expires, settings.PublicUrl, signer);
        var facts = new MailFacts(
            Municipality.Find(followUp.Municipality)?.Name ?? settings.FromName,
            settings.FromName,
            settings.PostalAddress,
            ContactLine: null,
            Page: null,
            Reasons: [],
            settings.StopAddress,
            links
        );
        return new OutgoingMail(address, RenderedMail.Of(template, facts), links);
    }
}
