using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Reads a Parquet file through the engine, every value as text, so that the same strict typing applies.</summary>
/// <remarks>Columns that are already dates, times or truths in the file are read as such, whatever text format the
/// source declares. A row's text, for the rejects, is a JSON object of the declared columns.</remarks>
sealed class ParquetReader : IRecordReader
{
    readonly Database _database;
    readonly Connection _connection;
    readonly QueryResult _rows;
    readonly long _count;
    Chunk? _chunk;
    int _row;

    public ParquetReader(string path, IReadOnlyList<SourceColumn> columns, string packing)
    {
        Format = packing + "parquet";
        _database = Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        _connection = _database.Connect();
        try
        {
            _connection.Execute("time zone", "set TimeZone = 'UTC'");
            var file = $"read_parquet({Sql.File(path)}, binary_as_string = true)";
            var found = TypesIn(file);
            var names = found.Select(column => column.Name).ToArray();
            var header = HeaderMatch.Of(names, columns);
            Warnings = header.Warnings;
            Columns = [.. columns.Select((column, at) => AsStored(column, header.Positions[at], found))];
            var fields = columns.Select((column, at) => AsText(column, header.Positions[at], found));
            _count = _connection.Scalar<long>("parquet count", $"select count(*) from {file}");
            _rows = _connection.Query("parquet rows", $"select {string.Join(", ", fields)} from {file}");
        }
        catch (DuckDbException error)
        {
            Dispose();
            throw new IngestionException(
                "the file starts like Parquet but cannot be read as such. Copy or export it again.",
                error
            );
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Format { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public IReadOnlyList<string> Warnings { get; }

    public long Line { get; private set; }

    public double Share => (double)Line / Math.Max(1, _count);

    public string? Problem => null;

    public string Text => RecordText.Json(this);

    public ReadOnlySpan<byte> Field(int column) =>
        _chunk is null || _chunk.IsNull(column, _row) ? [] : _chunk.TextBytes(column, _row);

    public bool Next()
    {
        try
        {
            while (_chunk is null || ++_row == _chunk.Count)
            {
                _chunk = _rows.Next();
                _row = -1;
                if (_chunk is null)
                    return false;
            }
        }
        catch (DuckDbException error)
        {
            throw new IngestionException($"the file is damaged behind row {Line}. Copy or export it again.", error);
        }
        Line++;
        return true;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    IReadOnlyList<Column> TypesIn(string file)
    {
        using var empty = _connection.Query("parquet columns", $"select * from {file} limit 0");
        return empty.Columns;
    }

    static SourceColumn AsStored(SourceColumn column, int position, IReadOnlyList<Column> found) =>
        position >= 0
        && (IsTimestamp(found[position].Type.Id) || found[position].Type.Id is TypeId.TimestampTz or TypeId.Date)
            ? column with
            {
                Format = null,
                Epoch = 0,
            }
            : column with
            {
                DecimalComma = false,
            };

    static bool IsTimestamp(TypeId type) =>
        type
            is TypeId.Timestamp
                or TypeId.TimestampSeconds
                or TypeId.TimestampMilliseconds
                or TypeId.TimestampNanoseconds;

    /// <remarks>
    /// A column's type may differ from one export to the next, where a value does not: a whole number among decimals is
    /// itself, so that it identifies the same row, and a midnight is its day.
    /// </remarks>
    static string AsText(SourceColumn column, int position, IReadOnlyList<Column> found)
    {
        if (position < 0)
            return "null::varchar";
        var name = Sql.Name(found[position].Name);
        return found[position].Type.Id switch
        {
            TypeId.Date when column.Kind == ColumnKind.Timestamp => $"{name}::timestamp::varchar",
            var type when IsTimestamp(type) && column.Kind == ColumnKind.Date =>
                $"case when {name} = date_trunc('day', {name}) then {name}::date::varchar else {name}::varchar end",
            TypeId.Float or TypeId.Double or TypeId.Decimal when column.Kind is ColumnKind.Integer or ColumnKind.Text =>
                $"case when {name} = trunc({name}) and abs({name}) < 9e15 then {name}::bigint::varchar else {name}::varchar end",
            TypeId.List or TypeId.Struct => $"to_json({name})::varchar",
            _ => $"{name}::varchar",
        };
    }
}
