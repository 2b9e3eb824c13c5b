using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Store;

/// <summary>Where a contact gets its mail. Its text tells neither the address nor the contact, so that no log does.</summary>
/// <param name="Address">As mail is sent to it.</param>
/// <param name="Language">Two letters; null when no source told it.</param>
public sealed record ContactAddress(ContactId Contact, string Address, string? Language)
{
    public override string ToString() => $"an address in language {Language ?? "unknown"}";
}

/// <summary>An address as a source told it. Its text tells nothing of it.</summary>
/// <param name="Subject">The lake's name for it: the salted hash.</param>
/// <param name="SeenAt">UTC; of two addresses of a contact the later is written to.</param>
/// <param name="Contact">Whose it is; null when not known yet.</param>
public sealed record SeenAddress(
    string Subject,
    string Address,
    string? Language,
    DateTime SeenAt,
    ContactId? Contact = null
)
{
    public override string ToString() => $"an address seen {StoreText.Instant(SeenAt)}";
}
