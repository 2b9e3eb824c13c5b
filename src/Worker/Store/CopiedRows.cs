using System.Data.Common;
using System.Reflection;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace LeadScoring.Worker.Store;

/// <summary>Many rows on their way into a PostgreSQL table: a binary COPY into a temporary one, and one statement from there.</summary>
/// <remarks>The temporary tables are the connection's own and go with the transaction.</remarks>
static class CopiedRows
{
    /// <param name="rows">Each with one property a column, in the order of <c>copy_TABLE.sql</c>.</param>
    /// <returns>Rows that were changed.</returns>
    public static int Put<T>(
        NpgsqlConnection connection,
        DbTransaction transaction,
        StoreDialect dialect,
        string table,
        IEnumerable<T> rows
    )
    {
        Stage(connection, transaction, dialect, table, rows);
        return connection.Execute(dialect.Sql($"merge_{table}"), transaction: transaction);
    }

    /// <summary>Only the first half: the rows stand in <c>staged_TABLE</c> until the transaction ends.</summary>
    public static void Stage<T>(
        NpgsqlConnection connection,
        DbTransaction transaction,
        StoreDialect dialect,
        string table,
        IEnumerable<T> rows
    )
    {
        connection.Execute(dialect.Sql($"stage_{table}"), transaction: transaction);
        using var importer = connection.BeginBinaryImport(WithoutHeader(dialect.Sql($"copy_{table}")));
        PropertyInfo[]? columns = null;
        foreach (var row in rows)
        {
            columns ??= row!.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public);
            importer.StartRow();
            foreach (var column in columns)
                Write(importer, column.GetValue(row));
        }
        importer.Complete();
    }

    /// <summary>The driver looks for the word COPY at the very beginning.</summary>
    static string WithoutHeader(string sql) =>
        string.Join('\n', sql.Split('\n').SkipWhile(line => line.StartsWith("--", StringComparison.Ordinal)));

    static void Write(NpgsqlBinaryImporter importer, object? value)
    {
        switch (value)
        {
            case null:
                importer.WriteNull();
                break;
            case string text:
                importer.Write(text, NpgsqlDbType.Text);
                break;
            case int number:
                importer.Write(number, NpgsqlDbType.Integer);
                break;
            case double number:
                importer.Write(number, NpgsqlDbType.Double);
                break;
            default:
                throw new InvalidOperationException($"the store keeps no {value.GetType().Name}");
        }
    }
}
