using System.Security.Cryptography;
using System.Text;

namespace LeadScoring.Ingestion;

/// <summary>The home's secret that is hashed together with addresses: 32 hex digits in the file <c>salt</c>.</summary>
static class Salt
{
    /// <summary>Reads the salt, or makes one for a lake that is still empty.</summary>
    /// <exception cref="IngestionException">It is missing although there is a lake, or is no salt.</exception>
    public static string Of(LakeLayout layout, Manifest manifest)
    {
        if (!File.Exists(layout.SaltFile))
        {
            if (manifest.Generation > 0)
            {
                throw new IngestionException(
                    $"{layout.SaltFile} is missing, but the lake's addresses were hashed with it. Put it back from a copy, "
                        + "or remove the folder lake/ and ingest the inbox again."
                );
            }
            AtomicFile.Write(
                layout.SaltFile,
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + "\n")
            );
        }
        var salt = File.ReadAllText(layout.SaltFile).Trim();
        return salt.Length == 32 && salt.All(char.IsAsciiHexDigit)
            ? salt
            : throw new IngestionException(
                $"{layout.SaltFile} holds {salt.Length} characters, expected 32 hex digits."
            );
    }
}
