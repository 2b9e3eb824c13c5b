using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

public class StoreFaultsTests
{
    [Test]
    public void A_file_that_is_no_database_is_told_as_such()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(home.File("leads.db"), new string('x', 5000));
        Assert.That(
            () => LeadStore.Open(home.Path),
            Throws.TypeOf<WorkerException>().With.Message.Contains("leads.db").And.Message.Contains("damaged")
        );
    }

    [Test]
    public void A_server_that_does_not_answer_is_told_without_its_password()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(
            home.File("serve.json"),
            """{"ConnectionStrings":{"Leads":"Host=127.0.0.1;Port=1;Database=d;Username=u;Password=hush"}}"""
        );
        Assert.That(
            () => LeadStore.Open(home.Path),
            Throws
                .TypeOf<WorkerException>()
                .With.Message.Contains("PostgreSQL 127.0.0.1:1/d: the server does not answer")
                .And.Message.Not.Contains("hush")
        );
    }

    [TestCase("{", "cannot be read as JSON")]
    [TestCase("""{"ConnectionStrings":{"Leads":"nonsense"}}""", "no PostgreSQL connection")]
    public void A_settings_file_that_cannot_be_used_is_told(string text, string told)
    {
        using var home = new TemporaryHome();
        File.WriteAllText(home.File("serve.json"), text);
        Assert.That(() => LeadStore.Open(home.Path), Throws.TypeOf<WorkerException>().With.Message.Contains(told));
    }
}
