using System.Text.Json;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>The figures of a <see cref="RegionalPrior"/> on their way to text and back.</summary>
sealed record WrittenPrior(
    double[] Shares,
    SortedDictionary<string, double[]> ByDriver,
    Shrinkage Shrinkage,
    double[] Background
)
{
    const string Fault =
        "the region's leaning as of the last night cannot be read; run the next night, which writes it anew";

    public static WrittenPrior Of(
        double[] shares,
        IDictionary<string, double[]> byDriver,
        Shrinkage shrinkage,
        IReadOnlyList<double> background
    ) => new(shares, new(byDriver, StringComparer.Ordinal), shrinkage, [.. background]);

    /// <exception cref="FunnelException">It is no leaning towards the 14.</exception>
    public static WrittenPrior Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<WrittenPrior>(text) is { IsWhole: true } read
                ? read
                : throw new FunnelException(Fault);
        }
        catch (JsonException cause)
        {
            throw new FunnelException(Fault, cause);
        }
    }

    public string Text() => JsonSerializer.Serialize(this);

    bool IsWhole =>
        Shares?.Length == Municipality.All.Count
        && Background?.Length == Municipality.All.Count
        && ByDriver?.Values.All(each => each.Length == Municipality.All.Count) == true;
}
