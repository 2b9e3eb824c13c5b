namespace LeadScoring.Synthetic.Truth;

/// <summary>How well a score ranks: the area under the ROC curve.</summary>
static class RankQuality
{
    /// <summary>P(score of a positive > score of a negative), ties counting half (Mann-Whitney); NaN without both kinds.</summary>
    public static double Auc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        var keys = scores.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(keys, order);
        double rankSum = 0;
        long positives = 0;
        for (var from = 0; from < keys.Length; )
        {
            var to = from;
            long among = 0;
            for (; to < keys.Length && keys[to] == keys[from]; to++)
                among += positive[order[to]] ? 1 : 0;
            // Tied rows share the mean of their ranks from + 1 .. to.
            rankSum += among * ((from + 1 + to) / 2.0);
            positives += among;
            from = to;
        }
        var negatives = keys.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
