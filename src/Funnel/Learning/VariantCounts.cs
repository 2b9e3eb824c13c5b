using System.Text.Json.Serialization;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Funnel.Learning;

/// <summary>What came of one variant of a message, sent in one municipality's name to contacts of one stage.</summary>
/// <param name="Sent">Messages sent or planned; caps hold for these.</param>
/// <param name="Answered">Those of them that were answered by a person (a link scanner's visit is no answer).</param>
/// <param name="Awaited">
/// Those of them that are not answered and still have time to be. Nothing is learnt from them yet: counted at once, they
/// would speak against whatever was sent last.
/// </param>
public sealed record VariantCount(
    int Municipality,
    [property: JsonConverter(typeof(JsonStringEnumConverter<Stage>))] Stage Stage,
    string Variant,
    long Sent,
    long Answered,
    long Awaited = 0
)
{
    /// <summary>Messages from which something was learnt.</summary>
    [JsonIgnore]
    public long Tried => Sent - Awaited;
}

/// <summary>All that the choice of variants has learnt: a plain list of counts, to be stored as it is.</summary>
public sealed record VariantCounts(IReadOnlyList<VariantCount> Rows)
{
    /// <summary>Nothing learnt yet.</summary>
    public static VariantCounts None { get; } = new([]);

    /// <summary>These counts and the new ones, one row for each municipality, stage and variant, in that order.</summary>
    public VariantCounts With(IEnumerable<VariantCount> more) =>
        new([
            .. Rows.Concat(more)
                .GroupBy(row => (row.Municipality, row.Stage, row.Variant))
                .Select(group => new VariantCount(
                    group.Key.Municipality,
                    group.Key.Stage,
                    group.Key.Variant,
                    group.Sum(row => row.Sent),
                    group.Sum(row => row.Answered),
                    group.Sum(row => row.Awaited)
                ))
                .OrderBy(row => row.Municipality)
                .ThenBy(row => row.Stage)
                .ThenBy(row => row.Variant, StringComparer.Ordinal),
        ]);

    /// <summary>
    /// What is believed of a variant's share of answers: its own counts in full on a uniform prior, those of the other
    /// municipalities as if they were no more than <paramref name="poolWeight"/> messages.
    /// </summary>
    /// <remarks>
    /// A power prior (Ibrahim and Chen, Statistical Science 15, 2000): Beta(1 + a + d A, 1 + (s - a) + d (S - A)) with
    /// a of s messages answered here, A of S elsewhere and d = min(1, poolWeight / S). A small municipality starts with what the
    /// others have seen and leaves it as its own messages outnumber the weight.
    /// </remarks>
    /// <param name="municipality">Null for a message in nobody's name: then all counts are its own.</param>
    public Belief Of(int? municipality, Stage stage, string variant, double poolWeight)
    {
        long tried = 0,
            answered = 0,
            triedElsewhere = 0,
            answeredElsewhere = 0;
        foreach (var row in Rows)
        {
            if (row.Stage != stage || !string.Equals(row.Variant, variant, StringComparison.Ordinal))
                continue;
            if (municipality is null || row.Municipality == municipality)
                (tried, answered) = (tried + row.Tried, answered + row.Answered);
            else
                (triedElsewhere, answeredElsewhere) = (triedElsewhere + row.Tried, answeredElsewhere + row.Answered);
        }
        var trust = triedElsewhere == 0 ? 0 : Math.Min(1, poolWeight / triedElsewhere);
        return new(
            1 + answered + trust * answeredElsewhere,
            1 + (tried - answered) + trust * (triedElsewhere - answeredElsewhere)
        );
    }

    /// <summary>Messages of a variant so far, of all stages; of all municipalities when none is named.</summary>
    public long Sent(int? municipality, string variant) =>
        Rows.Where(row => municipality is null || row.Municipality == municipality)
            .Where(row => string.Equals(row.Variant, variant, StringComparison.Ordinal))
            .Sum(row => row.Sent);
}

/// <summary>A Beta distribution of a share.</summary>
public readonly record struct Belief(double Alpha, double Beta)
{
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>How many messages the belief rests on, the two of the uniform prior included.</summary>
    public double Weight => Alpha + Beta;
}
