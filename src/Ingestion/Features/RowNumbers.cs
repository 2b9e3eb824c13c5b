using System.Globalization;

namespace LeadScoring.Ingestion.Features;

/// <summary>Names for rows without one: their number, with leading zeros so that the order of names is that of rows.</summary>
static class RowNumbers
{
    /// <summary>The numbers from 1, all as wide as the last.</summary>
    public static string[] Of(int rows)
    {
        var names = new string[rows];
        var format = $"D{rows.ToString(CultureInfo.InvariantCulture).Length}";
        for (var row = 0; row < rows; row++)
            names[row] = (row + 1).ToString(format, CultureInfo.InvariantCulture);
        return names;
    }
}
