using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Machines;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;

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

    /// <summary>The numbers by which the facts hold contacts, for what else is held of them: ids of millions are to lie in memory once.</summary>
    internal ContactNumbers Contacts { get; init; } = new();

    /// <summary>What a contact has shown about where it would go.</summary>
    public ContactEvidence Shown(ContactId contact) =>
        new(Evidence.GetValueOrDefault(contact, []), Drivers.GetValueOrDefault(contact, []));

    /// <summary>Contacts known that may not be scored.</summary>
    public int WithoutConsent => Standings.Values.Count(standing => !standing.MayScore);

    /// <summary>Of as many traces, groups and windows fit into what the engine is given.</summary>
    const int TracesAtOnce = 500_000;

    /// <summary>A part's groups and windows need little; what needs more is spilled.</summary>
    static readonly Dictionary<string, string> EngineSettings = new(StringComparer.Ordinal)
    {
        ["memory_limit"] = "256MiB",
        ["threads"] = "2",
        ["temp_directory"] = Path.Combine(Path.GetTempPath(), "leads-duckdb"),
    };

    /// <summary>Reads the facts part by part of each bucket, and keeps them packed.</summary>
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
    ) => Read(lake, settings, clicks, until, seen, new ContactNumbers(), cancellation);

    /// <inheritdoc cref="Read(Lake, HomeSettings, ClickRule, DateTime, ValueTuple{int, DateTime}?, CancellationToken)"/>
    /// <param name="contacts">Numbers that some contacts have already, as those that are scored.</param>
    /// <param name="tracesAtOnce">Traces of a part, about.</param>
    internal static NightFacts Read(
        Lake lake,
        HomeSettings settings,
        ClickRule clicks,
        DateTime until,
        (int Generation, DateTime Until)? seen,
        ContactNumbers contacts,
        CancellationToken cancellation,
        int tracesAtOnce = TracesAtOnce
    )
    {
        var facts = Reader(lake, settings, clicks, until, seen, contacts);
        var buckets = Enumerable.Range(0, lake.Buckets);
        return Read(
            facts,
            lake,
            buckets,
            (connection, bucket) => BucketParts.Of(connection, lake, bucket, tracesAtOnce),
            until,
            cancellation
        );
    }

    /// <summary>The facts of one contact; nothing is read of others but whether they agree.</summary>
    /// <param name="leaning">How all contacts lean, which one cannot tell.</param>
    /// <inheritdoc cref="Read(Lake, HomeSettings, ClickRule, DateTime, ValueTuple{int, DateTime}?, CancellationToken)"/>
    internal static NightFacts ReadOne(
        Lake lake,
        HomeSettings settings,
        ClickRule clicks,
        DateTime until,
        ContactId contact,
        RegionalPrior leaning,
        CancellationToken cancellation
    )
    {
        var facts = Reader(lake, settings, clicks, until, seen: null, new ContactNumbers());
        int[] bucket = [lake.BucketOf(contact.Value)];
        return Read(facts, lake, bucket, (_, _) => [BucketPart.Of(contact.Value)], until, cancellation) with
        {
            Leaning = leaning,
        };
    }

    static FactsReader Reader(
        Lake lake,
        HomeSettings settings,
        ClickRule clicks,
        DateTime until,
        (int Generation, DateTime Until)? seen,
        ContactNumbers contacts
    )
    {
        var vocabulary = SignalVocabulary.With(settings.Signals, settings.Label.Positive, settings.Label.Negative);
        return new(contacts, vocabulary, lake.Dictionary, clicks, until, seen);
    }

    static NightFacts Read(
        FactsReader facts,
        Lake lake,
        IEnumerable<int> buckets,
        Func<Connection, int, IReadOnlyList<BucketPart>> partsOf,
        DateTime until,
        CancellationToken cancellation
    )
    {
        using var database = Database.Open(settings: EngineSettings);
        using var connection = database.Connect();
        foreach (var bucket in buckets)
        {
            var agreed = new Agreed(
                Consents.Granted(lake, bucket, Purpose.Profiling, until, cancellation),
                Consents.Granted(lake, bucket, Purpose.Sharing, until, cancellation)
            );
            var parts = partsOf(connection, bucket);
            foreach (var part in parts)
            {
                LakeViews.Create(connection, lake, bucket, part);
                facts.Read(connection, agreed, lake.Buckets * parts.Count, cancellation);
            }
        }
        return facts.All();
    }
}
