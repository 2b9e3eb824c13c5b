using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    Word? Country,
    Word? Language,
    int? HouseholdSize,
    int? BirthYear,
    long KnownAt
);

/// <summary>The contact of a bucket that is at hand, one that may be profiled; reused from contact to contact.</summary>
sealed class RegisteredContact
{
    const long Never = long.MinValue;

    public string Id { get; private set; } = "";

    /// <summary>Ascending by time.</summary>
    public List<ContactVersion> Versions { get; } = [];

    /// <summary>Ascending by time.</summary>
    public List<ContactOutcome> Outcomes { get; } = [];

    /// <summary>µs of the first thing it said about its consents.</summary>
    public long FirstConsent { get; private set; } = ContactProfile.NotRegistered;

    /// <summary>µs since when the register knows it, whatever its traces.</summary>
    public long KnownSince => Math.Min(FirstConsent, RegisteredAt);

    long RegisteredAt
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            var first = ContactProfile.NotRegistered;
            foreach (ref readonly var version in CollectionsMarshal.AsSpan(Versions))
                first = Math.Min(first, version.KnownAt);
            return first;
        }
    }

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
    public ContactProfile ProfileAt(long asOf)
    {
        if (Versions.Count == 0)
            return ContactProfile.Unknown;
        var (country, language) = (default(Word), default(Word));
        var (household, birthYear) = (default(int?), default(int?));
        var (countryAt, languageAt, householdAt, birthYearAt) = (Never, Never, Never, Never);
        foreach (ref readonly var version in CollectionsMarshal.AsSpan(Versions))
        {
            if (version.At >= asOf)
                break;
            if (version.KnownAt >= asOf)
                continue;
            Take(version.Country, version.At, ref country, ref countryAt);
            Take(version.Language, version.At, ref language, ref languageAt);
            Take(version.HouseholdSize, version.At, ref household, ref householdAt);
            Take(version.BirthYear, version.At, ref birthYear, ref birthYearAt);
        }
        return new ContactProfile(
            country?.Level ?? float.NaN,
            language?.Level ?? float.NaN,
            household ?? float.NaN,
            birthYear ?? float.NaN,
            RegisteredAt
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Take(Word? value, long at, ref Word? latest, ref long latestAt)
    {
        if (value is not null && (at > latestAt || string.CompareOrdinal(value.Text, latest?.Text) > 0))
            (latest, latestAt) = (value, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Take(int? value, long at, ref int? latest, ref long latestAt)
    {
        if (value is not null && (at > latestAt || value > latest))
            (latest, latestAt) = (value, at);
    }
}
