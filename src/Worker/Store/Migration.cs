using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadScoring.Worker.Store;

/// <summary>One numbered step of the store's schema; once released it is never edited, only followed by another.</summary>
/// <param name="Checksum">SHA-256 of the text with LF line ends, lower-case hex.</param>
sealed record Migration(int Number, string Name, string Text, string Checksum)
{
    /// <summary>From a file name without its ending, <c>0001_funnel</c>, and its text.</summary>
    public static Migration Of(string name, string text)
    {
        var number = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        var normalised = text.ReplaceLineEndings("\n");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised)));
        return new(number, name, text, checksum);
    }
}
