using System.Text.Json;

namespace LeadScoring.Ingestion;

/// <summary>What <c>leads.json</c> in a home says; every field has a default, so the file may be absent.</summary>
public sealed record HomeSettings
{
    /// <summary>What is to be foreseen.</summary>
    public LabelSettings Label { get; init; } = new();

    /// <summary>At which instants of the past training looks.</summary>
    public SnapshotSettings Snapshots { get; init; } = new();

    /// <summary>The zone of local days, months and as-of instants.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>Fewest contacts with a positive outcome that a model may be trained on.</summary>
    public int MinimumPositives { get; init; } = 20;

    /// <summary>Rows that training looks at, at most about: of more, those of a share of the contacts.</summary>
    public int MostTrainingRows { get; init; } = 1_000_000;

    /// <summary>Months that traces are kept; 0 keeps them.</summary>
    public int RetentionMonths { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Buckets of a new lake.</summary>
    public int Buckets { get; init; } = Lake.DefaultBuckets;

    /// <summary>Share of a run's rows that may be rejected before it ends with a warning.</summary>
    public double RejectShare { get; init; } = 0.01;

    /// <summary>Features that no model may use: a name, or the beginning of names (<c>country</c>, <c>count.channel</c>).</summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    /// <summary>What own trace kinds mean to the funnel: signal by kind.</summary>
    public IReadOnlyDictionary<string, string> Signals { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads <c>leads.json</c> of a home.</summary>
    /// <exception cref="IngestionException">Everything that is wrong with it, one line each.</exception>
    public static HomeSettings Load(string home)
    {
        var path = Path.Combine(home, "leads.json");
        return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : new HomeSettings();
    }

    /// <summary>Reads the text of a <c>leads.json</c>.</summary>
    /// <exception cref="IngestionException">Everything that is wrong with it, one line each.</exception>
    public static HomeSettings Parse(ReadOnlySpan<byte> utf8)
    {
        SettingNode root;
        try
        {
            root = SettingNode.Parse(utf8);
        }
        catch (JsonException error)
        {
            throw new IngestionException(
                $"leads.json line {error.LineNumber + 1} is no JSON: {error.Message} Mend it, or remove the file.",
                error
            );
        }
        var reader = new HomeSettingsReader();
        var settings = reader.Read(root);
        return reader.Errors.Count == 0
            ? settings
            : throw new IngestionException(string.Join('\n', reader.Errors.Select(error => $"leads.json {error}")));
    }
}

/// <summary>What makes a contact positive at a cut-off.</summary>
public sealed record LabelSettings
{
    /// <summary>Outcome kinds to foresee.</summary>
    public IReadOnlyList<string> Positive { get; init; } = ["moved"];

    /// <summary>Outcome kinds that close a contact.</summary>
    public IReadOnlyList<string> Negative { get; init; } = ["declined_by_contact"];

    /// <summary>Days after a cut-off within which a positive outcome counts.</summary>
    public int HorizonDays { get; init; } = 180;

    /// <summary>Days by which outcomes are reported late: a horizon counts as closed only after them. Null measures them.</summary>
    public int? ReportingDelayDays { get; init; }
}

/// <summary>How often a snapshot is taken.</summary>
public enum SnapshotEvery
{
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>The cut-offs of training; of days, first trace and file at most one is set, else <see cref="Every"/> holds.</summary>
public sealed record SnapshotSettings
{
    /// <summary>Local midnight of each Monday, or of the first day of each month, quarter or year.</summary>
    public SnapshotEvery Every { get; init; } = SnapshotEvery.Month;

    /// <summary>Local midnight of these days.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>For each contact, so many days after its first trace.</summary>
    public int? AfterFirstTraceDays { get; init; }

    /// <summary>A CSV in the home with <c>contact</c> and <c>at</c>.</summary>
    public string? File { get; init; }
}
