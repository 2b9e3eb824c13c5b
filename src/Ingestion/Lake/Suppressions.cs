using System.Security.Cryptography;
using System.Text;

namespace LeadScoring.Ingestion;

/// <summary>What a home keeps of those it has erased: salted hashes of their ids, addresses and devices, in the file <c>suppressions</c>.</summary>
/// <remarks>
/// It belongs to the home and not to the lake, so that a lake that is made anew, or put back from a copy, is kept clean
/// as well. The manifest says which state of it the lake was cleaned with.
/// </remarks>
/// <param name="Hashes">Hex digits, in ordinal order.</param>
sealed record Suppressions(IReadOnlySet<string> Hashes)
{
    /// <summary>Names the state of the list; null for an empty one.</summary>
    public string? State => Hashes.Count == 0 ? null : Hash(string.Concat(Hashes.Order(StringComparer.Ordinal)))[..16];

    /// <exception cref="IngestionException">The file holds something else.</exception>
    public static Suppressions Read(LakeLayout layout)
    {
        if (!File.Exists(layout.SuppressionsFile))
            return new(new HashSet<string>(StringComparer.Ordinal));
        var lines = File.ReadAllLines(layout.SuppressionsFile);
        var wrong = Array.FindIndex(lines, line => line.Length != 64 || !line.All(char.IsAsciiHexDigitLower));
        return wrong < 0
            ? new(lines.ToHashSet(StringComparer.Ordinal))
            : throw new IngestionException(
                $"{layout.SuppressionsFile} line {wrong + 1} is no hash of an erased contact, expected 64 hex digits. "
                    + "Put the file back from a copy."
            );
    }

    public Suppressions With(IEnumerable<string> hashes) =>
        new(Hashes.Concat(hashes).ToHashSet(StringComparer.Ordinal));

    public void Write(LakeLayout layout) =>
        AtomicFile.Write(
            layout.SuppressionsFile,
            Encoding.ASCII.GetBytes(string.Concat(Hashes.Order(StringComparer.Ordinal).Select(hash => hash + "\n")))
        );

    /// <summary>Of a contact's id.</summary>
    public static string OfContact(string salt, string contact) => OfSubject(salt, $"c:{contact}");

    /// <summary>Of a subject; as the macro <c>erased_key</c>.</summary>
    public static string OfSubject(string salt, string subject) => Hash($"{salt}erased {subject}");

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
