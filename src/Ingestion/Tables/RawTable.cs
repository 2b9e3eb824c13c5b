namespace LeadScoring.Ingestion.Tables;

/// <summary>Columns of a CSV or Parquet file as text, rows in the file's order.</summary>
sealed class RawTable
{
    readonly List<RawColumn> _columns;
    readonly TableFile _file;

    RawTable(TableFile file)
    {
        _file = file;
        _columns = [.. file.Columns.Select(name => new RawColumn(name))];
    }

    public int RowCount { get; private set; }

    /// <exception cref="IngestionException">There is no such file, it cannot be read as a table, or it has no rows.</exception>
    public static RawTable Read(string path, CancellationToken cancellation)
    {
        using var file = TableFile.Open(path, cancellation);
        var table = new RawTable(file);
        table.RowCount = file.ReadAll([.. table._columns.Select((column, c) => new SinkOf(c, column))], cancellation);
        return table;
    }

    /// <summary>The column of this name.</summary>
    /// <param name="part">What it is asked for, for the error.</param>
    /// <exception cref="IngestionException">There is none; the nearest name is suggested.</exception>
    public RawColumn Column(string name, string part) => _columns[_file.Place(name, part)];
}
