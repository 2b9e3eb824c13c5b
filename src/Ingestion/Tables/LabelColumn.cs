using System.Globalization;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Turns a column of two values into labels of 1 and 0.</summary>
static class LabelColumn
{
    static readonly (string Positive, string Negative)[] _pairs =
    [
        ("yes", "no"),
        ("true", "false"),
        ("1", "0"),
        ("1.0", "0.0"),
        ("y", "n"),
        ("t", "f"),
        ("ja", "nej"),
    ];

    /// <summary>A label a row, and the values that are positive.</summary>
    /// <remarks>Of two values without a known meaning the rarer is the positive (of equally rare the later in ordinal order).</remarks>
    /// <param name="positive">The positive values, or none to let the values say it.</param>
    /// <exception cref="IngestionException">A label is missing, or there are more or less than two values.</exception>
    public static (float[] Labels, IReadOnlyList<string> Positive) Read(
        RawColumn column,
        IReadOnlyList<string> positive,
        List<string> warnings
    )
    {
        for (var code = 0; code < column.Values.Count; code++)
        {
            if (Cell.IsMissing(column.Values[code]))
            {
                throw new IngestionException(
                    $"Row {column.FirstRow(code)}: the label '{column.Name}' is missing; "
                        + "remove such rows or fill them in."
                );
            }
        }
        var isPositive = positive.Count > 0 ? Given(column, positive) : Meant(column, warnings);
        var labels = new float[column.Codes.Length];
        for (var row = 0; row < labels.Length; row++)
            labels[row] = isPositive[column.Codes[row]] ? 1 : 0;
        return (labels, [.. column.Values.Where((_, code) => isPositive[code]).Order(StringComparer.Ordinal)]);
    }

    static bool[] Given(RawColumn column, IReadOnlyList<string> positive)
    {
        foreach (var value in positive)
        {
            if (!column.Values.Contains(value, StringComparer.Ordinal))
            {
                throw new IngestionException(
                    $"The label '{column.Name}' is never '{value}', it is {Few(column.Values)}"
                        + Spelling.DidYouMean(value, column.Values)
                );
            }
        }
        if (positive.Distinct(StringComparer.Ordinal).Count() == column.Values.Count)
            throw OfOneClass(column);
        return [.. column.Values.Select(value => positive.Contains(value, StringComparer.Ordinal))];
    }

    static bool[] Meant(RawColumn column, List<string> warnings)
    {
        var values = column.Values;
        if (values.Count > 2)
        {
            throw new IngestionException(
                $"Row {column.FirstRow(2)}: the label '{column.Name}' is '{values[2]}', a third value beside "
                    + $"'{values[0]}' and '{values[1]}'; expected two, as yes and no. Say which values are positive."
            );
        }
        if (values.Count < 2)
            throw OfOneClass(column);
        foreach (var (yes, no) in _pairs)
        {
            for (var code = 0; code < 2; code++)
            {
                if (Same(values[code], yes) && Same(values[1 - code], no))
                    return code == 0 ? [true, false] : [false, true];
            }
        }
        var counts = column.Counts();
        var rarer =
            counts[0] != counts[1]
                ? Convert.ToInt32(counts[1] < counts[0])
                : Convert.ToInt32(string.CompareOrdinal(values[1], values[0]) > 0);
        var count = counts[rarer].ToString(CultureInfo.InvariantCulture);
        warnings.Add(
            $"'{values[rarer]}' is taken as the positive value of '{column.Name}': the rarer one ({count} rows)"
        );
        return rarer == 0 ? [true, false] : [false, true];
    }

    static IngestionException OfOneClass(RawColumn column) =>
        new($"The label '{column.Name}' is {Few(column.Values)} in every row; expected rows of both classes.");

    static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    static string Few(IEnumerable<string> values) => string.Join(", ", values.Take(5).Select(value => $"'{value}'"));
}
