using LeadScoring.Worker.Mail.Sending;

namespace LeadScoring.Worker.Tests.Mail.Sending;

public sealed class MailSettingsTests
{
    [Test]
    public void Without_a_file_messages_stay_in_the_house()
    {
        using var home = new TemporaryHome();
        Assert.That(MailSettings.Load(home.Path).Smtp, Is.Null);
    }

    [Test]
    public void All_faults_are_told_at_once_and_no_address_is_repeated()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(
            home.File("mail.json"),
            """
            { "publicUrl": "http://moving.example.org", "from": "Somebody <somebody@example.org>", "colour": 1,
              "answerDays": 0,
              "smtp": { "port": 99999, "security": "none", "user": "leads", "passwordFile": "secret" } }
            """
        );
        var fault = Assert.Throws<WorkerException>(() => MailSettings.Load(home.Path))!;
        Assert.That(fault.Message, Does.Not.Contain("somebody@"));
        Assert.That(
            fault.Message.Split('\n').Select(line => line.Split(", expected")[0]),
            Is.EqualTo(
                new[]
                {
                    "mail.json from: found something else",
                    "mail.json answerDays: found 0",
                    "mail.json smtp.host: missing",
                    "mail.json smtp.port: found 99999",
                    "mail.json smtp.passwordFile: found secret, which is not there",
                    "mail.json smtp.security: found none",
                    "mail.json stopAddress: missing",
                    "mail.json bounceAddress: missing",
                    "mail.json postalAddress: missing",
                    "mail.json publicUrl: found http://moving.example.org/",
                    "mail.json colour: unknown",
                }
            )
        );
    }
}
