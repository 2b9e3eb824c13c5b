namespace LeadScoring.Ingestion.Addresses;

/// <summary>What keeps the e-mail addresses, of which the lake has salted hashes only.</summary>
/// <remarks>
/// Both are called by whoever holds the lake's lock. Addresses are taken before the rows that gave them are shown, so
/// that a crash between the two loses none; one whose rows were then never shown is nobody's and goes when the owners
/// are settled the next time.
/// </remarks>
/// <param name="Take">Takes the addresses of an ingest, each once; called again with the same ones after a crash.</param>
/// <param name="Settle">Called at the end of every change of the lake, also of one that found nothing new.</param>
public sealed record AddressKeeping(
    Action<IEnumerable<GivenAddress>> Take,
    Action<AddressOwners, CancellationToken> Settle
);
