using System.Text;

namespace LeadScoring.Ingestion.Tables;

/// <summary>One column as text, row by row, for small tables whose texts are wanted as they stand.</summary>
sealed class RawColumn(string name) : CellSink
{
    readonly List<string> _cells = [];

    public string Name { get; } = name;

    public override bool WantsText => true;

    /// <summary>The text of a row; a missing one is "".</summary>
    public string this[int row] => _cells[row];

    public override void Text(ReadOnlySpan<byte> utf8) => _cells.Add(Encoding.UTF8.GetString(utf8));
}
