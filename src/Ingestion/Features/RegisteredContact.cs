using System.Runtime.CompilerServices;
using System.Text;

namespace LeadScoring.Ingestion.Features;

/// <summary>What became of a contact.</summary>
/// <param name="At">µs at which it happened.</param>
/// <param name="KnownAt">µs at which it was reported.</param>
readonly record struct ContactOutcome(long At, long KnownAt, string Kind);

/// <summary>One version of what the register says; null is "does not say".</summary>
/// <param name="KnownAt">µs since when it is known of this contact: later than at when it came under another id.</param>
readonly record struct ContactVersion(
    long At,
    string? Country,
    string? Language,
    int? HouseholdSize,
    int? BirthYear,
    long KnownAt
);

/// <summary>The contact of a bucket that is at hand, one that may be profiled; reused from contact to contact.</summary>
sealed class RegisteredContact
{
    public string Id { get; private set; } = "";

    /// <summary>Ascending by time.</summary>
    public List<ContactVersion> Versions { get; } = [];

    /// <summary>Ascending by time.</summary>
    public List<ContactOutcome> Outcomes { get; } = [];

    /// <summary>µs of the first thing it said about its consents.</summary>
    public long FirstConsent { get; private set; } = ContactProfile.NotRegistered;

    /// <summary>µs since when the register knows it, whatever its traces.</summary>
    public long KnownSince => Math.Min(FirstConsent, RegisteredAt);

    long RegisteredAt => Versions.Count == 0 ? ContactProfile.NotRegistered : Versions.Min(version => version.KnownAt);

    /// <summary>Becomes another contact, of whom nothing else is known yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Become(ReadOnlySpan<byte> id, long firstConsent)
    {
        (Id, FirstConsent) = (Encoding.UTF8.GetString(id), firstConsent);
        Versions.Clear();
        Outcomes.Clear();
    }

    /// <summary>Each attribute as the latest version before the instant that has one says; of one instant the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ContactProfile ProfileAt(long asOf, Dictionary<string, int> countries, Dictionary<string, int> languages)
    {
        if (Versions.Count == 0)
            return ContactProfile.Unknown;
        return new ContactProfile(
            LevelOf(Latest(asOf, v => v.Country, StringComparer.Ordinal), countries),
            LevelOf(Latest(asOf, v => v.Language, StringComparer.Ordinal), languages),
            Latest(asOf, v => v.HouseholdSize, Comparer<int?>.Default) ?? float.NaN,
            Latest(asOf, v => v.BirthYear, Comparer<int?>.Default) ?? float.NaN,
            RegisteredAt
        );
    }

    T? Latest<T>(long asOf, Func<ContactVersion, T?> attribute, IComparer<T?> order)
    {
        var (at, latest) = (long.MinValue, default(T?));
        foreach (var version in Versions)
        {
            if (version.At >= asOf)
                break;
            if (
                version.KnownAt < asOf
                && attribute(version) is { } value
                && (version.At > at || order.Compare(value, latest) > 0)
            )
                (at, latest) = (version.At, value);
        }
        return latest;
    }

    static float LevelOf(string? level, Dictionary<string, int> levels) =>
        level is not null && levels.TryGetValue(level, out var code) ? code : float.NaN;
}
