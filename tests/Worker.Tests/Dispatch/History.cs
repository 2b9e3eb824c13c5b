using System.Data.Common;
using System.Globalization;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>A message as the store's log has it.</summary>
sealed record LoggedMessage(
    string Contact,
    string? Household,
    int Municipality,
    string Kind,
    string Stage,
    DateTime At
);

/// <summary>A place on a week's list as the store has it.</summary>
sealed record LoggedPlace(string Week, int Municipality, string Contact, DateOnly Entered, bool IsExplored);

/// <summary>What a home's store says happened, read in the plainest way.</summary>
sealed class History(string home)
{
    public List<LoggedMessage> Sent() =>
        Rows(
            "select contact, household, municipality, kind, stage, reserved_at from sendings order by key",
            row => new LoggedMessage(
                row.GetString(0),
                row.IsDBNull(1) ? null : row.GetString(1),
                row.GetInt32(2),
                row.GetString(3),
                row.GetString(4),
                DateTime.Parse(row.GetString(5), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            )
        );

    public List<LoggedPlace> Places() =>
        Rows(
            "select iso_week, municipality, contact, entered_on, part from list_places",
            row => new LoggedPlace(
                row.GetString(0),
                row.GetInt32(1),
                row.GetString(2),
                DateOnly.Parse(row.GetString(3), CultureInfo.InvariantCulture),
                row.GetString(4) is "explored"
            )
        );

    /// <summary>Calls that were planned, as messages that were not sent.</summary>
    public List<LoggedMessage> Calls() =>
        Rows(
            "select contact, municipality, stage from follow_ups where kind = 'call'",
            row => new LoggedMessage(row.GetString(0), null, row.GetInt32(1), "call", row.GetString(2), default)
        );

    /// <summary>What was due at an instant (UTC) and has neither ended nor a reason and a later time to wait for.</summary>
    public List<string> Overlooked(DateTime at)
    {
        var now = at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return Rows(
            $"select key, coalesce(why, '') from follow_ups where state = 'sending' or (state = 'planned' and due_at <= '{now}' and (why is null or coalesce(look_at, '') <= '{now}'))",
            row => $"{row.GetString(0)} {row.GetString(1)}"
        );
    }

    public Dictionary<string, long> States() =>
        Rows(
                "select state || coalesce(' ' || why, ''), count(*) from follow_ups group by 1 order by 1",
                row => (row.GetString(0), row.GetInt64(1))
            )
            .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);

    List<T> Rows<T>(string sql, Func<DbDataReader, T> read)
    {
        using var connection = StoreDialect.Of(home, patienceSeconds: 30).Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own text
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }
}
