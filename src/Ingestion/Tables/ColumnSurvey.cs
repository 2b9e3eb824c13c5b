using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Finds out, in a first pass and with a few words of memory, what a column's values are.</summary>
/// <remarks>
/// A column is numeric when all values that are not missing are of one sort, tried in this order: numbers, yes/no or
/// true/false, dates and instants, numbers with a decimal comma. Else its values are levels.
/// </remarks>
sealed class ColumnSurvey(string name) : CellSink
{
    Sorts _sorts = Sorts.All;
    long _missing;
    double _first = double.NaN;
    bool _varies;
    (long Row, string Text)? _infinite;

    /// <summary>Sorts of values that a cell can be read as.</summary>
    [Flags]
    enum Sorts
    {
        None = 0,
        Number = 1,
        Truth = 2,
        Instant = 4,
        CommaNumber = 8,
        All = Number | Truth | Instant | CommaNumber,
    }

    public string Name { get; } = name;

    /// <summary>No value stands in any row.</summary>
    public bool IsEmpty => _missing == Next;

    /// <summary>The unit when all values are of one numeric sort, null when they are levels.</summary>
    public string? Unit =>
        _sorts.HasFlag(Sorts.Number) ? "value"
        : _sorts.HasFlag(Sorts.Truth) ? "0/1"
        : _sorts.HasFlag(Sorts.Instant) ? "days since 1970"
        : _sorts.HasFlag(Sorts.CommaNumber) ? "value"
        : null;

    /// <summary>One number stands in every row; said of numeric columns only.</summary>
    public bool IsConstant => !_varies && _missing == 0;

    /// <exception cref="IngestionException">One of the numbers is infinite.</exception>
    public void CheckFinite()
    {
        if (_infinite is { } infinite && Unit is not null)
            throw NumberColumn.Infinite(infinite.Row, Name, infinite.Text);
    }

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (Cell.IsMissing(utf8))
            _missing++;
        else if (_sorts != Sorts.None)
            _sorts &= SortsOf(utf8);
        Next++;
    }

    public override void Number(double number)
    {
        See(number);
        if (Cell.IsInfinite(number))
            _infinite ??= (RowNumber, NumberColumn.Words(number));
        _sorts &= Sorts.Number;
        Next++;
    }

    public override void Truth(bool truth)
    {
        See(truth ? 1 : 0);
        _sorts &= Sorts.Truth;
        Next++;
    }

    public override void Instant(DateTime utc)
    {
        See(Cell.Days(utc));
        _sorts &= Sorts.Instant;
        Next++;
    }

    Sorts SortsOf(ReadOnlySpan<byte> text)
    {
        if (NumberText.TryRead(text, (byte)'.', out var number))
        {
            var hasPoint = _sorts.HasFlag(Sorts.CommaNumber) && text.Contains((byte)'.');
            return Finite(number, text, hasPoint ? Sorts.Number : Sorts.Number | Sorts.CommaNumber);
        }
        if (NumberText.TryRead(text, (byte)',', out number))
            return Finite(number, text, Sorts.CommaNumber);
        if (Cell.Truth(text) is { } truth)
            return Seen(truth, Sorts.Truth);
        if (Cell.Instant(text) is { } instant)
            return Seen(Cell.Days(instant), Sorts.Instant);
        return Cell.IsInfinity(text)
            ? Finite(double.PositiveInfinity, text, Sorts.Number | Sorts.Instant | Sorts.CommaNumber)
            : Sorts.None;
    }

    Sorts Finite(double number, ReadOnlySpan<byte> text, Sorts sorts)
    {
        if (Cell.IsInfinite(number))
            _infinite ??= (RowNumber, Encoding.UTF8.GetString(text));
        return Seen(number, sorts);
    }

    Sorts Seen(double value, Sorts sort)
    {
        See(value);
        return sort;
    }

    void See(double value)
    {
        if (double.IsNaN(_first))
            _first = value;
        else
            _varies |= value != _first;
    }
}
