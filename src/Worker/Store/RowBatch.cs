using System.Data.Common;
using System.Reflection;

namespace LeadScoring.Worker.Store;

/// <summary>One statement for many rows in few round trips, for a database on the other side of a network.</summary>
static class RowBatch
{
    /// <summary>Rows a round trip; beyond some hundreds the statements themselves take the time.</summary>
    const int Rows = 500;

    /// <param name="rows">Each with one readable property a parameter, named as in the statement.</param>
    /// <returns>Rows that were changed.</returns>
    public static int Run<T>(DbConnection connection, DbTransaction transaction, string sql, IEnumerable<T> rows)
    {
        var changed = 0;
        foreach (var chunk in rows.Chunk(Rows))
        {
            using var batch = connection.CreateBatch();
            batch.Transaction = transaction;
            foreach (var row in chunk)
                batch.BatchCommands.Add(Command(batch.CreateBatchCommand(), sql, row!));
            changed += batch.ExecuteNonQuery();
        }
        return changed;
    }

    static DbBatchCommand Command(DbBatchCommand command, string sql, object row)
    {
        command.CommandText = sql;
        foreach (var property in row.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = property.Name;
            parameter.DbType = DbTypeOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            parameter.Value = property.GetValue(row) ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Said for nulls, whose type the server cannot know.</summary>
    static System.Data.DbType DbTypeOf(Type type) =>
        type == typeof(string) ? System.Data.DbType.String
        : type == typeof(int) ? System.Data.DbType.Int32
        : type == typeof(double) ? System.Data.DbType.Double
        : throw new InvalidOperationException($"the store keeps no {type.Name}");
}
