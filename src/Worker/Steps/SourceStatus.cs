using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Worker.Steps;

/// <summary>One source's share of the lake, and how fresh it is.</summary>
/// <param name="LastFile">The file ingested last, relative to <c>inbox/</c>.</param>
/// <param name="Last">When the last thing it reports happened (UTC); null when the lake cannot tell.</param>
/// <param name="QuietDays">Whole days without anything since.</param>
/// <param name="Usually">Its rhythm in words (<c>daily</c>); null when it has too little history to have one.</param>
/// <param name="UsualDays">Its median gap in days.</param>
/// <param name="HasGoneQuiet">Whether it has been silent for longer than its rhythm explains.</param>
public sealed record SourceStatus(
    string Source,
    int Files,
    long Accepted,
    long Rejected,
    string LastFile,
    DateTime? Last,
    int? QuietDays,
    string? Usually,
    int? UsualDays,
    bool HasGoneQuiet
)
{
    /// <summary>All sources that the lake has files of, by name.</summary>
    /// <param name="days">When what each reports happened, before the as-of day.</param>
    public static IReadOnlyList<SourceStatus> Of(
        IReadOnlyList<Batch> batches,
        IReadOnlyDictionary<string, SourceDays> days,
        DateOnly asOf
    ) =>
        [
            .. batches
                .GroupBy(batch => batch.Source, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Of([.. group], days.GetValueOrDefault(group.Key), asOf)),
        ];

    /// <summary><c>newsletter: nothing for 9 days, usually daily.</c> Null as long as it speaks as usual.</summary>
    public string? Warning() =>
        HasGoneQuiet
            ? Words.Text(
                $"{Source}: nothing for {QuietDays} days, usually {Usually}. See whether its export still runs."
            )
            : null;

    static SourceStatus Of(Batch[] batches, SourceDays? happened, DateOnly asOf)
    {
        var quiet = happened is null ? (int?)null : Rhythm.QuietDays(happened.Days[^1], asOf);
        var rhythm = happened is null ? null : Rhythm.Of(happened.Days);
        return new(
            batches[0].Source,
            batches.Length,
            batches.Sum(batch => batch.Accepted),
            batches.Sum(batch => batch.Rejected),
            batches[^1].Path,
            happened?.Last,
            quiet,
            rhythm?.ToString(),
            rhythm?.UsualDays,
            rhythm is { } usual && quiet is { } silent && usual.IsBrokenBy(silent)
        );
    }
}
