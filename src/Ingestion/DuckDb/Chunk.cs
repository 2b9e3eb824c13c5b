using System.Runtime.CompilerServices;

namespace LeadScoring.Ingestion.DuckDb;

/// <summary>Up to 2,048 rows of a result, column by column; valid until the next one is asked for.</summary>
public sealed class Chunk
{
    readonly Vector[] _vectors;

    internal Chunk(nint chunk, IReadOnlyList<Column> columns)
    {
        Count = (int)NativeMethods.duckdb_data_chunk_get_size(chunk);
        _vectors = new Vector[columns.Count];
        for (var i = 0; i < _vectors.Length; i++)
            _vectors[i] = new(NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)i), columns[i].Type, Count);
    }

    /// <summary>Rows in the chunk.</summary>
    public int Count { get; }

    public Vector this[int column] => _vectors[column];

    /// <summary>A column's values as they lie in memory; slots that are NULL hold garbage.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not as wide as the column's values.</exception>
    public ReadOnlySpan<T> Span<T>(int column)
        where T : unmanaged => _vectors[column].Span<T>();

    public bool IsNull(int column, int row) => _vectors[column].IsNull(row);

    /// <summary>The text of a VARCHAR or enum value; null when it is NULL.</summary>
    public string? Text(int column, int row) => _vectors[column].Text(row);

    /// <summary>The UTF-8 bytes of a VARCHAR value; empty when it is NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> TextBytes(int column, int row) => _vectors[column].TextBytes(row);

    /// <summary>Any value as an object (slow); null when it is NULL.</summary>
    public object? Value(int column, int row) => _vectors[column].Value(row);
}
