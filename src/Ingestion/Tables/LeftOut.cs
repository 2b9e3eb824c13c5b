using System.Globalization;

namespace LeadScoring.Ingestion.Tables;

/// <summary>Columns that a model does not learn from, told in a few lines however many they are.</summary>
sealed class LeftOut
{
    /// <summary>Beyond this many of one kind there is one line for all.</summary>
    public const int MostLines = 10;

    const int NamedOfMany = 3;

    readonly SortedDictionary<int, (string Name, string Why, string WhyMany)> _columns = [];

    /// <param name="place">Where the column stands in the file.</param>
    public void Empty(int place, string name) => _columns.Add(place, (name, "it is empty", "they are empty"));

    public void Constant(int place, string name) =>
        _columns.Add(place, (name, "it has one value only", "they have one value only"));

    /// <param name="different">Different texts, or one more than are counted.</param>
    public void NoCategory(int place, string name, int different)
    {
        var more = different > LevelColumn.MostLevels ? "more than " : "";
        var count = Math.Min(different, LevelColumn.MostLevels).ToString(CultureInfo.InvariantCulture);
        var why = $"{more}{count} different texts look like an id or free text";
        _columns.Add(place, (name, why, "their texts look like ids or free text"));
    }

    /// <summary>A line a column in the file's order; one for all of a kind of which there are many.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            var kinds = _columns.Values.ToLookup(
                column => column.WhyMany,
                column => column.Name,
                StringComparer.Ordinal
            );
            return
            [
                .. _columns
                    .Values.Where(column => kinds[column.WhyMany].Count() <= MostLines)
                    .Select(column => $"'{column.Name}' is left out: {column.Why}"),
                .. kinds.Where(kind => kind.Count() > MostLines).Select(kind => Many(kind.Key, [.. kind])),
            ];
        }
    }

    static string Many(string why, string[] names)
    {
        var named = string.Join(", ", names.Take(NamedOfMany).Select(name => $"'{name}'"));
        return $"{names.Length} columns are left out, {why}: {named} and {names.Length - NamedOfMany} more";
    }
}
