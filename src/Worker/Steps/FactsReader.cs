using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Steps.Packed;

namespace LeadScoring.Worker.Steps;

/// <summary>Contacts of a bucket that agree to a purpose.</summary>
sealed record Agreed(IReadOnlySet<string> Profiling, IReadOnlySet<string> Sharing);

/// <summary>Collects facts from one part of a bucket after the other.</summary>
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
            Contacts = _contacts,
        };

    /// <param name="parts">How many there are in all: the first says about how many contacts are to be expected.</param>
    internal void Read(Connection connection, Agreed agreed, int parts, CancellationToken cancellation)
    {
        var isFirst = _standings.Count == 0;
        ReadStandings(connection, agreed, cancellation);
        if (isFirst)
            _contacts.Expect(checked(_standings.Count * (parts + 1)));
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
