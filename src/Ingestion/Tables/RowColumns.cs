using System.Globalization;
using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Names of rows; one that stands in several rows in turn is kept once.</summary>
sealed class IdColumn(string[] names) : CellSink
{
    byte[] _last = [];

    public override bool WantsText => true;

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (Next > 0 && utf8.SequenceEqual(_last))
        {
            names[Next] = names[Next++ - 1];
            return;
        }
        if (_last.Length != utf8.Length)
            _last = new byte[utf8.Length];
        utf8.CopyTo(_last);
        names[Next++] = Encoding.UTF8.GetString(utf8);
    }
}

/// <summary>When each row was: a date, an instant, or a number of days.</summary>
sealed class TimeColumn(string name, DateTime[] times, DateTime dayZero) : CellSink
{
    const double MostDays = 1_000_000;

    /// <exception cref="IngestionException">It is none of them.</exception>
    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (Cell.Instant(utf8) is { } instant)
            Instant(instant);
        else if (Cell.Number(utf8) is { } days && Math.Abs(days) < MostDays)
            Number(days);
        else
            throw Wrong(Encoding.UTF8.GetString(utf8));
    }

    public override void Number(double number) =>
        Instant(Math.Abs(number) < MostDays ? dayZero.AddDays(number) : throw Wrong(NumberColumn.Words(number)));

    public override void Truth(bool truth) => throw Wrong(truth ? "true" : "false");

    public override void Instant(DateTime utc) => times[Next++] = utc;

    IngestionException Wrong(string found) =>
        new(
            $"Row {RowNumber}: the time '{name}' is '{found}', expected yyyy-mm-dd, an instant "
                + "(yyyy-mm-ddThh:mm:ssZ) or a number of days."
        );
}

/// <summary>How much each row weighs.</summary>
sealed class WeightColumn(string name, float[] weights) : CellSink
{
    /// <exception cref="IngestionException">It is no finite number above 0.</exception>
    public override void Text(ReadOnlySpan<byte> utf8)
    {
        if (Cell.Number(utf8) is { } weight)
            Add(weight, utf8);
        else
            throw Wrong(Encoding.UTF8.GetString(utf8));
    }

    public override void Number(double number) => Add(number, []);

    public override void Truth(bool truth) => throw Wrong(truth ? "true" : "false");

    public override void Instant(DateTime utc) => throw Wrong(utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    // of 32 bits, so that it neither vanishes nor becomes infinite
    void Add(double weight, ReadOnlySpan<byte> text)
    {
        var kept = (float)weight;
        if (!(kept > 0 && float.IsFinite(kept)))
            throw Wrong(text.IsEmpty ? NumberColumn.Words(weight) : Encoding.UTF8.GetString(text));
        weights[Next++] = kept;
    }

    IngestionException Wrong(string found) =>
        new($"Row {RowNumber}: the weight '{name}' is '{found}', expected a finite number above 0.");
}

/// <summary>Labels of 1 and 0.</summary>
sealed class ClassColumn(LabelClasses classes, float[] labels) : CellSink
{
    public override bool WantsText => true;

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        var code = classes.Values.Find(utf8);
        labels[Next++] =
            code < 0 ? throw ReadTable.Changed(classes.Name)
            : classes.IsPositive[code] ? 1
            : 0;
    }
}
