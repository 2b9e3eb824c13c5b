using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadScoring.Ingestion;

/// <summary>Whether anything in an inbox is otherwise than before, told without opening a file.</summary>
public static class InboxGlance
{
    /// <summary>A hash of the names, sizes and times of writing of all files; 64 hex digits.</summary>
    public static string Of(string home)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in InboxFile.List(LakeLayout.Of(home), []))
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{file.Relative}\n{file.Bytes} {file.Written.Ticks}\n")
                )
            );
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
