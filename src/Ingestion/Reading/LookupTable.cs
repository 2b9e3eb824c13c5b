using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Loads a lookup file as a table of text columns, named as in its header.</summary>
static class LookupTable
{
    public static void Load(
        Connection connection,
        Lookup lookup,
        string folder,
        string scratch,
        CancellationToken cancellation
    )
    {
        var path = Path.Combine(folder, lookup.File);
        if (!File.Exists(path))
            throw new IngestionException(
                $"lookup file {lookup.File} is not in {folder}. Put it beside the source's .sql file."
            );
        var (plain, packing) = InputFile.Unpack(path, scratch, cancellation);
        var text = InputFile.OpenText(plain, packing, scratch, cancellation);
        var names = CsvLayout.Sniff(text, []).Names;
        var columns = Array.ConvertAll(names, name => new SourceColumn(name.Trim(), ColumnKind.Text, Presence.Present));
        using var reader = new CsvReader(text, columns);
        var typed = columns.Select(column => $"{Sql.Name(column.Name)} varchar");
        connection.Execute(
            $"lookup {lookup.Table}",
            $"create table {Sql.Name(lookup.Table)} ({string.Join(", ", typed)})"
        );
        using var appender = connection.Appender(lookup.Table);
        var typer = new RowTyper(reader.Columns);
        while (reader.Next())
        {
            if (typer.Type(reader) is { } reason)
                throw new IngestionException($"lookup file {lookup.File} line {reader.Line}: {reason}.");
            for (var column = 0; column < columns.Length; column++)
                _ = typer.IsNull(column) ? appender.AppendNull() : appender.Append(reader.Field(column));
            appender.EndRow();
        }
    }
}
