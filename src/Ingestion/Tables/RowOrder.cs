namespace LeadScoring.Ingestion.Tables;

/// <summary>The order of rows by instant and then by name; rows alike in both stay in the file's order.</summary>
static class RowOrder
{
    /// <summary>The rows in their order, or null when they are in it already, which most files are.</summary>
    /// <param name="names">Names of the rows, null when the file's order is that of the names.</param>
    public static int[]? Of(DateTime[] instants, string[]? names)
    {
        if (IsSorted(instants, names))
            return null;
        var (ticks, order) = (new long[instants.Length], new int[instants.Length]);
        for (var row = 0; row < order.Length; row++)
            (ticks[row], order[row]) = (instants[row].Ticks, row);
        Array.Sort(ticks, order);
        // rows of one instant lie together now, in no order of their own
        for (var (from, until) = (0, 1); from < order.Length; from = until++)
        {
            while (until < order.Length && ticks[until] == ticks[from])
                until++;
            order.AsSpan(from..until).Sort((a, b) => Compare(names, a, b));
        }
        return order;
    }

    /// <summary>Puts the values of rows into an order.</summary>
    public static T[] Ordered<T>(T[] values, int[] order)
    {
        var ordered = new T[values.Length];
        for (var row = 0; row < ordered.Length; row++)
            ordered[row] = values[order[row]];
        return ordered;
    }

    static bool IsSorted(DateTime[] instants, string[]? names)
    {
        for (var row = 1; row < instants.Length; row++)
        {
            if (instants[row] < instants[row - 1])
                return false;
            if (instants[row] == instants[row - 1] && Compare(names, row, row - 1) < 0)
                return false;
        }
        return true;
    }

    static int Compare(string[]? names, int a, int b)
    {
        var byName = names is null ? 0 : string.CompareOrdinal(names[a], names[b]);
        return byName != 0 ? byName : a.CompareTo(b);
    }
}
