using System.Globalization;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Steps;
using LeadScoring.Worker.Tests.Store;

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

/// <summary>A region lived through day by day: a night each morning, dispatches around the clock, an objection now and then.</summary>
sealed class SimulatedDays : IDisposable
{
    public const int Contacts = 90;
    public const int Absent = 2581;
    public const int Small = 2506;

    /// <summary>Tight enough that every rule has something to forbid.</summary>
    const string Policy = """
        {
          "relistDays": 7, "weeklyCapacity": 2, "weeklyFloor": 0,
          "shares": { "holdOut": 0.1, "exploration": 0.2 },
          "cadence": {
            "interest": [{ "days": 0, "kind": "email" }, { "days": 1, "kind": "question" }, { "days": 4, "kind": "email" }],
            "desire": [{ "days": 0, "kind": "question" }, { "days": 2, "kind": "invitation" }],
            "action": [{ "days": 0, "kind": "email" }]
          },
          "caps": { "contact": { "per24h": 1, "per7d": 2, "per30d": 4 }, "household": { "per24h": 1, "per7d": 3, "per30d": 5 } },
          "quietHours": { "from": "21:00", "to": "02:30" }, "holidays": { "weekends": false },
          "weeklyLimits": { "email": 6, "question": 4, "invitation": 2, "call": 40 }
        }
        """;

    readonly DispatchHome _home;
    readonly RandomNights _nights = new(seed: 7, Contacts);
    readonly DispatchFollowUps _dispatch;
    readonly DateOnly _first;

    /// <param name="first">A day on which no hour is left out or comes twice.</param>
    public SimulatedDays(DateOnly first)
    {
        _first = first;
        string[] ids = [.. RandomNights.Ids(Contacts).Select(id => id.Value)];
        _home = new DispatchHome(StoreKind.Sqlite, ids);
        _home.Put(
            "crm_contacts",
            "households.csv",
            "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year,Lead source\n"
                + string.Concat(
                    ids.Select((c, i) => $"{c},2026-01-01 08:00,2026-01-02 08:00,,DE,de,h{i / 2},2,1980,Fair\n")
                )
        );
        _home.Ingest();
        File.WriteAllText(_home.File("policies", "default.json"), Policy);
        File.WriteAllText(
            _home.File("policies", "small.json"),
            $$"""{ "municipality": {{Small}}, "weeklyCapacity": 1, "weeklyFloor": 1 }"""
        );
        File.WriteAllText(
            _home.File("policies", "absent.json"),
            $$"""{ "municipality": {{Absent}}, "absence": [{ "from": "{{AbsentFrom:yyyy-MM-dd}}", "to": "{{AbsentTo:yyyy-MM-dd}}", "capacity": 0 }] }"""
        );
        _dispatch = new DispatchFollowUps(new Home(_home.Path), _home.Time, TimeSpan.FromDays(21));
    }

    /// <summary>The second whole week: all officers of one municipality are away.</summary>
    public DateOnly AbsentFrom => _first.AddDays(((8 - (int)_first.DayOfWeek) % 7) + 7);

    public DateOnly AbsentTo => AbsentFrom.AddDays(6);

    /// <summary>The home's, by which the night and the dispatches draw who is held out.</summary>
    public int Seed => HomeSettings.Load(_home.Path).Seed;

    public PolicySet Policies => ReadPolicies.Run(new Home(_home.Path));

    public DateTime Now => _home.Time.Now.UtcDateTime;

    public IReadOnlyList<string> Messages => [.. _home.Outbox.Select(message => message.MessageId!)];

    /// <summary>Contacts that have objected, with the instant.</summary>
    public Dictionary<string, DateTime> Objections { get; } = new(StringComparer.Ordinal);

    /// <summary>Places whose contact was held out when they were given.</summary>
    public List<ListPlace> HeldOutPlaces { get; } = [];

    public void Live(int days)
    {
        for (var night = 0; night < days; night++)
        {
            var day = _first.AddDays(night);
            Night(day, night);
            // From half past midnight UTC on: in autumn half past two in Stockholm, which comes twice.
            foreach (var hour in (int[])[0, 1, 2, 5, 7, 10, 14, 17, 18, 19, 20, 22])
            {
                _home.Time.Now = new(day.ToDateTime(new TimeOnly(hour, 30), DateTimeKind.Utc));
                if (hour == 10 && night % 4 == 1)
                    Object(night);
                foreach (var municipality in new Sendings(_home.Store).MunicipalitiesDue(Now))
                    _dispatch.Run(municipality, CancellationToken.None);
            }
        }
    }

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

    public List<(string Week, int Municipality, DateOnly Entered)> Places() =>
        Rows(
            "select iso_week, municipality, entered_on from list_places",
            row => (row.GetString(0), row.GetInt32(1), DateOnly.Parse(row.GetString(2), CultureInfo.InvariantCulture))
        );

    /// <summary>Calls that were planned, as messages that were not sent.</summary>
    public List<LoggedMessage> Calls() =>
        Rows(
            "select contact, municipality, stage from follow_ups where kind = 'call'",
            row => new LoggedMessage(row.GetString(0), null, row.GetInt32(1), "call", row.GetString(2), default)
        );

    /// <summary>What was due and has neither ended nor a reason and a later time to wait for.</summary>
    public List<string> Overlooked()
    {
        var now = Now.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return Rows(
            $"select key, coalesce(why, '') from follow_ups where state = 'sending' or (state = 'planned' and due_at <= '{now}' and (why is null or coalesce(look_at, '') <= '{now}'))",
            row => $"{row.GetString(0)} {row.GetString(1)}"
        );
    }

    public Dictionary<string, long> States() =>
        Rows("select state, count(*) from follow_ups group by state", row => (row.GetString(0), row.GetInt64(1)))
            .ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);

    public void Dispose() => _home.Dispose();

    void Night(DateOnly day, int night)
    {
        _home.Time.Now = new(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var (facts, scores) = _nights.Next(day);
        var policies = Policies;
        AdvanceContacts.Run(
            _home.Store,
            facts,
            scores,
            RandomNights.BaseRate,
            policies,
            Seed,
            new Watermark(day, night + 1, "m", policies.Hash)
        );
        var positions = _home.Store.Positions();
        HeldOutPlaces.AddRange(
            _home
                .Store.ListPlaces(IsoWeek.Of(day).ToString())
                .Where(place => place.EnteredOn == day)
                .Where(place =>
                    Draw.IsHeldOut(
                        place.Contact,
                        positions[place.Contact].Stage,
                        policies.For(place.Municipality),
                        Seed
                    )
                )
        );
    }

    void Object(int night)
    {
        var contact = RandomNights.Ids(Contacts).ElementAt(night * 7 % Contacts).Value;
        _home.Say($"{contact},objection,true,{Now:yyyy-MM-dd'T'HH:mm:ss}Z");
        Objections.TryAdd(contact, Now);
    }

    List<T> Rows<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        using var connection = StoreDialect.Of(_home.Path, patienceSeconds: 30).Connect();
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
