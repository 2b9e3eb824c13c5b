using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Learning;

/// <summary>Which part a contact plays in finding out what works.</summary>
public enum Part
{
    /// <summary>Treated as the likelihood says.</summary>
    Usual,

    /// <summary>Never contacted and never listed: what it does, it does by itself.</summary>
    HeldOut,

    /// <summary>May get a place from the small share kept for those whom the likelihood would give none.</summary>
    Explored,
}

/// <summary>Draws a contact's part from the seed alone, so that it is the same every night and on every machine.</summary>
/// <remarks>
/// The draw of a contact depends on no other contact and on no share: u(seed, municipality, stage, contact) is uniform
/// in [0, 1) (the first 53 bits of a SHA-256), and whoever lies below the share is drawn. A larger share keeps all whom a
/// smaller one drew. A contact that changes stage or municipality is drawn anew.
/// </remarks>
public static class Draw
{
    /// <summary>The contact's part in the dialogue of this municipality in this stage.</summary>
    /// <param name="policy">The municipality's policy, whose shares are used.</param>
    /// <param name="seed">The home's seed.</param>
    public static Part Of(ContactId contact, Stage stage, Policy policy, int seed)
    {
        if (!IsDrawnFrom(stage))
            return Part.Usual;
        return IsHeldOut(contact, stage, policy, seed) ? Part.HeldOut
            : IsTried(contact, stage, policy, seed) ? Part.Explored
            : Part.Usual;
    }

    /// <summary>Whether the contact is left alone by this municipality in this stage.</summary>
    public static bool IsHeldOut(ContactId contact, Stage stage, Policy policy, int seed) =>
        IsDrawnFrom(stage) && Uniform("hold_out", contact, stage, policy.Municipality, seed) < policy.HoldOut;

    /// <summary>
    /// Whether it would be explored were it not held out: the two draws are independent, so those who are both are to those
    /// who are explored what the held out are to the contacted.
    /// </summary>
    internal static bool IsTried(ContactId contact, Stage stage, Policy policy, int seed) =>
        IsDrawnFrom(stage) && Uniform("exploration", contact, stage, policy.Municipality, seed) < policy.Exploration;

    /// <summary>In whose order the explored of a municipality get its explored places of a week; another order each week.</summary>
    internal static double Turn(ContactId contact, int municipality, IsoWeek week, int seed) =>
        Uniform(string.Create(CultureInfo.InvariantCulture, $"turn/{seed}/{municipality}/{week}/{contact}"));

    /// <summary>
    /// Nobody in Action is drawn: whoever has said yes, asked again or talked to an officer is owed an answer. Nor is
    /// anybody whose dialogue is over.
    /// </summary>
    public static bool IsDrawnFrom(Stage stage) =>
        stage is Stage.Attention or Stage.Interest or Stage.Desire or Stage.Dormant;

    static double Uniform(string purpose, ContactId contact, Stage stage, int municipality, int seed)
    {
        // The contact's id may hold anything, so it stands last.
        return Uniform(
            string.Create(CultureInfo.InvariantCulture, $"{purpose}/{seed}/{municipality}/{stage}/{contact}")
        );
    }

    static double Uniform(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1L << 53));
    }
}
