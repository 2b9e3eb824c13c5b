using LeadScoring.Worker.Jobs;

namespace LeadScoring.Worker.Tests.Jobs;

public class JobSettingsTests
{
    [Test]
    public void A_home_without_a_file_has_the_defaults()
    {
        using var home = new TemporaryHome();
        Assert.That(JobSettings.Load(home.Path), Is.EqualTo(new JobSettings()));
    }

    [Test]
    public void The_file_says_otherwise()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(
            home.File("serve.json"),
            """{"Jobs":{"NightAt":"03:15","LeaseSeconds":30,"Attempts":2,"DispatchMinutes":0,"BounceMinutes":60},"Learning":{"AnswerDays":7},"Alarms":{"Webhook":"https://hook.example/x","MailTo":"night@example.org","SilenceHours":48},"Telemetry":{"Endpoint":"http://127.0.0.1:4318"}}"""
        );
        Assert.That(
            JobSettings.Load(home.Path),
            Is.EqualTo(
                new JobSettings
                {
                    NightAt = new(3, 15),
                    Lease = TimeSpan.FromSeconds(30),
                    Attempts = 2,
                    DispatchMinutes = 0,
                    BounceMinutes = 60,
                    AnswerTime = TimeSpan.FromDays(7),
                    Webhook = new("https://hook.example/x"),
                    MailTo = "night@example.org",
                    Silence = TimeSpan.FromHours(48),
                    Telemetry = new("http://127.0.0.1:4318"),
                }
            )
        );
    }

    [Test]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(
            home.File("serve.json"),
            """{"Jobs":{"NightAt":"2.30","TrainOn":31,"KeepRunsDays":30,"DispatchMinutes":7,"BounceMinutes":0},"Alarms":{"Webhook":"secret","MailTo":"Some One <one@secret.example>"}}"""
        );
        Assert.That(
            () => JobSettings.Load(home.Path),
            Throws
                .TypeOf<WorkerException>()
                .With.Message.Contains("Jobs:NightAt: found '2.30', expected a local time as 02:30")
                .And.Message.Contains("Jobs:TrainOn: found '31', expected a whole number from 1 to 28")
                .And.Message.Contains("Jobs:KeepRunsDays: found '30', expected a whole number from 40 to 3650")
                .And.Message.Contains("Jobs:DispatchMinutes: found '7', expected minutes that divide an hour")
                .And.Message.Contains("Jobs:BounceMinutes: found '0'")
                .And.Message.Contains("Alarms:Webhook")
                .And.Message.Contains(
                    "Alarms:MailTo: found 'text that is no address', expected one bare e-mail address"
                )
                .And.Message.Not.Contains("secret")
        );
    }

    [TestCase(1, 60)]
    [TestCase(2, 240)]
    [TestCase(3, 960)]
    [TestCase(4, 3600)]
    [TestCase(9, 3600)]
    public void Each_attempt_waits_four_times_as_long_up_to_an_hour(int attempts, int seconds) =>
        Assert.That(new JobSettings().BackOffAfter(attempts), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
}
