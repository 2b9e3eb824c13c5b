using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;
using Npgsql;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>What docs/production.md says to type into PostgreSQL can be typed.</summary>
public sealed class ProductionPageTests
{
    [Test]
    public void Its_statements_run_on_the_store_of_this_release()
    {
        using var home = SampleHome.Make();
        ServeHome.Configure(home, PostgresServer.NewSchema());
        LeadStore.Open(home.Path).Dispose();
        using var connection = (NpgsqlConnection)StoreDialect.Of(home.Path, patienceSeconds: 5).Connect();
        var statements = Statements(File.ReadAllText(Path.Combine(SampleHome.Repository, "docs", "production.md")));
        Assert.That(statements, Has.Count.EqualTo(5));
        foreach (var statement in statements)
        {
            using var command = new NpgsqlCommand(statement, connection);
            Assert.That(() => command.ExecuteNonQuery(), Throws.Nothing, statement);
        }
    }

    /// <summary>In blocks of code, whatever ends with a semicolon.</summary>
    static List<string> Statements(string page) =>
        [
            .. page.Split("```")
                .Where((_, nth) => nth % 2 == 1)
                .SelectMany(block => block.Split(';').SkipLast(1))
                .Where(text =>
                    text.Trim().StartsWith("alter", StringComparison.Ordinal)
                    || text.Trim().StartsWith("select", StringComparison.Ordinal)
                ),
        ];
}
