using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tables;

/// <summary>A Parquet file under the engine: its columns, and queries for some of them.</summary>
sealed class ParquetFile : IDisposable
{
    const TypeId TimestampSeconds = (TypeId)20;
    const TypeId TimestampNanoseconds = (TypeId)22;

    readonly Database _database;
    readonly Connection _connection;
    readonly string _path;

    ParquetFile(string path, Database database, Connection connection) =>
        (_path, _database, _connection) = (path, database, connection);

    public IReadOnlyList<Column> Columns { get; private set; } = [];

    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="IngestionException">The engine cannot read it.</exception>
    public static ParquetFile Open(string file, string path)
    {
        // one thread, so that rows come in the file's order without being held back
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" };
        var database = Database.Open(":memory:", settings);
        var parquet = new ParquetFile(path, database, database.Connect());
        try
        {
            parquet._connection.Execute("time zone", "set TimeZone = 'UTC'");
            using var empty = parquet.Select("*", CancellationToken.None);
            parquet.Columns = empty.Columns;
            return parquet;
        }
        catch (DuckDbException error)
        {
            parquet.Dispose();
            throw Unreadable(file, error);
        }
    }

    /// <summary>The columns that sinks take, in their order.</summary>
    public QueryResult Rows(IReadOnlyList<SinkOf> sinks, CancellationToken cancellation)
    {
        // at least one column, so that there are rows to count
        var fields = sinks.Count > 0 ? sinks.Select(Field) : ["true"];
        return Select(string.Join(", ", fields), cancellation);
    }

    public static IngestionException Unreadable(string file, DuckDbException error) =>
        new($"{file} cannot be read as Parquet: {error.Message}", error);

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    QueryResult Select(string fields, CancellationToken cancellation)
    {
        var sql = EmbeddedSql.Read("Tables.Parquet.sql").Replace("columns(*)", fields, StringComparison.Ordinal);
        return _connection.Query("Parquet", sql, cancellation, ("file", Sql.Pattern(_path)));
    }

    string Field(SinkOf sink)
    {
        var column = Columns[sink.Column];
        var name = Sql.Name(column.Name);
        return column.Type.Id switch
        {
            _ when sink.Sink.WantsText => $"{name}::varchar",
            >= TypeId.Boolean and <= TypeId.Date => name,
            TypeId.TimestampTz => name,
            >= TimestampSeconds and <= TimestampNanoseconds => $"{name}::timestamp",
            _ => $"{name}::varchar",
        };
    }
}
