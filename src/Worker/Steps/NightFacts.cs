using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Steps.Packed;

namespace LeadScoring.Worker.Steps;

/// <summary>What may be done with a contact as of the run.</summary>
/// <param name="MayScore">Consents to profiling and has not objected.</param>
/// <param name="MayShare">Consents to being shown to a municipality and has not objected.</param>
/// <param name="Household">Opaque key, null when unknown.</param>
/// <param name="DeclinedBy">Municipalities that handed the contact back.</param>
/// <param name="MissedAt">When a municipality last reported that it did not reach the contact (UTC), null when none did.</param>
public sealed record Standing(
    bool MayScore,
    bool MayShare,
    string? Household,
    IReadOnlyList<int> DeclinedBy,
    DateTime? MissedAt
);

/// <summary>What the lake knew of every contact before an instant, as far as funnel and lists need it.</summary>
/// <param name="Standings">Every contact ever heard of.</param>
/// <param name="Evidence">Contacts that have shown something for a municipality.</param>
/// <param name="Signals">Contacts of whom something became known since the last run.</param>
public sealed record NightFacts(
    IReadOnlyDictionary<ContactId, Standing> Standings,
    IReadOnlyDictionary<ContactId, IReadOnlyList<MunicipalityEvidence>> Evidence,
    IReadOnlyDictionary<ContactId, IReadOnlyList<Signal>> Signals
)
{
    /// <summary>Contacts whose traces reach back far enough for a yearly rhythm, with the days of these traces.</summary>
    public IReadOnlyDictionary<ContactId, Seasons> Seasons { get; init; } = new Dictionary<ContactId, Seasons>();

    /// <summary>Contacts who declared reasons for moving, with these; the latest first.</summary>
    public IReadOnlyDictionary<ContactId, IReadOnlyList<string>> Drivers { get; init; } =
        new Dictionary<ContactId, IReadOnlyList<string>>();

    /// <summary>How all contacts lean, when these are the facts of a few; null when it comes out of the facts.</summary>
    public RegionalPrior? Leaning { get; init; }

    /// <summary>The same id, in the memory in which the facts hold it: ids of millions are to lie there once.</summary>
    internal Func<ContactId, ContactId> Shared { get; init; } = contact => contact;

    /// <summary>What a contact has shown about where it would go.</summary>
    public ContactEvidence Shown(ContactId contact) =>
        new(Evidence.GetValueOrDefault(contact, []), Drivers.GetValueOrDefault(contact, []));

    /// <summary>Contacts known that may not be scored.</summary>
    public int WithoutConsent => Standings.Values.Count(standing => !standing.MayScore);

    /// <summary>A bucket's groups and windows need little; what needs more is spilled.</summary>
    static readonly Dictionary<string, string> EngineSettings = new(StringComparer.Ordinal)
    {
        ["memory_limit"] = "256MiB",
        ["threads"] = "2",
        ["temp_directory"] = Path.Combine(Path.GetTempPath(), "leads-duckdb"),
    };

    /// <summary>Reads the facts bucket by bucket, and keeps them packed.</summary>
    /// <param name="clicks">Which clicks are a machine's by their time; they count for nothing.</param>
    /// <param name="until">As-of instant (UTC): nothing of it or after it, and nothing that became known then.</param>
    /// <param name="seen">What an earlier run has seen: signals of it are left out. Null reads all.</param>
    public static NightFacts Read(
        Lake lake,
        HomeSettings settings,
        ClickRule clicks,
        DateTime until,
        (int Generation, DateTime Until)? seen,
        CancellationToken cancellation
    )
    {
        var vocabulary = SignalVocabulary.With(settings.Signals, settings.Label.Positive, settings.Label.Negative);
        var facts = new FactsReader(new ContactNumbers(), vocabulary, lake.Dictionary, clicks, until, seen);
        using var database = Database.Open(settings: EngineSettings);
        using var connection = database.Connect();
        for (var bucket = 0; bucket < lake.Buckets; bucket++)
        {
            LakeViews.Create(connection, lake, bucket);
            var agreed = new Agreed(
                Consents.Granted(lake, bucket, Purpose.Profiling, until, cancellation),
                Consents.Granted(lake, bucket, Purpose.Sharing, until, cancellation)
            );
            facts.Read(connection, agreed, lake.Buckets, cancellation);
        }
        return facts.All();
    }
}

/// <summary>Contacts of a bucket that agree to a purpose.</summary>
sealed record Agreed(IReadOnlySet<string> Profiling, IReadOnlySet<string> Sharing);

/// <summary>Collects facts from one bucket after the other.</summary>
sealed class FactsReader(
    ContactNumbers contacts,
    SignalVocabulary vocabulary,
    LakeDictionary dictionary,
    ClickRule clicks,
    DateTime until,
    (int Generation, DateTime Until)? seen
)
{
    static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    readonly ContactNumbers _contacts = contacts;
    readonly PackedStandings _standings = new(contacts);
    readonly PackedEvidence _evidence = new(contacts);
    readonly PackedSignals _signals = new(contacts);
    readonly PackedSeasons _seasons = new(contacts);

    readonly Dictionary<ContactId, IReadOnlyList<string>> _drivers = [];

    internal NightFacts All() =>
        new(_standings, _evidence, _signals)
        {
            Seasons = _seasons,
            Drivers = _drivers,
            Shared = _contacts.Shared,
        };

    /// <param name="buckets">How many there are in all: the first says about how many contacts are to be expected.</param>
    internal void Read(Connection connection, Agreed agreed, int buckets, CancellationToken cancellation)
    {
        var isFirst = _contacts.Count == 0;
        ReadStandings(connection, agreed, cancellation);
        if (isFirst)
            _contacts.Expect(checked(_contacts.Count * (buckets + 1)));
        FindMachineClicks(connection, cancellation);
        ReadEvidence(connection, cancellation);
        ReadDrivers(connection, cancellation);
        ReadSignals(connection, cancellation);
        ReadDays(connection, cancellation);
    }

    void ReadDays(Connection connection, CancellationToken cancellation)
    {
        var silent = dictionary.Kinds.Where(kind => !vocabulary.ShowsLife(kind)).ToList();
        using var rows = connection.Query(
            "seasons.sql",
            WorkerSql.Of("Steps.seasons"),
            cancellation,
            ("until", until),
            ("since", until.AddYears(-Seasons.YearsBack - 2)),
            ("silent", Codes(silent))
        );
        var of = new Grouped<DateOnly>((contact, days) => _seasons.Put(contact, new(days)));
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                of.Add(chunk.Text(0, row)!, DateOnly.FromDayNumber(Epoch + chunk.Span<int>(1)[row]));
        }
        of.End();
    }

    void ReadStandings(Connection connection, Agreed agreed, CancellationToken cancellation)
    {
        using var rows = connection.Query(
            "standing.sql",
            WorkerSql.Of("Steps.standing"),
            cancellation,
            ("until", until)
        );
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                var contact = chunk.Text(0, row)!;
                var standing = new Standing(
                    agreed.Profiling.Contains(contact),
                    agreed.Sharing.Contains(contact),
                    chunk.Text(1, row),
                    chunk.Text(2, row) is { } codes ? [.. codes.Split(',').Select(int.Parse)] : [],
                    chunk.IsNull(3, row) ? null : Time.Instant(chunk.Span<long>(3)[row])
                );
                _standings.Put(new(contact), standing);
            }
        }
    }

    void FindMachineClicks(Connection connection, CancellationToken cancellation) =>
        connection.Execute(
            "machine_clicks.sql",
            WorkerSql.Of("Steps.machine_clicks"),
            cancellation,
            ("until", until),
            ("clicks", Codes(clicks.Window > 0 ? clicks.Kinds : [])),
            ("deliveries", Codes(clicks.Deliveries)),
            ("window", clicks.Window),
            ("burst", clicks.Burst)
        );

    void ReadEvidence(Connection connection, CancellationToken cancellation)
    {
        using var rows = connection.Query(
            "evidence.sql",
            WorkerSql.Of("Steps.evidence"),
            cancellation,
            ("until", until),
            ("recent", until.AddDays(-90)),
            ("asked", Codes(vocabulary.Inquiries)),
            ("answered", Codes(vocabulary.Answers))
        );
        var of = new Grouped<MunicipalityEvidence>(_evidence.Put);
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                var evidence = new MunicipalityEvidence(
                    chunk.Span<ushort>(1)[row],
                    chunk.Span<double>(2)[row],
                    chunk.Span<double>(3)[row],
                    chunk.Span<double>(4)[row],
                    chunk.Span<double>(5)[row],
                    chunk.Span<byte>(6)[row] != 0
                );
                of.Add(chunk.Text(0, row)!, evidence);
            }
        }
        of.End();
    }

    void ReadDrivers(Connection connection, CancellationToken cancellation)
    {
        using var rows = connection.Query(
            "drivers.sql",
            WorkerSql.Of("Steps.drivers"),
            cancellation,
            ("until", until),
            ("said", Codes([.. vocabulary.Inquiries, .. vocabulary.Answers]))
        );
        var of = new Grouped<string>((contact, drivers) => _drivers[contact] = drivers);
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
                of.Add(chunk.Text(0, row)!, dictionary.Themes[chunk.Span<ushort>(1)[row]]);
        }
        of.End();
    }

    void ReadSignals(Connection connection, CancellationToken cancellation)
    {
        using var rows = connection.Query(
            "signals.sql",
            WorkerSql.Of("Steps.signals"),
            cancellation,
            ("generation", seen?.Generation ?? -1),
            ("since", seen?.Until ?? DateTime.UnixEpoch),
            ("until", until)
        );
        var of = new Grouped<Signal>(_signals.Put);
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                if (Kind(chunk, row) is { } kind)
                {
                    var at = Time.Instant(chunk.Span<long>(1)[row]);
                    of.Add(chunk.Text(0, row)!, new(kind, at, chunk.Span<ushort>(4)[row], Automated: false));
                }
            }
        }
        of.End();
    }

    SignalKind? Kind(Chunk chunk, int row)
    {
        var word = chunk.Text(3, row)!;
        var value = chunk.IsNull(5, row) ? double.NaN : chunk.Span<float>(5)[row];
        return chunk.Text(2, row) switch
        {
            "trace" => vocabulary.OfTrace(
                dictionary.Kinds[int.Parse(word, System.Globalization.CultureInfo.InvariantCulture)],
                value
            ),
            "outcome" => vocabulary.OfOutcome(word),
            _ => SignalVocabulary.OfConsent(word, value > 0),
        };
    }

    /// <summary>Codes of these kinds as <c>3,5</c>; a code that no trace has when the lake knows none of them.</summary>
    string Codes(IReadOnlyList<string> kinds)
    {
        var codes = kinds.Select(kind => dictionary.KindCode(kind)).OfType<ushort>().ToList();
        return codes.Count == 0 ? "0" : string.Join(',', codes);
    }
}
