namespace LeadScoring.Ingestion.Addresses;

/// <summary>An e-mail address that a new row of the register, or a tie, gives. Its text tells nothing of it.</summary>
/// <param name="Subject">The lake's name for it: the salted hash.</param>
/// <param name="Address">In small letters, without spaces around it.</param>
/// <param name="Language">Two letters, by the row's language or else its country; null when it tells neither.</param>
/// <param name="At">When the row was written (UTC).</param>
public sealed record GivenAddress(string Subject, string Address, string? Language, DateTime At)
{
    public override string ToString() => nameof(GivenAddress);
}

/// <summary>An address that is kept outside the lake, without the address itself.</summary>
/// <param name="Contact">Whose it was thought to be; null when that was never worked out.</param>
/// <param name="TakenOn">The day on which it was last given.</param>
public readonly record struct KeptAddress(string Subject, string? Contact, DateOnly TakenOn);

/// <summary>Whose an address is now.</summary>
/// <param name="Contact">Null when it is nobody's, or of somebody who wants no messages: it is not kept.</param>
public readonly record struct OwnedAddress(string Subject, string? Contact);
