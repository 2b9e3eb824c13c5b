using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests.DuckDb;

public sealed class FailureTests
{
    const string Endless =
        "select count(*) from range(10_000_000) a, range(10_000_000) b where (a.range + b.range) % 7 = 3";

    [Test]
    public void A_failed_query_names_itself_and_the_next_one_works()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        var syntax = Assert.Throws<DuckDbException>(() => connection.Execute("monthly report", "selekt 1"));
        var missing = Assert.Throws<DuckDbException>(() =>
            connection.Execute("monthly report", "select x from nowhere")
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(syntax.Message, Does.StartWith("monthly report: ").And.Contain("selekt"));
            Assert.That(missing.Message, Does.Contain("nowhere"));
            Assert.That(missing.Statement, Is.EqualTo("monthly report"));
            Assert.That(connection.Scalar("good", "select 42"), Is.EqualTo(42L));
        }
    }

    [Test]
    public void A_query_that_fails_half_way_throws_instead_of_ending_early()
    {
        using var database = Database.Open(settings: new Dictionary<string, string> { ["threads"] = "1" });
        using var connection = database.Connect();
        var rows = 0;
        var error = Assert.Throws<DuckDbException>(() =>
        {
            using var result = connection.Query(
                "half",
                "select case when i = 50000 then error('row is bad') else i end from range(100000) t(i)"
            );
            while (result.Next() is { } chunk)
                rows += chunk.Count;
        });
        Assert.That(error.Message, Does.Contain("row is bad"));
        Assert.That(rows, Is.LessThan(50_001));
        Assert.That(connection.Scalar("good", "select 42"), Is.EqualTo(42L));
    }

    [Test]
    public void Cancelling_stops_a_running_query_and_the_connection_lives_on()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.That(
            () => connection.Execute("endless", Endless, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(connection.Scalar("good", "select 42"), Is.EqualTo(42L));
    }

    [Test]
    public async Task Progress_can_be_asked_from_another_thread_while_a_query_runs()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("on", "set enable_progress_bar = true; set enable_progress_bar_print = false");
        connection.Execute("table", "create table long as select i from range(20_000_000) t(i)");
        // Many row groups, each slow: progress moves early and the end is far.
        const string query = "select max(md5(md5(md5(md5(md5(md5(i::varchar))))))) from long";
        using var cancellation = new CancellationTokenSource();
        var running = Task.Run(() => connection.Execute("long", query, cancellation.Token));
        double? seen = null;
        for (var tries = 0; tries < 3000 && seen is null && !running.IsCompleted; tries++)
        {
            await Task.Delay(10);
            seen = connection.Progress;
        }
        await cancellation.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen, Is.Not.Null.And.InRange(0.0, 1.0));
    }

    [Test]
    public void An_unknown_setting_is_refused_by_name()
    {
        var error = Assert.Throws<DuckDbException>(() =>
            Database.Open(settings: new Dictionary<string, string> { ["no_such_setting"] = "1" })
        );
        Assert.That(error.Message, Does.Contain("no_such_setting"));
    }

    [Test]
    public void A_file_that_is_no_database_is_refused()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "not-a-database.duckdb");
        File.WriteAllText(file, new string('x', 20_000));
        var error = Assert.Throws<DuckDbException>(() => Database.Open(file));
        Assert.That(error.Message, Does.Contain("not-a-database.duckdb"));
    }

    [Test]
    public void The_engine_never_loads_or_fetches_an_extension_by_itself()
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        Assert.That(() => connection.Execute("spatial", "select st_point(1, 2)"), Throws.InstanceOf<DuckDbException>());
    }
}
