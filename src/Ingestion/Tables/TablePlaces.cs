namespace LeadScoring.Ingestion.Tables;

/// <summary>Where in a file the columns stand that play a part.</summary>
sealed class TablePlaces
{
    /// <exception cref="IngestionException">A named column is not there, or time is named twice.</exception>
    public TablePlaces(TableFile file, TableColumns columns)
    {
        int? Place(string? name, string part) => name is null ? null : file.Place(name, part);

        Label = Place(columns.Label, "label");
        Weight = Place(columns.Weight, "weight");
        Time = Place(columns.Time, "time");
        Id = Place(columns.Id, "id");
        if (columns is { FileOrder: true, Time: { } time })
            throw new IngestionException($"Time is both the column '{time}' and the order of the file; choose one.");
        var taken = columns.Drop.Select(drop => file.Place(drop, "columns to drop")).ToHashSet();
        taken.UnionWith(new[] { Label, Weight, Time, Id }.OfType<int>());
        Features = [.. Enumerable.Range(0, file.Columns.Count).Where(column => !taken.Contains(column))];
    }

    public int? Label { get; }

    public int? Weight { get; }

    public int? Time { get; }

    public int? Id { get; }

    /// <summary>All others.</summary>
    public IReadOnlyList<int> Features { get; }
}
