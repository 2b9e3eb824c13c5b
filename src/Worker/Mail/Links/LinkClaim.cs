using System.Text;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>What a link says once its signature holds.</summary>
/// <param name="Answer">Null for the link that stops further messages.</param>
/// <param name="FollowUp">Idempotency key of the follow-up that the link was sent with.</param>
/// <param name="Expires">Last day it is taken; the stopping link is taken for ever.</param>
public sealed record LinkClaim(
    Answer? Answer,
    ContactId Contact,
    string FollowUp,
    int Municipality,
    string Language,
    DateOnly Expires
)
{
    const byte Version = 1;

    /// <summary>Stands where an answer would.</summary>
    const byte Stops = 0;

    public bool IsTakenOn(DateOnly day) => Answer is null || day <= Expires;

    internal byte[] Bytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            // A key begins with its contact; leaving that out keeps the link short.
            var begins = FollowUp.StartsWith(Contact.Value, StringComparison.Ordinal);
            writer.Write(Version);
            writer.Write(Answer is { } answer ? (byte)answer : Stops);
            writer.Write7BitEncodedInt(Municipality);
            writer.Write7BitEncodedInt(Expires.DayNumber);
            writer.Write(Language);
            writer.Write(Contact.Value);
            writer.Write(begins);
            writer.Write(begins ? FollowUp[Contact.Value.Length..] : FollowUp);
        }
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Bytes"/> wrote; null for the bytes of another release.</summary>
    internal static LinkClaim? Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadByte() != Version)
            return null;
        var answer = reader.ReadByte();
        var municipality = reader.Read7BitEncodedInt();
        var expires = DateOnly.FromDayNumber(reader.Read7BitEncodedInt());
        var language = reader.ReadString();
        var contact = reader.ReadString();
        var begins = reader.ReadBoolean();
        var followUp = reader.ReadString();
        return new LinkClaim(
            answer == Stops ? null : (Answer)answer,
            new ContactId(contact),
            begins ? contact + followUp : followUp,
            municipality,
            language,
            expires
        );
    }
}
