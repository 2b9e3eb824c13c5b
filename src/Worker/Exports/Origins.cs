using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Exports;

/// <summary>Looks up in the lake where the leads of the lists came from, without reading other contacts.</summary>
static class Origins
{
    /// <summary>The least answer that speaks for moving: maybe.</summary>
    const double Maybe = 0.375;

    /// <param name="until">Instant (UTC): nothing of it or after it counts.</param>
    public static IReadOnlyDictionary<ContactId, Origin> Read(
        Lake lake,
        HomeSettings settings,
        IEnumerable<ContactId> contacts,
        DateTime until,
        CancellationToken cancellation
    )
    {
        var vocabulary = SignalVocabulary.With(settings.Signals, settings.Label.Positive, settings.Label.Negative);
        var calendar = new LocalCalendar(settings.TimeZone);
        var found = new Dictionary<ContactId, Origin>();
        using var database = Database.Open(
            ":memory:",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["threads"] = "1" }
        );
        using var connection = database.Connect();
        foreach (var bucket in contacts.Distinct().GroupBy(contact => lake.BucketOf(contact.Value)))
        {
            LakeViews.Create(connection, lake, bucket.Key);
            connection.Execute("asked", "create or replace temp table asked (contact varchar not null)");
            using (var asked = connection.Appender("asked"))
                foreach (var contact in bucket)
                    asked.Append(contact.Value).EndRow();
            using var rows = connection.Query(
                "origins.sql",
                WorkerSql.Of("Exports.origins"),
                cancellation,
                ("until", until),
                ("inquiries", Codes(lake.Dictionary, vocabulary.Inquiries)),
                ("answers", Codes(lake.Dictionary, vocabulary.Answers)),
                ("least", Maybe)
            );
            while (rows.Next() is { } chunk)
                for (var row = 0; row < chunk.Count; row++)
                    found.Add(new(chunk.Text(0, row)!), Of(chunk, row));
        }
        return found;

        Origin Of(Chunk chunk, int row) =>
            new(
                lake.Dictionary.Kinds[chunk.Span<ushort>(1)[row]],
                lake.Dictionary.Channels[chunk.Span<ushort>(2)[row]],
                chunk.IsNull(3, row) || chunk.Span<double>(3)[row] < 0 ? null : chunk.Span<double>(3)[row],
                calendar.DateOf(Time.Instant(chunk.Span<long>(4)[row]))
            );
    }

    /// <summary>As <c>3,5</c>; a code that no trace has when the lake knows none of the kinds.</summary>
    static string Codes(LakeDictionary dictionary, IReadOnlyList<string> kinds)
    {
        var codes = kinds.Select(kind => dictionary.KindCode(kind)).OfType<ushort>().ToList();
        return codes.Count == 0 ? "0" : string.Join(',', codes);
    }
}
