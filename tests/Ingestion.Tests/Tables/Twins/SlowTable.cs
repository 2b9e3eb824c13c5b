using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Tables;

namespace LeadScoring.Ingestion.Tests.Tables.Twins;

/// <summary>Cells in memory, read as features column by column with all their texts at hand.</summary>
/// <param name="Rows">A text a column.</param>
sealed record SlowTable(string[] Names, string[][] Rows)
{
    /// <summary>What a table reads as, or which error it is.</summary>
    public static string InWords(Func<TableRead> read)
    {
        try
        {
            var table = read().Table;
            return string.Join('\n', table.Features.Select((feature, f) => Line(feature, table.Columns[f])));
        }
        catch (IngestionException error)
        {
            return error.Message.Split(". ")[0];
        }
    }

    /// <summary>The same words, the slow way; the last column is a label and left out.</summary>
    public string InWords()
    {
        List<string> lines = [];
        for (var c = 0; c < Names.Length - 1; c++)
        {
            string[] cells = [.. Rows.Select(row => row[c].Trim())];
            if (cells.All(SlowCell.IsMissing))
                continue;
            var unit = Unit(cells);
            var infinite = Array.FindIndex(
                cells,
                cell => !SlowCell.IsMissing(cell) && float.IsInfinity((float)Scalar(cell))
            );
            if (unit is not null && infinite >= 0)
                return $"Row {infinite + 1}: '{Names[c]}' is '{cells[infinite]}', expected a finite number of at most 3.4e38 in size";
            if (unit is not null)
            {
                float[] values = [.. cells.Select(cell => SlowCell.IsMissing(cell) ? float.NaN : (float)Scalar(cell))];
                if (
                    cells.Where(cell => !SlowCell.IsMissing(cell)).Select(Scalar).Distinct().Count() > 1
                    || values.Any(float.IsNaN)
                )
                    lines.Add(Line(Feature.Numeric(Names[c], unit), values));
                continue;
            }
            string[] levels = [.. cells.Where(cell => cell.Length > 0).Distinct().Order(StringComparer.Ordinal)];
            var filled = cells.Count(cell => cell.Length > 0);
            if ((levels.Length == 1 && filled == cells.Length) || (levels.Length > 20 && levels.Length > filled / 2))
                continue;
            lines.Add(
                Line(
                    Feature.Categorical(Names[c], levels),
                    [.. cells.Select(cell => cell.Length == 0 ? float.NaN : Array.IndexOf(levels, cell))]
                )
            );
        }
        return lines.Count > 0 ? string.Join('\n', lines) : "No column is left to learn from";
    }

    static string? Unit(string[] cells)
    {
        string[] filled = [.. cells.Where(cell => !SlowCell.IsMissing(cell))];
        return filled.All(cell => (SlowCell.Number(cell) ?? SlowCell.Infinity(cell)) is not null) ? "value"
            : filled.All(cell => SlowCell.Truth(cell) is not null) ? "0/1"
            : filled.All(cell => (SlowCell.Day(cell) ?? SlowCell.Infinity(cell)) is not null) ? "days since 1970"
            : filled.All(cell => (SlowCell.CommaNumber(cell) ?? SlowCell.Infinity(cell)) is not null) ? "value"
            : null;
    }

    static double Scalar(string cell) =>
        SlowCell.Number(cell)
        ?? SlowCell.Truth(cell)
        ?? SlowCell.Day(cell)
        ?? SlowCell.CommaNumber(cell)
        ?? SlowCell.Infinity(cell)
        ?? 0;

    static string Line(Feature feature, float[] values) =>
        $"{feature.Name} {feature.Unit} [{string.Join('|', feature.Levels)}] {string.Join(' ', values)}";
}
