using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>One sorted file of a bucket, read forwards: its first column names contacts in the order of their UTF-8 bytes.</summary>
/// <remarks>A contact's rows come in pieces: those of one chunk lie side by side and are valid until the next move.</remarks>
sealed class SortedRun : IDisposable
{
    readonly Connection _connection;
    readonly QueryResult _result;

    /// <param name="query">File name of a query without <c>.sql</c>; its rows come in the order of the file.</param>
    public SortedRun(
        Database database,
        string query,
        string file,
        CancellationToken cancellation,
        params (string, object?)[] parameters
    )
    {
        _connection = database.Connect();
        try
        {
            _result = FeatureSql.Query(_connection, query, [file], cancellation, parameters);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
        Fill();
    }

    /// <summary>Columns of a row.</summary>
    public int Columns => _result.Columns.Count;

    /// <summary>The rows at hand, null at the end.</summary>
    public Chunk? Chunk { get; private set; }

    /// <summary>The first row of the contact at hand in <see cref="Chunk"/>.</summary>
    public int First { get; private set; }

    /// <summary>The row behind the last one of the contact at hand in <see cref="Chunk"/>.</summary>
    public int End { get; private set; }

    /// <summary>Grows by one with each chunk.</summary>
    public int Chunks { get; private set; }

    /// <summary>UTF-8 bytes of the contact at hand.</summary>
    public ReadOnlySpan<byte> Contact => Chunk!.TextBytes(0, First);

    /// <summary>True when the contact at hand may have more rows in the next chunk.</summary>
    public bool MayGoOn => End == Chunk!.Count;

    /// <summary>Goes to a contact's first rows, past those of contacts before it; false when there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveTo(ReadOnlySpan<byte> contact)
    {
        while (Chunk is not null)
        {
            var order = ByteOrder.Compare(Contact, contact);
            if (order >= 0)
                return order == 0;
            Move();
        }
        return false;
    }

    /// <summary>Leaves the rows at hand; true when the next ones are the same contact's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool GoOn(ReadOnlySpan<byte> contact)
    {
        var may = MayGoOn;
        Move();
        return may && MoveTo(contact);
    }

    /// <summary>Goes on behind the rows at hand: to the same contact's rows in the next chunk, or to the next contact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move()
    {
        First = End;
        if (First < Chunk!.Count)
            End = Chunk[0].SameTextUntil(First);
        else
            Fill();
    }

    void Fill()
    {
        do
        {
            Chunk = _result.Next();
        } while (Chunk is { Count: 0 });
        Chunks++;
        First = 0;
        End = Chunk?[0].SameTextUntil(0) ?? 0;
    }

    public void Dispose()
    {
        _result.Dispose();
        _connection.Dispose();
    }
}
