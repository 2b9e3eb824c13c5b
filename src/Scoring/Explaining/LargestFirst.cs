namespace LeadScoring.Scoring.Explaining;

/// <summary>Picks the few contributions of largest magnitude.</summary>
static class LargestFirst
{
    /// <param name="best">Filled with their places, largest first, ties by place, none of 0.</param>
    /// <returns>How many were found, at most as many as fit.</returns>
    public static int Pick(ReadOnlySpan<double> contributions, Span<int> best)
    {
        var found = 0;
        for (var f = 0; f < contributions.Length; f++)
        {
            var size = Math.Abs(contributions[f]);
            if (size == 0 || (found == best.Length && (found == 0 || size <= Math.Abs(contributions[best[^1]]))))
                continue;
            var place = found < best.Length ? found++ : found - 1;
            for (; place > 0 && Math.Abs(contributions[best[place - 1]]) < size; place--)
                best[place] = best[place - 1];
            best[place] = f;
        }
        return found;
    }
}
