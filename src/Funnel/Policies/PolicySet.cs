using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Policies;

/// <summary>The policies in force: the shared default and one for each of the 14.</summary>
public sealed class PolicySet
{
    readonly Dictionary<int, Policy> _own;

    internal PolicySet(Policy shared, IEnumerable<Policy> own)
    {
        Default = shared;
        _own = own.ToDictionary(p => p.Municipality);
        All = [.. Municipality.All.Select(m => For(m.Code))];
        Hash = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', All.Prepend(Default).Select(Canonical))))
        );
    }

    /// <summary>The policies of a home that has written none.</summary>
    public static PolicySet BuiltIn { get; } = PolicyFile.Load([]);

    /// <summary>The shared default; applies to contacts no municipality carries.</summary>
    public Policy Default { get; }

    /// <summary>The 14 in the order of their codes.</summary>
    public IReadOnlyList<Policy> All { get; }

    /// <summary>
    /// SHA-256 (64 hex digits) of what the policies say, not of how their files are written: reformatting a file leaves
    /// it, changing a value changes it.
    /// </summary>
    public string Hash { get; }

    /// <summary>The policy of this municipality; the default when it has none of its own or the code is 0.</summary>
    public Policy For(int municipality) =>
        _own.TryGetValue(municipality, out var policy) ? policy : Default with { Municipality = municipality };

    /// <summary>Whether two policies say the same, whatever they were read from.</summary>
    public static bool Same(Policy a, Policy b) => Canonical(a).Equals(Canonical(b), StringComparison.Ordinal);

    static string Canonical(Policy p)
    {
        var cadence = p.Cadence.OrderBy(c => c.Key).Select(c => $"{c.Key}:{string.Join('+', c.Value)}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{p.Municipality}|{p.Thresholds.Interest.Enter:R}|{p.Thresholds.Interest.Leave:R}|{p.Thresholds.Desire.Enter:R}|"
                + $"{p.Thresholds.Desire.Leave:R}|{p.ListLift:R}|{p.DormancyDays}|{p.HoldDays}|{p.RestDays}|"
                + $"{string.Join(',', cadence)}|{p.WeeklyCapacity}|{p.RelistDays}|{string.Join(',', p.Languages)}|{p.DueHour}|"
                + $"{p.WeeklyFloor}|{p.HoldOut:R}|{p.Exploration:R}|{Canonical(p.Sending)}"
        );
    }

    static string Canonical(SendingRules r)
    {
        var channels = r.Channels.OrderBy(c => c.Key).Select(c => $"{c.Key}:{string.Join('+', c.Value)}");
        var limits = r
            .WeeklyLimits.OrderBy(l => l.Key)
            .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key}:{l.Value}"));
        var absences = r.Absences.Select(a =>
            string.Create(CultureInfo.InvariantCulture, $"{a.From:O}:{a.To:O}:{a.Capacity}")
        );
        var templates = r
            .Templates.OrderBy(t => t.Key.Stage)
            .ThenBy(t => t.Key.Kind)
            .Select(t => $"{t.Key.Stage}:{t.Key.Kind}:{t.Value}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(',', channels)}|{r.Quiet.From:O}|{r.Quiet.To:O}|{r.Holidays.Public}|{r.Holidays.Eves}|"
                + $"{r.Holidays.Weekends}|{string.Join(',', r.Holidays.Days.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d:O}")))}|"
                + $"{Canonical(r.ContactCaps)}|{Canonical(r.HouseholdCaps)}|{string.Join(',', limits)}|"
                + $"{string.Join(',', absences)}|{r.LateDays}|{r.Capped}|{string.Join(',', templates)}"
        );
    }

    static string Canonical(Caps c) =>
        string.Create(CultureInfo.InvariantCulture, $"{c.Per24Hours}/{c.Per7Days}/{c.Per30Days}");
}
