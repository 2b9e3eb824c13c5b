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
}
