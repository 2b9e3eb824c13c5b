using System.Text.Json;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps;

/// <summary>Requests to be forgotten that other programs leave in the home, and the daily job that does them.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class EraseRequestedTests(StoreKind kind)
{
    StoreHome _home = null!;

    [SetUp]
    public void A_home_that_knows_four_contacts()
    {
        _home = new StoreHome(kind);
        Put(
            "inbox/crm_contacts/1.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n"
                + string.Concat(
                    new[] { "k1", "k2", "k3", "k33" }.Select(id =>
                        $"{id},2024-03-01 12:00,2024-03-02 12:00,{id}@example.org,SE,sv,,,1990\n"
                    )
                )
        );
        Ingest.Run(_home.Path, new IngestOptions(4));
        using var store = LeadStore.Open(_home.Path);
        store.CommitFunnel(Commits.Of("k1", "k2", "k3", "k33"));
    }

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void Whoever_a_file_names_is_forgotten_and_so_is_the_file_while_rows_of_the_inbox_are_told()
    {
        Put("erasures/today.txt", "k1\r\n\r\n k3 \n");
        Put("erasures/empty.txt", "");
        Put("erasures/notes.md", "k2\n");

        var outcome = Retained();

        Assert.That(outcome.State, Is.EqualTo(RunState.Warned), "a file of the inbox still names them");
        Assert.That(
            JsonSerializer.Serialize(outcome.Counts),
            Does.StartWith("""{"Erased":2,"InboxFilesThatNameThem":1,""")
        );
        Assert.That(Known(), Is.EqualTo(new[] { "k2", "k33" }));
        Assert.That(
            Directory.GetFiles(_home.File("erasures")).Select(Path.GetFileName),
            Is.EqualTo(new[] { "notes.md" })
        );
        var again = Retained();
        Assert.That(again.State, Is.EqualTo(RunState.Done));
        Assert.That(
            JsonSerializer.Serialize(again.Counts),
            Does.StartWith("""{"Erased":0,"InboxFilesThatNameThem":0,""")
        );
    }

    /// <summary>k3 may be the beginning of k33.</summary>
    [Test]
    public void A_file_that_is_cut_short_is_told_and_left_and_the_others_are_done()
    {
        Put("erasures/1.txt", "k1\nk3");
        Put("erasures/2.txt", "k2\n");

        Assert.That(
            () => Retained(),
            Throws
                .TypeOf<WorkerException>()
                .With.Message.StartsWith($"{_home.File("erasures", "1.txt")}: its last line has no end")
        );
        Assert.That(Known(), Is.EqualTo(new[] { "k1", "k3", "k33" }));
        File.AppendAllText(_home.File("erasures", "1.txt"), "3\n");
        Assert.That(Retained().State, Is.EqualTo(RunState.Warned));
        Assert.That(Known(), Is.EqualTo(new[] { "k3" }));
    }

    JobOutcome Retained()
    {
        var home = new Home(_home.Path);
        var job = new RetentionJob(home, new JobSettings(), TimeSpan.Zero, TimeProvider.System);
        var screen = new Screen(TextWriter.Null, TextWriter.Null, json: false);
        return job.Run(new(RetentionJob.JobName, Commits.Day), screen, CancellationToken.None);
    }

    IEnumerable<string> Known()
    {
        using var store = LeadStore.Open(_home.Path);
        return [.. store.Positions().Keys.Select(contact => contact.Value).Order(StringComparer.Ordinal)];
    }

    void Put(string relative, string text)
    {
        var path = _home.File(relative.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
