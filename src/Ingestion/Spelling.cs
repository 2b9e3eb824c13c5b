namespace LeadScoring.Ingestion;

/// <summary>Finds the name that was probably meant.</summary>
public static class Spelling
{
    /// <summary><c>; did you mean 'x'?</c> when a candidate is close to the name, else nothing.</summary>
    public static string DidYouMean(string name, IEnumerable<string> candidates) =>
        Nearest(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The candidate with the fewest edits, if at most a third of the name's letters differ, whatever their case.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (candidate, edits: Edits(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(c => c.edits)
            .ThenBy(c => c.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.candidate is not null && best.edits <= Limit(name) ? best.candidate : null;
    }

    // two letters of a short name, so that swapped ones are found
    static int Limit(string name) => name.Length < 4 ? 1 : Math.Max(2, name.Length / 3);

    // Levenshtein distance, one row at a time
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[to.Length];
    }
}
