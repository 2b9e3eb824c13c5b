namespace LeadScoring.Benchmarks.Trees;

/// <summary>Draws the features of one row: five kinds in turn, a quarter of them with gaps.</summary>
static class Drawing
{
    /// <summary>Every fourth feature lacks this share of its values.</summary>
    const double MissingShare = 0.1;

    static readonly string[] Kinds = ["count", "recency", "ratio", "step", "amount"];

    public static string Name(int feature) => $"{Kinds[feature % Kinds.Length]}.{feature}";

    /// <summary>Fills the row; features share the person's leaning, each to a degree of its own.</summary>
    public static void Fill(ref RowChance chance, Span<float> row)
    {
        var leaning = chance.Normal();
        for (var f = 0; f < row.Length; f++)
        {
            var pull = 0.15 + 0.1 * (f % 4);
            var value = (float)Value(f % Kinds.Length, pull * leaning, ref chance);
            row[f] = f % 4 == 1 && chance.Even() < MissingShare ? float.NaN : value;
        }
    }

    /// <summary>A value brought to about the range of a standard normal number.</summary>
    public static double Scaled(int feature, float value) =>
        (feature % Kinds.Length) switch
        {
            0 => Math.Log(1 + value),
            1 => 2 * Math.Exp(-value / 90) - 1,
            2 => 4 * (value - 0.5),
            3 => (value - 3) / 2,
            _ => Math.Log(value),
        };

    /// <summary>Counts that are mostly 0, days since, shares, whole steps 0 to 6, skewed amounts.</summary>
    static double Value(int kind, double leaning, ref RowChance chance) =>
        kind switch
        {
            0 => chance.Even() < 1 / (1 + Math.Exp(leaning - 0.7))
                ? 0
                : Math.Floor(1 + Math.Exp(0.6 + leaning + 0.8 * chance.Normal())),
            1 => 365 * Math.Pow(chance.Even(), 1 + 0.6 * Math.Exp(leaning)),
            2 => 1 / (1 + Math.Exp(-leaning - 1.2 * chance.Normal())),
            3 => Math.Clamp(Math.Floor(3.5 + leaning + 1.6 * chance.Normal()), 0, 6),
            _ => Math.Exp(leaning + 0.9 * chance.Normal()),
        };
}
