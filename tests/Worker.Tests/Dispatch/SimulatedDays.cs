using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Dispatch;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Mail;

namespace LeadScoring.Worker.Tests.Dispatch;

/// <summary>How much a region may do in a week; by municipality, or by kind of message.</summary>
/// <param name="Capacity">Places on a list, but for the small and the large municipality.</param>
/// <param name="Small">Places of the small one, and its floor.</param>
/// <param name="SmallLift">The least lift for a place on the small one's list.</param>
/// <param name="Large">Places of the large one: enough for everybody, so that by gains alone all would rather go there.</param>
sealed record RegionLimits(
    int Capacity,
    int Small,
    double SmallLift,
    int Large,
    int Email,
    int Question,
    int Invitation
)
{
    public int PlacesOf(int municipality) =>
        municipality switch
        {
            SimulatedDays.Small => Small,
            SimulatedDays.Large => Large,
            _ => Capacity,
        };

    public int MessagesOf(string kind) =>
        kind switch
        {
            "email" => Email,
            "question" => Question,
            "invitation" => Invitation,
            _ => throw new InvalidOperationException($"{kind} is no message"),
        };
}

/// <summary>A region lived through day by day: a night each morning, dispatches around the clock, withdrawals now and then.</summary>
/// <param name="first">A Monday on which no hour is left out or comes twice.</param>
abstract class SimulatedDays(DateOnly first, RegionLimits limits) : IDisposable
{
    public const int Absent = 2581;
    public const int Small = 2506;
    public const int Large = 2580;
    public const double HoldOut = 0.1;
    public const double Exploration = 0.2;

    DispatchFollowUps? _dispatch;

    public RegionLimits Limits { get; } = limits;

    /// <summary>Whom the region may know.</summary>
    public abstract IReadOnlyList<ContactId> Contacts { get; }

    public abstract string Path { get; }

    protected abstract LeadStore Store { get; }

    protected SettableTime Time { get; } = new(new(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    /// <summary>The second week: all officers of one municipality are away.</summary>
    public DateOnly AbsentFrom => first.AddDays(7);

    /// <summary>The third week: all officers of the region are away.</summary>
    public DateOnly ZeroFrom => first.AddDays(14);

    /// <summary>The home's, by which the night and the dispatches draw who is held out.</summary>
    public int Seed => HomeSettings.Load(Path).Seed;

    public PolicySet Policies => ReadPolicies.Run(new Home(Path));

    public DateTime Now => Time.Now.UtcDateTime;

    public History History => new(Path);

    /// <summary>Contacts that nothing may be sent to, with the instant from which the lake knows.</summary>
    public Dictionary<string, DateTime> Objections { get; } = new(StringComparer.Ordinal);

    /// <summary>Contacts that no municipality may see, with the instant from which the lake knows.</summary>
    public Dictionary<string, DateTime> Unshared { get; } = new(StringComparer.Ordinal);

    /// <summary>Places whose contact was held out when they were given.</summary>
    public List<ListPlace> HeldOutPlaces { get; } = [];

    /// <summary>By week, how many the small municipality would have got on the first night of it, had it no floor.</summary>
    public Dictionary<string, int> SmallByGains { get; } = new(StringComparer.Ordinal);

    public void Live(int days)
    {
        _dispatch = new DispatchFollowUps(new Home(Path), Time, TimeSpan.FromDays(21));
        for (var night = 0; night < days; night++)
        {
            var day = first.AddDays(night);
            Time.Now = new(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
            var (facts, scores, baseRate) = Night(day, night);
            LookAtPlaces(day, facts, scores, baseRate);
            // From half past midnight UTC on: in autumn half past two in Stockholm, which comes twice.
            foreach (var hour in (int[])[0, 1, 2, 5, 7, 10, 14, 17, 18, 19, 20, 22])
            {
                Time.Now = new(day.ToDateTime(new TimeOnly(hour, 30), DateTimeKind.Utc));
                if (hour == 10 && night % 4 == 1)
                    Withdraw(night);
                foreach (var municipality in new Sendings(Store).MunicipalitiesDue(Now))
                    _dispatch.Run(municipality, CancellationToken.None);
            }
        }
    }

    public abstract void Dispose();

    /// <summary>One night of the funnel, with what it rested on.</summary>
    protected abstract (NightFacts Facts, ScoreRun Scores, double BaseRate) Night(DateOnly day, int night);

    /// <summary>Lets some take back what they agreed to, now.</summary>
    protected abstract void Withdraw(int night);

    /// <summary>Tight enough that every rule has something to forbid.</summary>
    protected void WritePolicies()
    {
        WritePolicies(Path, Limits.Small);
        WritePolicies(WithoutFloor, floor: 0);
    }

    /// <summary>A home that has the same policies but for the small municipality's floor.</summary>
    string WithoutFloor => System.IO.Path.Combine(Path, "without-floor");

    void WritePolicies(string home, int floor)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(home, "policies")).FullName;
        var zero =
            $$"""{ "from": "{{ZeroFrom:yyyy-MM-dd}}", "to": "{{ZeroFrom.AddDays(6):yyyy-MM-dd}}", "capacity": 0 }""";
        Write(
            "default",
            $$"""
            {
              "relistDays": 7, "weeklyCapacity": {{Limits.Capacity}}, "weeklyFloor": 0,
              "shares": { "holdOut": 0.1, "exploration": 0.2 },
              "cadence": {
                "interest": [{ "days": 0, "kind": "email" }, { "days": 1, "kind": "question" }, { "days": 4, "kind": "email" }],
                "desire": [{ "days": 0, "kind": "question" }, { "days": 2, "kind": "invitation" }],
                "action": [{ "days": 0, "kind": "email" }]
              },
              "caps": { "contact": { "per24h": 1, "per7d": 2, "per30d": 4 }, "household": { "per24h": 1, "per7d": 3, "per30d": 5 } },
              "quietHours": { "from": "21:00", "to": "02:30" }, "holidays": { "weekends": false },
              "weeklyLimits": { "email": {{Limits.Email}}, "question": {{Limits.Question}}, "invitation": {{Limits.Invitation}}, "call": 40 },
              "absence": [{{zero}}]
            }
            """
        );
        Write(
            "small",
            $$"""{ "municipality": {{Small}}, "weeklyCapacity": {{Limits.Small}}, "weeklyFloor": {{floor}}, "likelihood": { "list": {{Limits.SmallLift}} } }"""
        );
        Write("large", $$"""{ "municipality": {{Large}}, "weeklyCapacity": {{Limits.Large}} }""");
        Write(
            "absent",
            $$"""{ "municipality": {{Absent}}, "absence": [{ "from": "{{AbsentFrom:yyyy-MM-dd}}", "to": "{{AbsentFrom.AddDays(6):yyyy-MM-dd}}", "capacity": 0 }, {{zero}}] }"""
        );

        void Write(string name, string policy) =>
            File.WriteAllText(System.IO.Path.Combine(folder, $"{name}.json"), policy);
    }

    void LookAtPlaces(DateOnly day, NightFacts facts, ScoreRun scores, double baseRate)
    {
        var (positions, policies, week) = (Store.Positions(), Policies, IsoWeek.Of(day).ToString());
        HeldOutPlaces.AddRange(
            Store
                .ListPlaces(week)
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
        if (day.DayOfWeek == DayOfWeek.Monday)
            SmallByGains[week] = GivePlaces
                .Plan(
                    scores.Likelihoods(baseRate),
                    positions.GetValueOrDefault,
                    facts,
                    MatchContacts.Prior(facts),
                    given: [],
                    Store.LastPlaces(week),
                    ReadPolicies.Run(new Home(WithoutFloor)),
                    Seed,
                    day
                )
                .Lists.Single(list => list.Municipality == Small)
                .Leads.Count;
    }
}
