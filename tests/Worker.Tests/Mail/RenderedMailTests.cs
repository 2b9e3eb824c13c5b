using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Tests.Mail;

public sealed class RenderedMailTests
{
    static RenderedMail Rendered(string markdown, string municipality = "Jokkmokk")
    {
        var faults = new List<string>();
        var template = MailTemplate.Parse(
            "email",
            "sv",
            $"subject: Om {{municipality}}\npreheader: Kort\n\n{markdown}\n",
            "email.sv.md",
            faults
        );
        Assert.That(faults, Is.Empty);
        var links = SampleMail.Links(SampleMail.FollowUp());
        return RenderedMail.Of(
            template,
            new MailFacts(
                municipality,
                "Norrbotten",
                "Storgatan 1",
                "ring 0971-170 00",
                null,
                ["Du läste om Jokkmokk i februari."],
                "stop@example.org",
                links
            )
        );
    }

    [Test]
    public void Page_and_text_say_the_same_and_tell_why_and_how_to_stop()
    {
        var mail = Rendered("Hej **du**: {contact_line}.\n\n- ett\n- två");
        var stop = SampleMail.Links(SampleMail.FollowUp()).Stop.AbsoluteUri;
        Assert.Multiple(() =>
        {
            Assert.That(mail.Subject, Is.EqualTo("Om Jokkmokk"));
            Assert.That(mail.Html, Does.Contain("<html lang=\"sv\""));
            Assert.That(mail.Html, Does.Contain("Hej <strong>du</strong>: ring 0971-170 00."));
            Assert.That(mail.Html, Does.Contain("Du läste om Jokkmokk i februari. Du har sagt ja till"));
            Assert.That(mail.Html, Does.Contain($"href=\"{stop}\""));
            Assert.That(mail.Text, Does.StartWith("Hej du: ring 0971-170 00.\n\n- ett\n- två\n\n-- \n"));
            Assert.That(mail.Text, Does.Contain($"Avsluta meddelandena: {stop}\n"));
            Assert.That(mail.Text, Does.Contain("Du läste om Jokkmokk i februari. Du har sagt ja till"));
            Assert.That(mail.Text, Does.EndWith("Norrbotten, Storgatan 1\n"));
        });
    }

    [Test]
    public void A_value_is_neither_Markdown_nor_HTML_nor_a_placeholder()
    {
        var mail = Rendered("Hej {municipality}", "<b>*A*</b> {sender}");
        Assert.That(mail.Html, Does.Contain(">Hej &lt;b&gt;*A*&lt;/b&gt; {sender}</p>"));
        Assert.That(mail.Text, Does.StartWith("Hej <b>*A*</b> {sender}\n"));
    }

    [Test]
    public void HTML_in_a_template_is_shown_as_words() =>
        Assert.That(Rendered("<script>x</script>").Html, Does.Contain("&lt;script&gt;x&lt;/script&gt;"));

    [Test]
    public void Nothing_is_fetched_from_anywhere()
    {
        foreach (var language in MailWords.Languages)
        {
            using var home = new TemporaryHome();
            var set = TemplateSet.Load(home.Path);
            foreach (var name in set.Names)
                Assert.That(
                    MailSample.Rendered(set.Find(name, language)!).Html,
                    Does.Not.Match("(?i)<img|<script|<link|url\\(|@import|src=")
                );
        }
    }
}
