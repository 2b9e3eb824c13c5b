namespace LeadScoring.Ingestion.Tables;

/// <summary>Says which columns of a table hold levels that the model does not know.</summary>
static class UnknownLevels
{
    public static IEnumerable<string> Warnings(IReadOnlyCollection<KnownLevels> columns)
    {
        KnownLevels[] found = [.. columns.Where(column => column.Unknown > 0)];
        if (found.Length <= LeftOut.MostLines)
            return found.Select(One);
        var named = string.Join(", ", found.Take(3).Select(column => $"'{column.Name}'"));
        return
        [
            $"{found.Length} columns have levels that the model does not know; they count as missing: {named} and "
                + $"{found.Length - 3} more",
        ];
    }

    static string One(KnownLevels column)
    {
        var more = column.Unknown == KnownLevels.MostUnknown ? " or more" : "";
        return $"'{column.Name}' has {column.Unknown}{more} levels that the model does not know; they count as missing";
    }
}
