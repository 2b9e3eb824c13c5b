using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LeadScoring.Ingestion;

/// <summary>Finds erased contacts in the text of rows: by their ids, devices, e-mail addresses and telephone numbers.</summary>
/// <param name="isErased">Whether a key (<c>c:</c> and an id, or a subject) is an erased contact's.</param>
sealed partial class ErasedText(string salt, Func<string, bool> isErased)
{
    /// <summary>Of everybody on the list of a home.</summary>
    public static ErasedText Of(string salt, Suppressions suppressions) =>
        new(salt, key => suppressions.Hashes.Contains(Suppressions.OfSubject(salt, key)));

    /// <summary>Whether a value of the row names one of them.</summary>
    public bool Names(string text) =>
        ValuePattern().Matches(text).Any(match => IsErased(match.Value.Trim(' ', ':', '\'')));

    /// <summary>Empties the text of rejected rows that name somebody who was erased; line and reason stay.</summary>
    public static void Scrub(
        LakeLayout layout,
        Manifest manifest,
        string salt,
        Suppressions suppressions,
        CancellationToken cancellation
    )
    {
        var erased = Of(salt, suppressions);
        foreach (var path in manifest.Batches.Select(batch => batch.Rejects).OfType<string>().Select(layout.InLake))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(path))
                continue; // leads doctor tells
            var lines = File.ReadAllLines(path);
            var scrubbed = Array.ConvertAll(lines, erased.WithoutText);
            if (!lines.SequenceEqual(scrubbed, StringComparer.Ordinal))
                AtomicFile.Write(path, Encoding.UTF8.GetBytes(string.Concat(scrubbed.Select(line => line + "\n"))));
        }
    }

    string WithoutText(string line)
    {
        using var row = JsonDocument.Parse(line);
        return Names(row.RootElement.GetProperty("text").GetString()!)
            ? RejectsFile.Line(
                row.RootElement.GetProperty("file").GetString()!,
                row.RootElement.GetProperty("line").GetInt64(),
                row.RootElement.GetProperty("reason").GetString()!,
                text: ""
            )
            : line;
    }

    bool IsErased(string value)
    {
        if (value.Length == 0)
            return false;
        if (isErased($"c:{value}") || isErased($"v:{value}"))
            return true;
        if (value.Contains('@', StringComparison.Ordinal))
            return isErased($"e:{Hash(value.ToLowerInvariant())}");
        return value.Count(char.IsAsciiDigit) >= 7 && isErased($"p:{Hash(Phone(value))}");
    }

    /// <summary>As the macro <c>phone_subject</c>.</summary>
    static string Phone(string value)
    {
        var digits = string.Concat(value.Where(sign => char.IsAsciiDigit(sign) || sign == '+'));
        return digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}" : digits;
    }

    string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + value)));

    /// <summary>What stands between the signs that part values in CSV and JSON.</summary>
    [GeneratedRegex(@"[^,;\t|""{}\[\]\r\n]+", RegexOptions.None, 10_000)]
    private static partial Regex ValuePattern();
}
