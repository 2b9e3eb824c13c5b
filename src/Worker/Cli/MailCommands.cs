using System.CommandLine;
using LeadScoring.Worker.Mail;
using LeadScoring.Worker.Mail.Templates;

namespace LeadScoring.Worker.Cli;

/// <summary><c>leads mail</c>: looking at messages before anybody gets them.</summary>
static class MailCommands
{
    static readonly Option<string?> Template = new("--template")
    {
        Description = "Only this one, such as desire.question (default: all)",
        HelpName = "T",
    };

    static readonly Option<string?> Language = LanguageOption();

    static readonly Option<string?> Out = new("--out")
    {
        Description = "The folder to write to (default: mail-preview/ in the home)",
        HelpName = "DIR",
    };

    internal static Command Build()
    {
        var command = new Command("mail", "Messages to contacts");
        command.Subcommands.Add(Preview());
        return command;
    }

    static Command Preview() =>
        Invocation.Command(
            "preview",
            "Write messages to an invented contact as .html, .txt and .eml, to look at; nothing is sent",
            invocation =>
            {
                var templates = TemplateSet.Load(invocation.Home.Path);
                var folder = Path.GetFullPath(
                    invocation.Asked.GetValue(Out) ?? Path.Combine(invocation.Home.Path, "mail-preview")
                );
                Directory.CreateDirectory(folder);
                var files = invocation.Screen.Step(
                    "preview",
                    _ => Chosen(invocation, templates).SelectMany(template => Write(template, folder)).ToList(),
                    written => Steps.Words.Text($"{written.Count} files in {folder}")
                );
                invocation.Answer(new { Folder = folder, Files = files }, _ => { });
                return ExitCode.Done;
            },
            Template,
            Language,
            Out
        );

    static IEnumerable<MailTemplate> Chosen(Invocation invocation, TemplateSet templates)
    {
        var name = invocation.Asked.GetValue(Template);
        var language = invocation.Asked.GetValue(Language);
        if (name is not null && !templates.Names.Contains(name, StringComparer.Ordinal))
            throw new WorkerException(
                $"--template {name}: unknown, expected one of {string.Join(", ", templates.Names)}."
            );
        return from template in name is null ? templates.Names : [name]
            from spoken in language is null ? MailWords.Languages : [language]
            let found = templates.Find(template, spoken)
            where found is not null
            select found;
    }

    static IEnumerable<string> Write(MailTemplate template, string folder)
    {
        var mail = MailSample.Rendered(template);
        var stem = Path.Combine(folder, $"{template.Name}.{template.Language}");
        File.WriteAllText($"{stem}.html", mail.Html);
        File.WriteAllText($"{stem}.txt", $"{mail.Subject}\n\n{mail.Text}");
        using (var message = MailSample.Envelope(template).Message)
            message.WriteTo($"{stem}.eml");
        return [$"{stem}.html", $"{stem}.txt", $"{stem}.eml"];
    }

    static Option<string?> LanguageOption()
    {
        var option = new Option<string?>("--language")
        {
            Description = "Only this language (default: all)",
            HelpName = "sv|en|de|nl|fi",
        };
        option.AcceptOnlyFromAmong([.. MailWords.Languages]);
        return option;
    }
}
