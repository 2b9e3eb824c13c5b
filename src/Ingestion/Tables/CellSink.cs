namespace LeadScoring.Ingestion.Tables;

/// <summary>Takes one column's cells, row by row, in the file's order.</summary>
/// <remarks>
/// CSV has text only; Parquet gives what it stores. The meaning is the same: a number, a truth or an instant is what
/// its text would be read as.
/// </remarks>
abstract class CellSink
{
    long _before;

    /// <summary>Where the next cell goes, from 0.</summary>
    protected int Next { get; set; }

    /// <summary>The row of the next cell, counted from 1, for errors.</summary>
    protected long RowNumber => _before + Next + 1;

    /// <summary>Starts at the first place again, with the file's next row.</summary>
    public void Rewind()
    {
        _before += Next;
        Next = 0;
    }

    /// <summary>Takes every cell as text, also where the file stores numbers, truths or instants.</summary>
    public virtual bool WantsText => false;

    /// <summary>A cell of text, without white space around it; a missing one is empty.</summary>
    public abstract void Text(ReadOnlySpan<byte> utf8);

    /// <summary>A stored number, perhaps infinite, never NaN.</summary>
    public virtual void Number(double number) => throw Untaken();

    /// <summary>A stored truth.</summary>
    public virtual void Truth(bool truth) => throw Untaken();

    /// <summary>A stored date or instant.</summary>
    public virtual void Instant(DateTime utc) => throw Untaken();

    InvalidOperationException Untaken() => new($"{GetType().Name} takes text only.");
}

/// <summary>One pass over the rows of a table.</summary>
interface ITableRows : IDisposable
{
    /// <summary>Gives the next rows' cells to the sinks.</summary>
    /// <param name="most">Most rows to read.</param>
    /// <returns>Rows read; 0 at the end.</returns>
    int Read(int most, CancellationToken cancellation);
}

/// <summary>A column of a file and who takes its cells.</summary>
readonly record struct SinkOf(int Column, CellSink Sink);
