using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>A bucket's contacts in the order of their UTF-8 bytes, and whether each consents to a purpose.</summary>
/// <remarks>
/// A contact consents when the latest statement on the purpose before the instant grants it, when it has not been
/// withdrawn since, and when no objection stands, then or now. Of two statements of one instant the one that restricts
/// holds, and one that says neither yes nor no restricts.
/// </remarks>
sealed class ConsentStatements : IDisposable
{
    readonly List<SortedRun> _runs = [];
    readonly byte[] _purpose;
    readonly long _asOf;
    byte[] _contact = new byte[64];
    int _length;

    // the latest statement on the purpose and the latest on objection, among all and among those before the instant
    Verdict _now;
    Verdict _then;
    Verdict _objectionNow;
    Verdict _objectionThen;

    /// <param name="asOf">µs since 1970.</param>
    public ConsentStatements(
        Database database,
        IReadOnlyList<string> files,
        string purpose,
        long asOf,
        CancellationToken cancellation
    )
    {
        (_purpose, _asOf) = (System.Text.Encoding.UTF8.GetBytes(purpose), asOf);
        try
        {
            foreach (var file in files)
                _runs.Add(new SortedRun(database, "Statements", file, cancellation));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The contact at hand: UTF-8 bytes, valid until the next.</summary>
    public ReadOnlySpan<byte> Contact => _contact.AsSpan(0, _length);

    /// <summary>µs of the first statement of the contact at hand, whatever its purpose.</summary>
    public long First { get; private set; }

    /// <summary>True when the contact at hand may be used for the purpose.</summary>
    public bool Consents =>
        _then is { Made: true, Restricts: false }
        && !_now.Restricts
        && !_objectionNow.Restricts
        && !_objectionThen.Restricts;

    /// <summary>Goes to the next contact that has said anything; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Next()
    {
        SortedRun? least = null;
        foreach (var run in _runs)
        {
            if (run.Chunk is not null && (least is null || ByteOrder.Compare(run.Contact, least.Contact) < 0))
                least = run;
        }
        if (least is null)
            return false;
        Take(least.Contact);
        foreach (var run in _runs)
        {
            if (!run.MoveTo(Contact))
                continue;
            do
            {
                Add(run.Chunk!, run.First, run.End);
            } while (run.GoOn(Contact));
        }
        return true;
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Take(ReadOnlySpan<byte> contact)
    {
        if (contact.Length > _contact.Length)
            _contact = new byte[contact.Length];
        contact.CopyTo(_contact);
        _length = contact.Length;
        First = long.MaxValue;
        _now = _then = _objectionNow = _objectionThen = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Add(Chunk chunk, int first, int end)
    {
        unchecked
        {
            var instants = chunk.Span<long>(1);
            var granted = chunk.Span<byte>(3);
            for (var row = first; row < end; row++)
            {
                var at = instants[row];
                First = Math.Min(First, at);
                var purpose = chunk.TextBytes(2, row);
                var isGranted = granted[row] != 0 && !chunk.IsNull(3, row);
                if (purpose.SequenceEqual(_purpose))
                    Add(ref _now, ref _then, at, !isGranted);
                else if (purpose.SequenceEqual("objection"u8))
                    Add(ref _objectionNow, ref _objectionThen, at, isGranted || chunk.IsNull(3, row));
            }
        }
    }

    void Add(ref Verdict now, ref Verdict then, long at, bool restricts)
    {
        now = now.After(at, restricts);
        if (at < _asOf)
            then = then.After(at, restricts);
    }

    /// <summary>The latest of some statements.</summary>
    readonly record struct Verdict(bool Made, long At, bool Restricts)
    {
        public Verdict After(long at, bool restricts) =>
            !Made || at > At ? new(true, at, restricts)
            : at == At ? this with { Restricts = Restricts || restricts }
            : this;
    }
}
