using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Steps.Ahead;

/// <summary>From where on something is new to a look between nights.</summary>
/// <param name="Files">No file of the lake from up to this generation holds anything new.</param>
/// <param name="Generation">What came later is new.</param>
/// <param name="Since">So is what happened or became known from this instant (UTC) on.</param>
/// <param name="Until">What happened or became known from this instant (UTC) on is not seen yet.</param>
sealed record LookSpan(int Files, int Generation, DateTime Since, DateTime Until)
{
    /// <summary>What a look now is to see, after the last night and the last look.</summary>
    /// <remarks>
    /// Before the day's own night is over, no more than that night is going to see: it must not find a contact where it
    /// would not have put it. Facts from after midnight that were ingested before the night are therefore looked for in the
    /// files of the time since the last look that has seen all.
    /// </remarks>
    /// <param name="dayOf">The instant with which a day begins.</param>
    public static LookSpan Of(
        Watermark night,
        AheadLook? last,
        DateOnly today,
        DateTime now,
        Func<DateOnly, DateTime> dayOf
    )
    {
        var until = today > night.AsOf ? dayOf(today) : now;
        return last is { } look && look.Day == look.Night && IsOf(look, night)
            ? new(look.Complete, look.Complete, until, until)
            : new(Math.Min(last?.Complete ?? -1, night.Generation), night.Generation, dayOf(night.AsOf), until);
    }

    /// <summary>Whether a look went on from this night.</summary>
    public static bool IsOf(AheadLook look, Watermark night) =>
        look.Night == night.AsOf && look.NightGeneration == night.Generation;
}

/// <summary>Finds the contacts that have said something since a look, without reading what is not new.</summary>
static class NewWords
{
    public static IReadOnlyList<ContactId> Read(
        Lake lake,
        SignalVocabulary vocabulary,
        LookSpan span,
        CancellationToken cancellation
    )
    {
        var fresh = lake.Since(span.Files);
        var heard = new List<ContactId>();
        using var database = Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        using var connection = database.Connect();
        foreach (var bucket in fresh.Manifest.Files.Where(IsRead).Select(file => file.Bucket).Distinct().Order())
        {
            LakeViews.Create(connection, fresh, bucket);
            using var rows = connection.Query(
                "new_words.sql",
                WorkerSql.Of("Steps.Ahead.new_words"),
                cancellation,
                ("generation", span.Generation),
                ("since", span.Since),
                ("until", span.Until),
                ("traces", Codes(lake.Dictionary, vocabulary.Said)),
                ("outcomes", string.Join('\n', vocabulary.Said))
            );
            while (rows.Next() is { } chunk)
                for (var row = 0; row < chunk.Count; row++)
                    heard.Add(new(chunk.Text(0, row)!));
        }
        heard.Sort();
        return heard;
    }

    static bool IsRead(LakeFile file) => file.Table is LakeTable.Traces or LakeTable.Outcomes or LakeTable.Consents;

    /// <summary>As <c>3,5</c>; a code that no trace has when the lake knows none of the kinds.</summary>
    static string Codes(LakeDictionary dictionary, IReadOnlyList<string> kinds)
    {
        var codes = kinds.Select(kind => dictionary.KindCode(kind)).OfType<ushort>().ToList();
        return codes.Count == 0 ? "0" : string.Join(',', codes);
    }
}
