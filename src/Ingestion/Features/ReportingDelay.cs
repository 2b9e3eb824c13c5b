namespace LeadScoring.Ingestion.Features;

/// <summary>By how many days positive outcomes are reported late, as a home's own outcomes tell.</summary>
/// <remarks>
/// The days within which nine of ten known outcomes were reported. A horizon that ended less than that ago is open: who
/// moved in its last weeks is often not known yet, and would be learnt from as one who stayed. The tenth that comes
/// later still is lost only where it fell into those last weeks. Outcomes without a day of report count as 0 days late.
/// </remarks>
static class ReportingDelay
{
    /// <summary>Fewer known outcomes tell nothing: 0 days.</summary>
    const int LeastOutcomes = 20;

    /// <param name="asOf">Only what was known before it (UTC) is looked at.</param>
    public static int Days(Lake lake, LabelSettings label, DateTime asOf, CancellationToken cancellation)
    {
        if (label.ReportingDelayDays is { } given)
            return given;
        var files = lake.Files(LakeTable.Outcomes);
        if (files.Count == 0)
            return 0;
        using var database = FeatureSql.OpenDatabase();
        using var connection = database.Connect();
        using var result = FeatureSql.Query(
            connection,
            "ReportingDelay",
            files,
            cancellation,
            ("as_of", asOf),
            ("kinds", string.Join('\n', label.Positive))
        );
        return result.Next() is { } chunk && chunk.Span<long>(0)[0] >= LeastOutcomes ? (int)chunk.Span<long>(1)[0] : 0;
    }
}
