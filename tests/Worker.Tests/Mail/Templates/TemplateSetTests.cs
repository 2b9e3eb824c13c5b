using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Tests.Mail.Templates;

public sealed class TemplateSetTests
{
    [TestCase(FollowUpKind.Email)]
    [TestCase(FollowUpKind.Question)]
    [TestCase(FollowUpKind.Invitation)]
    public void Every_stage_that_writes_has_every_kind_in_every_language(FollowUpKind kind)
    {
        using var home = new TemporaryHome();
        var set = TemplateSet.Load(home.Path);
        foreach (var stage in TemplateName.Stages)
        foreach (var language in new[] { "sv", "en", "de", "nl", "fi" })
            Assert.That(set.Find(stage, kind, language, []).Language, Is.EqualTo(language));
    }

    [TestCase("de", "de")]
    [TestCase("DE", "de")]
    [TestCase("is", "en")]
    [TestCase(null, "en")]
    public void A_language_without_templates_falls_back_in_the_order_of_the_policy(string? preferred, string written)
    {
        using var home = new TemporaryHome();
        var set = TemplateSet.Load(home.Path);
        Assert.That(
            set.Find(Stage.Desire, FollowUpKind.Question, preferred, ["en", "sv"]).Language,
            Is.EqualTo(written)
        );
    }

    [Test]
    public void Without_any_language_it_says_what_to_do()
    {
        using var home = new TemporaryHome();
        var set = TemplateSet.Load(home.Path);
        Assert.That(
            () => set.Find(Stage.Desire, FollowUpKind.Email, "is", ["se"]),
            Throws
                .TypeOf<WorkerException>()
                .With.Message.Contains("in is, se, expected one in any of sv, en, de, nl, fi")
        );
    }

    [Test]
    public void A_stages_own_template_comes_before_that_of_all_stages_and_the_homes_before_the_built_in()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("templates"));
        File.WriteAllText(
            home.File("templates", "attention.question.sv.md"),
            "subject: Eget\npreheader: Kort\n\nHej {municipality}\n\n{answers}\n"
        );
        var set = TemplateSet.Load(home.Path);
        Assert.Multiple(() =>
        {
            Assert.That(set.Find(Stage.Attention, FollowUpKind.Question, "sv", []).Subject, Is.EqualTo("Eget"));
            Assert.That(set.Find(Stage.Action, FollowUpKind.Question, "sv", []).Name, Is.EqualTo("question"));
            Assert.That(set.Find(Stage.Desire, FollowUpKind.Question, "sv", []).Name, Is.EqualTo("desire.question"));
        });
    }

    [Test]
    public void All_faults_are_told_at_once_with_file_and_line()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("templates"));
        File.WriteAllText(
            home.File("templates", "question.sv.md"),
            "subject: Hej {name}\nfrom: mig\n\n# Hej\n\n![bild](https://example.org/a.png)\n\nText {answers} text\n\n[x](ftp://example.org)\n"
        );
        File.WriteAllText(home.File("templates", "farewell.is.md"), "subject: a\npreheader: b\n\nText\n");
        var fault = Assert.Throws<WorkerException>(() => TemplateSet.Load(home.Path))!;
        Assert.That(
            fault.Message.Split('\n').Select(line => line.Split(", expected")[0]),
            Is.EqualTo(
                new[]
                {
                    "templates/farewell.is.md: no message is called 'farewell'",
                    "templates/farewell.is.md: language 'is'",
                    "templates/question.sv.md line 2: found 'from: mig'",
                    "templates/question.sv.md line 1: no preheader",
                    "templates/question.sv.md line 1: unknown placeholder {name}",
                    "templates/question.sv.md line 8: {answers} within a line",
                    "templates/question.sv.md line 6: an image",
                    "templates/question.sv.md line 10: a link to 'ftp://example.org'",
                    "templates/question.sv.md: a question without a paragraph {answers}",
                }
            )
        );
    }

    [Test]
    public void Variants_stand_behind_their_template_and_a_set_that_a_policy_names_has_its_own()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("templates"));
        foreach (
            var name in (string[])
                [
                    "interest.email+short.sv",
                    "interest.email+a.sv",
                    "interest.email+a.en",
                    "email+b.sv",
                    "email.warm.sv",
                    "email.warm+x.sv",
                ]
        )
            File.WriteAllText(home.File("templates", $"{name}.md"), "subject: a\npreheader: b\n\nText\n");
        var set = TemplateSet.Load(home.Path);
        Assert.That(
            Names(null, "sv"),
            Is.EqualTo(new[] { "interest.email", "interest.email+a", "interest.email+short" })
        );
        Assert.That(Names(null, "de"), Is.EqualTo(new[] { "interest.email" }));
        Assert.That(Names("warm", "sv"), Is.EqualTo(new[] { "email.warm", "email.warm+x" }));
        Assert.That(
            () => Names("cold", "sv"),
            Throws.TypeOf<WorkerException>().With.Message.Contains("no template for interest.email.cold in sv")
        );

        IEnumerable<string> Names(string? called, string language) =>
            set.Variants(Stage.Interest, FollowUpKind.Email, called, language, ["sv"]).Select(t => t.Name);
    }

    [Test]
    public void A_variant_of_a_question_asks_too()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("templates"));
        File.WriteAllText(home.File("templates", "question+b.sv.md"), "subject: a\npreheader: b\n\nText\n");
        Assert.That(
            () => TemplateSet.Load(home.Path),
            Throws.TypeOf<WorkerException>().With.Message.Contains("question+b.sv.md: a question without a paragraph")
        );
    }
}
