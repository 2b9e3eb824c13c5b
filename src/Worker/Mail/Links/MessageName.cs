using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>A message's name in headers, envelopes and file names: the same for the same idempotency key, and nobody else's.</summary>
/// <param name="Hex">32 hex digits: 96 bits that stand for the key, and 32 that show that this home made them.</param>
public readonly record struct MessageName(string Hex)
{
    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    const int Digits = 32;
    const int Key = 12;
    const int Check = 4;

    public static MessageName Of(string idempotencyKey, LinkSecret secret)
    {
        var key = HMACSHA256.HashData(secret.KeyFor("message"), Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(..Key);
        return new MessageName(Convert.ToHexStringLower([.. key, .. CheckOf(key, secret)]));
    }

    /// <summary>The name within a Message-ID or the local part of an envelope's sender; null when it is none of this home's.</summary>
    public static MessageName? Find(string text, LinkSecret secret)
    {
        for (var start = 0; start + Digits <= text.Length; start++)
        {
            var candidate = text.AsSpan(start, Digits);
            if (candidate.ContainsAnyExcept(Hexadecimal))
                continue;
            var bytes = Convert.FromHexString(candidate);
            if (CryptographicOperations.FixedTimeEquals(CheckOf(bytes.AsSpan(..Key), secret), bytes.AsSpan(Key..)))
                return new MessageName(candidate.ToString());
        }
        return null;
    }

    public override string ToString() => Hex;

    static byte[] CheckOf(ReadOnlySpan<byte> key, LinkSecret secret) =>
        HMACSHA256.HashData(secret.KeyFor("message check"), key)[..Check];
}
