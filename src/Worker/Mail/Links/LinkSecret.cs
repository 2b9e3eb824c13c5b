using System.Security.Cryptography;
using System.Text;
using LeadScoring.Ingestion;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>The home's secret for links and for pseudonyms in the mail folder: 64 hex digits in <c>mail/key</c>.</summary>
/// <remarks>
/// It is not the salt of the lake, so that a new lake does not break the links that are out. Each use has a key of its
/// own, derived with HKDF (RFC 5869). Whoever removes the file invalidates every link and forgets every stop.
/// </remarks>
public sealed class LinkSecret
{
    const int Bytes = 32;

    readonly byte[] _secret;

    public LinkSecret(ReadOnlySpan<byte> secret) => _secret = secret.ToArray();

    /// <summary>Reads the secret, or makes one for a home that has none.</summary>
    /// <exception cref="WorkerException">The file is no secret.</exception>
    public static LinkSecret Of(string home)
    {
        var path = Path.Combine(home, "mail", "key");
        if (!File.Exists(path))
            Make(path);
        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigit)
            ? new LinkSecret(Convert.FromHexString(text))
            : throw WorkerException.Of(
                path,
                $"{text.Length} characters",
                "64 hex digits",
                "put the file back from a copy; a new one invalidates all links that are out"
            );
    }

    /// <summary>The key of one use.</summary>
    internal byte[] KeyFor(string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Bytes, info: Encoding.UTF8.GetBytes(use));

    // Two processes may come here at once: the first file stays, and both read it.
    static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var mine = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        AtomicFile.Write(
            mine,
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)) + "\n")
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(mine, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            File.Move(mine, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(mine);
        }
    }
}
