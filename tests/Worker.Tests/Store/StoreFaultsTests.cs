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

    [TestCase("53100", "the server's disk is full or failing, expected room")]
    [TestCase("58030", "the server's disk is full or failing, expected room")]
    [TestCase("53200", "the server lacks memory, or a limit set to it is reached (SQLSTATE 53200)")]
    [TestCase("53400", "the server lacks memory, or a limit set to it is reached (SQLSTATE 53400)")]
    [TestCase("53300", "the server has as many connections as it takes")]
    [TestCase("28000", "the server refused the connection (SQLSTATE 28000)")]
    public void A_server_without_means_is_told_and_the_commit_is_nowhere_until_it_has_them(string state, string told)
    {
        using var home = new StoreHome(StoreKind.Postgres);
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        var before = store.Dump();
        home.Ask(
            $"""
            create function lacks() returns trigger language plpgsql as $$
            begin raise exception 'could not extend file' using errcode = '{state}'; end $$;
            create trigger lacks before insert on list_places for each row execute function lacks()
            """
        );
        var next = Commits.Of(Commits.Day.AddDays(1), "k1", "k2");

        Assert.That(
            () => store.CommitFunnel(next),
            Throws.TypeOf<WorkerException>().With.Message.StartsWith("PostgreSQL 127.0.0.1:").And.Message.Contains(told)
        );
        Assert.That(store.Dump(), Is.EqualTo(before));

        home.Ask("drop trigger lacks on list_places");
        // After some of these faults the connection is given up; whoever tries again opens one.
        using var again = LeadStore.Open(home.Path);
        again.CommitFunnel(next);
        Assert.That(again.Dump(), Is.Not.EqualTo(before).And.Contain("k2"));
    }

    [Test]
    public void A_file_without_room_is_told_and_the_commit_is_nowhere_until_it_has_it()
    {
        using var home = new TemporaryHome();
        using var store = LeadStore.Open(home.Path);
        store.CommitFunnel(Commits.Of("k1"));
        var before = store.Dump();
        Limit(pages: 1); // SQLite takes it for the least: the pages that it has
        var next = Commits.Of(Commits.Day.AddDays(1), [.. Enumerable.Range(0, 3_000).Select(i => $"k{i:D5}")]);

        Assert.That(
            () => store.CommitFunnel(next),
            Throws
                .TypeOf<WorkerException>()
                .With.Message.Contains("leads.db: the disk is full or failing, expected room")
        );
        Assert.That(store.Dump(), Is.EqualTo(before));
        using (var other = LeadStore.Open(home.Path))
            Assert.That(other.Dump(), Is.EqualTo(before));

        Limit(pages: 1_000_000);
        store.CommitFunnel(next);
        Assert.That(store.Dump(), Does.Contain("k02999"));

        void Limit(int pages) =>
            store.Sending(
                (_, connection, transaction) =>
                {
                    using var command = connection.CreateCommand();
                    (command.Transaction, command.CommandText) = (transaction, $"pragma max_page_count = {pages}");
                    return command.ExecuteScalar();
                }
            );
    }
}
