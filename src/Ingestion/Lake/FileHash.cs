using System.Security.Cryptography;

namespace LeadScoring.Ingestion;

/// <summary>SHA-256 of a file's bytes, 64 hex digits.</summary>
static class FileHash
{
    public static string OfNothing { get; } = Convert.ToHexStringLower(SHA256.HashData([]));

    public static string Sha256(string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = File.OpenRead(path);
        var buffer = new byte[1 << 17];
        for (int read; (read = stream.Read(buffer)) > 0; )
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, read));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
