using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Worker.Tables;

/// <summary>Scores of a table on disk, in a folder of their own that is gone in the end.</summary>
sealed class ScoreSheet : IDisposable
{
    /// <summary>Beyond it the engine goes to disk.</summary>
    const string MemoryLimit = "1GB";

    readonly string _folder = Directory.CreateTempSubdirectory("leads-scores-").FullName;
    readonly Database _database;
    readonly Connection _connection;

    public ScoreSheet()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["memory_limit"] = MemoryLimit,
            ["temp_directory"] = Path.Combine(_folder, "sorting"),
        };
        _database = Database.Open(Path.Combine(_folder, "scores.duckdb"), settings);
        _connection = _database.Connect();
        _connection.Execute("Tables.create_scores", WorkerSql.Of("Tables.create_scores"));
    }

    public Appender Appender() => _connection.Appender("scores");

    /// <summary>Puts all rows into the order of their ranks.</summary>
    /// <param name="digits">Digits of the last row's number, 0 when the rows have ids of their own.</param>
    public void Rank(int digits, CancellationToken cancellation) =>
        _connection.Execute("Tables.rank_scores", WorkerSql.Of("Tables.rank_scores"), cancellation, ("digits", digits));

    /// <summary>Writes the ranked rows with one of the statements of this folder.</summary>
    public void Write(string statement, string path, CancellationToken cancellation) =>
        _connection.Execute(statement, WorkerSql.Of(statement), cancellation, ("path", path));

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
