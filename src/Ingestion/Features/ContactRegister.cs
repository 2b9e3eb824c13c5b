using System.Runtime.CompilerServices;
using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Features;

/// <summary>The contacts of one bucket that may be profiled, with what the register and the municipalities say of them.</summary>
/// <remarks>
/// All tables of a bucket are sorted by contact, so one walk over their runs side by side meets what belongs together,
/// and no more than a contact is held.
/// </remarks>
sealed class ContactRegister : IDisposable
{
    readonly ConsentStatements _consents;
    readonly List<SortedRun> _versions = [];
    readonly List<SortedRun> _outcomes = [];
    readonly RegisteredContact _contact = new();
    readonly Words _countries;
    readonly Words _languages;
    readonly Action<RegisteredContact, Chunk, int> _addVersion;

    /// <param name="asOf">The run's instant: consents and outcomes as known then.</param>
    public ContactRegister(
        Database database,
        Lake lake,
        int bucket,
        DateTime asOf,
        (Words Countries, Words Languages) words,
        CancellationToken cancellation
    )
    {
        (_addVersion, _countries, _languages) = (AddVersion, words.Countries, words.Languages);
        var consents = lake.Files(LakeTable.Consents, bucket);
        _consents = new ConsentStatements(database, consents, "profiling", Time.Microseconds(asOf), cancellation);
        try
        {
            foreach (var file in lake.Files(LakeTable.Contacts, bucket))
                _versions.Add(new SortedRun(database, "ContactVersions", file, cancellation));
            foreach (var file in lake.Files(LakeTable.Outcomes, bucket))
                _outcomes.Add(new SortedRun(database, "Outcomes", file, cancellation, ("as_of", asOf)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>UTF-8 bytes of the contact at hand.</summary>
    public ReadOnlySpan<byte> Key => _consents.Contact;

    /// <summary>The next contact in the order of UTF-8 bytes, valid until the one after it; null at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RegisteredContact? Next()
    {
        while (_consents.Next())
        {
            if (!_consents.Consents)
                continue;
            _contact.Become(Key, _consents.First);
            if (Gather(_versions, _addVersion))
                _contact.Versions.Sort((one, other) => one.At.CompareTo(other.At));
            if (Gather(_outcomes, AddOutcome))
                _contact.Outcomes.Sort((one, other) => one.At.CompareTo(other.At));
            return _contact;
        }
        return null;
    }

    public void Dispose()
    {
        _consents.Dispose();
        foreach (var run in _versions)
            run.Dispose();
        foreach (var run in _outcomes)
            run.Dispose();
    }

    /// <returns>True when rows came from several runs, so that they may be out of order.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Gather(List<SortedRun> runs, Action<RegisteredContact, Chunk, int> add)
    {
        var having = 0;
        foreach (var run in runs)
        {
            if (!run.MoveTo(Key))
                continue;
            having++;
            do
            {
                for (var row = run.First; row < run.End; row++)
                    add(_contact, run.Chunk!, row);
            } while (run.GoOn(Key));
        }
        return having > 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddVersion(RegisteredContact contact, Chunk chunk, int row) =>
        contact.Versions.Add(
            new ContactVersion(
                chunk.Span<long>(1)[row],
                _countries.Of(chunk.TextBytes(2, row)),
                _languages.Of(chunk.TextBytes(3, row)),
                chunk.IsNull(4, row) ? null : chunk.Span<int>(4)[row],
                chunk.IsNull(5, row) ? null : chunk.Span<int>(5)[row],
                chunk.Span<long>(6)[row]
            )
        );

    static void AddOutcome(RegisteredContact contact, Chunk chunk, int row) =>
        contact.Outcomes.Add(
            new ContactOutcome(chunk.Span<long>(1)[row], chunk.Span<long>(2)[row], chunk.Text(3, row) ?? "")
        );
}
