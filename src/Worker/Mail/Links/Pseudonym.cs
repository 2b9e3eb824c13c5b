using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>Keyed hashes under which the mail folder knows contacts and addresses, so that it holds neither.</summary>
public sealed class Pseudonym
{
    const int Bytes = 16;

    readonly byte[] _address;
    readonly byte[] _contact;

    public Pseudonym(LinkSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _contact = secret.KeyFor("contact");
        _address = secret.KeyFor("address");
    }

    public string Of(ContactId contact) => Hash(_contact, contact.Value);

    /// <summary>Of an e-mail address, however it is capitalised.</summary>
    public string OfAddress(string address) => Hash(_address, address.Trim().ToLowerInvariant());

    static string Hash(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(..Bytes));
}
