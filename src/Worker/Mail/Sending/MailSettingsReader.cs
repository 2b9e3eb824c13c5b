using System.Text.Json;

namespace LeadScoring.Worker.Mail.Sending;

/// <summary>Reads <c>mail.json</c> and collects all that is wrong with it.</summary>
static class MailSettingsReader
{
    const string File = "mail.json";

    /// <exception cref="WorkerException">Everything that is wrong with it, one line each.</exception>
    public static MailSettings Read(ReadOnlySpan<byte> utf8, string home)
    {
        var faults = new List<string>();
        JsonElement root;
        try
        {
            root = JsonElement.Parse(
                utf8,
                new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
        }
        catch (JsonException error)
        {
            throw new WorkerException(
                $"{File} line {error.LineNumber + 1} is no JSON, expected an object; mend it, or remove the file.",
                error
            );
        }
        var settings = Settings(new MailSettingsFields(File, "", root, faults), home);
        return faults.Count == 0 ? settings : throw new WorkerException(string.Join('\n', faults));
    }

    static MailSettings Settings(MailSettingsFields fields, string home)
    {
        var usual = new MailSettings();
        var settings = usual with
        {
            PublicUrl = fields.Url("publicUrl") ?? usual.PublicUrl,
            From = fields.Address("from") ?? usual.From,
            FromName = fields.Text("fromName") ?? usual.FromName,
            ReplyTo = fields.Address("replyTo"),
            PostalAddress = fields.Text("postalAddress") ?? usual.PostalAddress,
            StopAddress = fields.Address("stopAddress") ?? usual.StopAddress,
            BounceAddress = fields.Address("bounceAddress") ?? usual.BounceAddress,
            Mailbox = fields.Text("mailbox") ?? usual.Mailbox,
            AnswerDays = fields.Whole("answerDays", 1, 3650) ?? usual.AnswerDays,
            Smtp = fields.Part("smtp", part => Smtp(part, home)),
            Dkim = fields.Part("dkim", part => Dkim(part, home)),
        };
        if (settings.Smtp is not null)
            foreach (var needed in new[] { "publicUrl", "from", "stopAddress", "bounceAddress", "postalAddress" })
                fields.Need(needed, "messages leave the house");
        if (settings.Smtp is not null && settings.PublicUrl.Scheme is not "https")
            fields.Wrong("publicUrl", settings.PublicUrl.AbsoluteUri, "an https address, as one-click stops need one");
        fields.NoOthers();
        return settings;
    }

    static SmtpSettings Smtp(MailSettingsFields fields, string home)
    {
        var usual = new SmtpSettings("");
        fields.Need("host", "there is no other way to find the server");
        var settings = usual with
        {
            Host = fields.Text("host") ?? "",
            Port = fields.Whole("port", 1, 65535) ?? usual.Port,
            Security = Security(fields) ?? usual.Security,
            User = fields.Text("user"),
            PasswordFile = fields.ExistingFile("passwordFile", home),
            CertificateFile = fields.ExistingFile("certificateFile", home),
            TimeoutSeconds = fields.Whole("timeoutSeconds", 1, 600) ?? usual.TimeoutSeconds,
            Attempts = fields.Whole("attempts", 1, 20) ?? usual.Attempts,
        };
        if (settings is { User: not null, Security: SmtpSecurity.None })
            fields.Wrong("security", "none", "starttls or tls where a password is sent");
        fields.NoOthers();
        return settings;
    }

    static SmtpSecurity? Security(MailSettingsFields fields)
    {
        switch (fields.Text("security"))
        {
            case null:
                return null;
            case "starttls":
                return SmtpSecurity.StartTls;
            case "tls":
                return SmtpSecurity.Tls;
            case "none":
                return SmtpSecurity.None;
            case var other:
                fields.Wrong("security", other, "starttls, tls or none");
                return null;
        }
    }

    static DkimSettings Dkim(MailSettingsFields fields, string home)
    {
        foreach (var needed in new[] { "domain", "selector", "keyFile" })
            fields.Need(needed, "a signature names it");
        var settings = new DkimSettings(
            fields.Text("domain") ?? "",
            fields.Text("selector") ?? "",
            fields.ExistingFile("keyFile", home) ?? ""
        );
        fields.NoOthers();
        return settings;
    }
}
