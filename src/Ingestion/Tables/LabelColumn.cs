using System.Globalization;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Finds out, in a first pass, which values of a column of labels are positive.</summary>
/// <remarks>
/// In this order: the values that are given; words for yes and for no, also several of each (yes, Yes, true, 1); of two
/// values without a known meaning the rarer is positive (of equally rare the later in ordinal order).
/// </remarks>
/// <param name="positive">The positive values, or none to let the values say it.</param>
sealed class LabelColumn(string name, IReadOnlyList<string> positive) : CellSink
{
    const int MostValues = 10_000;

    static readonly string[] _yes = ["yes", "true", "1", "1.0", "y", "t", "ja"];
    static readonly string[] _no = ["no", "false", "0", "0.0", "n", "f", "nej"];

    readonly TextCodes _values = new();
    readonly List<int> _counts = [];

    public override bool WantsText => true;

    /// <exception cref="IngestionException">The label is missing, or a value too many.</exception>
    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (Cell.IsMissing(utf8))
        {
            throw new IngestionException(
                $"Row {RowNumber}: the label '{name}' is missing; remove such rows or fill them in."
            );
        }
        var code = _values.Add(utf8);
        if (code == _counts.Count)
        {
            _counts.Add(0);
            CheckNewValue();
        }
        _counts[code]++;
        Next++;
    }

    /// <summary>Which values count as 1.</summary>
    /// <exception cref="IngestionException">A given value is never there, or all rows are of one class.</exception>
    public LabelClasses Classes(List<string> warnings)
    {
        var isPositive = positive.Count > 0 ? Given() : Meant(warnings);
        return isPositive.Contains(true) && isPositive.Contains(false)
            ? new(name, _values, isPositive)
            : throw new IngestionException(
                $"The label '{name}' is {Few()} in every row; expected rows of both classes."
            );
    }

    void CheckNewValue()
    {
        var values = _values.Texts;
        if (values.Count > MostValues)
        {
            throw new IngestionException(
                $"Row {RowNumber}: the label '{name}' has more than {MostValues} different values ({Few()} and others); "
                    + "expected two classes. Name another column with --label."
            );
        }
        if (positive.Count == 0 && values.Count > 2 && values.Any(value => Meaning(value) is null))
        {
            throw new IngestionException(
                $"Row {RowNumber}: the label '{name}' is '{values[^1]}', a third value beside '{values[0]}' and "
                    + $"'{values[1]}'; expected two, as yes and no. Say which values are positive."
            );
        }
    }

    bool[] Given()
    {
        foreach (var value in positive)
        {
            if (!_values.Texts.Contains(value, StringComparer.Ordinal))
            {
                throw new IngestionException(
                    $"The label '{name}' is never '{value}', it is {Few()}"
                        + Spelling.DidYouMean(value, _values.Texts.Take(100))
                );
            }
        }
        return [.. _values.Texts.Select(value => positive.Contains(value, StringComparer.Ordinal))];
    }

    bool[] Meant(List<string> warnings)
    {
        var values = _values.Texts;
        if (values.Count != 2 || values.All(value => Meaning(value) is not null))
            return [.. values.Select(value => Meaning(value) ?? false)];
        var rarer =
            _counts[0] != _counts[1] ? Convert.ToInt32(_counts[1] < _counts[0])
            : string.CompareOrdinal(values[1], values[0]) > 0 ? 1
            : 0;
        var count = _counts[rarer].ToString(CultureInfo.InvariantCulture);
        warnings.Add($"'{values[rarer]}' is taken as the positive value of '{name}': the rarer one ({count} rows)");
        return [rarer == 0, rarer == 1];
    }

    static bool? Meaning(string value) =>
        _yes.Contains(value, StringComparer.OrdinalIgnoreCase) ? true
        : _no.Contains(value, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    string Few() => string.Join(", ", _values.Texts.Take(5).Select(value => $"'{value}'"));
}

/// <summary>The values of a label and whether each is positive.</summary>
sealed record LabelClasses(string Name, TextCodes Values, bool[] IsPositive)
{
    /// <summary>The positive values in ordinal order.</summary>
    public IReadOnlyList<string> Positive =>
        [.. Values.Texts.Where((_, code) => IsPositive[code]).Order(StringComparer.Ordinal)];
}
