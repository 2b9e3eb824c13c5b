using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion;

/// <summary>Contacts of a bucket whose rows are looked at together: from one of them to before another, null is open.</summary>
public sealed record BucketPart(string? From, string? Below)
{
    /// <summary>A bucket that is looked at as a whole.</summary>
    public static BucketPart Whole { get; } = new(null, null);

    /// <summary>A contact's rows alone.</summary>
    public static BucketPart Of(string contact) => new(contact, contact + "\u0001");
}

/// <summary>Cuts a bucket into parts of contacts, so that what is worked out of a part at once fits into memory.</summary>
public static class BucketParts
{
    const int Most = 8192; // traces of a file from one contact that is looked at to the next

    /// <summary>Parts in the order of their contacts, with about as many traces each; one when there are no more.</summary>
    /// <param name="traces">Traces of a part, about; a contact's own are never parted.</param>
    public static IReadOnlyList<BucketPart> Of(Connection connection, Lake lake, int bucket, long traces)
    {
        var all = lake.Count(LakeTable.Traces, bucket);
        if (all <= traces)
            return [BucketPart.Whole];
        var contacts = connection.Rows(
            "Lake/BucketParts.sql",
            EmbeddedSql.Read("Lake.BucketParts.sql"),
            (chunk, row) => chunk.Text(0, row)!,
            ("files", Sql.Patterns(lake.Files(LakeTable.Traces, bucket))),
            ("step", (int)Math.Clamp(traces / 8, 1, Most))
        );
        var parts = (int)((all + traces - 1) / traces);
        var edges = Enumerable
            .Range(1, parts - 1)
            .Select(part => (int)((long)part * contacts.Count / parts))
            .Where(place => place < contacts.Count)
            .Select(place => contacts[place])
            .Distinct(StringComparer.Ordinal);
        var cut = new List<BucketPart> { BucketPart.Whole };
        foreach (var edge in edges)
        {
            cut[^1] = cut[^1] with { Below = edge };
            cut.Add(new BucketPart(edge, null));
        }
        return cut;
    }
}
