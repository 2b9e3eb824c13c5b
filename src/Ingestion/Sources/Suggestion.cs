namespace LeadScoring.Ingestion.Sources;

/// <summary>The known word that was probably meant.</summary>
static class Suggestion
{
    /// <summary>" (did you mean 'x'?)", or nothing when no word is near.</summary>
    public static string For(string found, IEnumerable<string> known) =>
        Nearest(found, known) is { } nearest && !string.Equals(nearest, found, StringComparison.Ordinal)
            ? $" (did you mean '{nearest}'?)"
            : "";

    /// <summary>The nearest word, if it is near enough to be meant; only letters and digits count, whatever their case.</summary>
    public static string? Nearest(string found, IEnumerable<string> known) =>
        known
            .Select(word => (Word: word, Distance: Distance(Plain(found), Plain(word))))
            .Where(near => near.Distance <= Math.Max(1, near.Word.Length / 3) && near.Distance < near.Word.Length)
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Word, StringComparer.Ordinal)
            .FirstOrDefault()
            .Word;

    /// <summary>Whether two words have the same letters and digits.</summary>
    public static bool IsSame(string a, string b) => string.Equals(Plain(a), Plain(b), StringComparison.Ordinal);

    static string Plain(string word) => string.Concat(word.ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>Levenshtein's distance: letters to change, add or leave out.</summary>
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
