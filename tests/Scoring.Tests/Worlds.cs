using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Tests;

/// <summary>Small labelled tables with a known truth.</summary>
static class Worlds
{
    public static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Contacts seen at the first of each month; interest and recency matter, noise does not, land a little.</summary>
    public static FeatureTable Monthly(int contacts, int months, int seed, double logOdds = -2)
    {
        var chance = new Random(seed);
        var features = new[]
        {
            Feature.Numeric("recency", "days"),
            Feature.Numeric("interest", "traces"),
            Feature.Numeric("noise", "traces"),
            Feature.Categorical("country", ["DE", "NL", "PL"]),
        };
        var rows = contacts * months;
        var columns = features.Select(_ => new float[rows]).ToArray();
        var (names, asOf, labels) = (new string[rows], new DateTime[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            names[row] = $"c{row % contacts:00000}";
            asOf[row] = Start.AddMonths(row / contacts);
            columns[0][row] = chance.NextDouble() < 0.1 ? float.NaN : (float)(chance.NextDouble() * 60);
            columns[1][row] = chance.Next(6);
            columns[2][row] = chance.Next(10);
            columns[3][row] = chance.Next(3);
            var recent = float.IsNaN(columns[0][row]) ? -1 : 1 - columns[0][row] / 30;
            var truth = logOdds + 0.8 * recent + 0.5 * (columns[1][row] - 2) + (columns[3][row] == 1 ? 0.4 : 0);
            labels[row] = chance.NextDouble() < 1 / (1 + Math.Exp(-truth)) ? 1 : 0;
        }
        return new FeatureTable(features, names, asOf, columns, labels);
    }

    /// <summary>One numeric feature, given row by row.</summary>
    public static FeatureTable Of(params (string Contact, int Day, float Value, float Label)[] rows) =>
        new(
            [Feature.Numeric("value", "traces")],
            [.. rows.Select(row => row.Contact)],
            [.. rows.Select(row => Start.AddDays(row.Day))],
            [
                [.. rows.Select(row => row.Value)],
            ],
            [.. rows.Select(row => row.Label)]
        );
}
