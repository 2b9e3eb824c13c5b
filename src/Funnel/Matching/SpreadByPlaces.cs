using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>Spreads contacts who have shown nothing in proportion to the weekly places of the municipalities.</summary>
/// <remarks>
/// By the prior all of them would land where most people look anyway and small places would get nobody. Weighted
/// rendezvous hashing (Thaler and Ravishankar 1998): u = hash(contact, municipality) in (0, 1), the order is by
/// -places / ln u, largest first. Chance is the contact's id, so it is the same every night, and a municipality that
/// adds places draws contacts to itself without shuffling the others.
/// </remarks>
static class SpreadByPlaces
{
    public static List<int> Ranked(ContactId contact, IReadOnlyList<int> codes, PolicySet policies) =>
        [
            .. codes
                .OrderByDescending(code => -policies.For(code).WeeklyCapacity / Math.Log(Uniform(contact, code)))
                .ThenBy(code => code),
        ];

    static double Uniform(ContactId contact, int code)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{code:0000}/{contact.Value}"));
        return ((BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) + 0.5) / (1UL << 53);
    }
}
