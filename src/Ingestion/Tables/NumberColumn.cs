using System.Globalization;
using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Fills a numeric feature: numbers, truths as 1 and 0, instants as days since 1970, NaN where none stands.</summary>
sealed class NumberColumn(string name, float[] values) : CellSink
{
    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (NumberText.TryRead(utf8, (byte)'.', out var number))
            Add(number, utf8);
        else
            Add(Cell.IsMissing(utf8) ? double.NaN : OtherThanNumber(utf8), utf8);
    }

    public override void Number(double number) => Add(number, []);

    public override void Truth(bool truth) => values[Next++] = truth ? 1 : 0;

    public override void Instant(DateTime utc) => values[Next++] = (float)Cell.Days(utc);

    /// <summary>The error of a number that is infinite, or too large for 32 bits.</summary>
    public static IngestionException Infinite(long row, string name, string text) =>
        new(
            $"Row {row}: '{name}' is '{text}', expected a finite number of at most 3.4e38 in size. "
                + "Mend the value, empty the cell, or leave the column out."
        );

    public static string Words(double number) => number.ToString(CultureInfo.InvariantCulture);

    void Add(double number, ReadOnlySpan<byte> text)
    {
        if (Cell.IsInfinite(number))
            throw Infinite(RowNumber, name, text.IsEmpty ? Words(number) : Encoding.UTF8.GetString(text));
        values[Next++] = (float)number;
    }

    double OtherThanNumber(ReadOnlySpan<byte> text)
    {
        if (Cell.Truth(text) is { } truth)
            return truth;
        if (Cell.Instant(text) is { } instant)
            return Cell.Days(instant);
        if (NumberText.TryRead(text, (byte)',', out var number))
            return number;
        if (Cell.IsInfinity(text))
            return double.PositiveInfinity;
        throw new IngestionException(
            $"Row {RowNumber}: '{name}' is '{Encoding.UTF8.GetString(text)}', expected a number as in the "
                + "model's training."
        );
    }
}
