using LeadScoring.Ingestion.Features;
using static System.FormattableString;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>Holds the latest labelled days back, so that a model is judged on a future it cannot have seen.</summary>
/// <remarks>
/// A label of an as-of day d is known at d + horizon. Training rows therefore have d + horizon &lt;= first test day; the
/// days between are in neither part. The first test day is the one that brings the test rows nearest to a quarter of
/// both parts, among those that leave enough positives to either side where there are such.
/// </remarks>
public static class Backtest
{
    const double TestShare = 0.25;
    const double LargestTestShare = 0.5;

    /// <param name="labelled">Rows with labels 0 or 1 only.</param>
    /// <exception cref="ScoringException">A forced first test day leaves one side without rows of both classes.</exception>
    public static BacktestSplit Split(FeatureTable labelled, TrainModelOptions options)
    {
        if (!options.OrderedByTime)
            return ByContact(labelled, options.Seed, "The rows have no time: test rows were picked by contact (30 %).");
        var horizon = TimeSpan.FromDays(options.Label.HorizonDays);
        if (options.TestFrom is { } from)
            return Forced(labelled, from, horizon);
        var starts = labelled.AsOf.Distinct().Order().Skip(1).ToArray();
        if (starts.Length == 0)
            return ByContact(
                labelled,
                options.Seed,
                "All rows are of one day: test rows were picked by contact (30 %)."
            );
        if (Choose(labelled, starts, horizon, options.MinimumPositives) is { } apart)
            return At(labelled, apart, horizon);
        return Choose(labelled, starts, TimeSpan.Zero, options.MinimumPositives) is { } later
            ? Overlapping(labelled, later, horizon)
            : ByContact(
                labelled,
                options.Seed,
                "No day has both outcomes before and after it: test rows were picked by contact (30 %)."
            );
    }

    static BacktestSplit Forced(FeatureTable labelled, DateTime from, TimeSpan horizon)
    {
        var split = At(labelled, from, horizon);
        if (!BothClasses(labelled, split.Test))
            throw new ScoringException(
                $"The rows from {Day(from)} on, the asked first test day, have no two different labels; "
                    + "choose an earlier day."
            );
        if (BothClasses(labelled, split.Train))
            return split;
        var overlapping = Overlapping(labelled, from, horizon);
        if (!BothClasses(labelled, overlapping.Train))
            throw new ScoringException(
                $"The rows before {Day(from)}, the asked first test day, have no two different labels; "
                    + "choose a later day."
            );
        return overlapping;
    }

    /// <summary>Test from this instant on, training rows whose horizon ends by then.</summary>
    internal static BacktestSplit At(FeatureTable labelled, DateTime from, TimeSpan horizon) =>
        new(
            SplitKind.LaterDays,
            Rows(labelled, asOf => asOf < from && asOf + horizon <= from),
            Rows(labelled, asOf => asOf >= from),
            from,
            []
        );

    static BacktestSplit Overlapping(FeatureTable labelled, DateTime from, TimeSpan horizon)
    {
        var split = At(labelled, from, TimeSpan.Zero);
        var known = split.Train.Select(row => labelled.Contacts[row]).ToHashSet(StringComparer.Ordinal);
        var both = split
            .Test.Select(row => labelled.Contacts[row])
            .Where(known.Contains)
            .Distinct(StringComparer.Ordinal)
            .Count();
        var warning =
            $"The history is shorter than the horizon of {horizon.Days} days allows: horizons of training rows reach past "
            + $"the first test day {Day(from)}. "
            + (
                both == 0
                    ? "No contact is in both parts."
                    : $"{both} contacts are in both parts, so the figures may be too good."
            );
        return split with { Kind = SplitKind.LaterDaysOverlapping, Warnings = [warning] };
    }

    static BacktestSplit ByContact(FeatureTable labelled, int seed, string warning)
    {
        var test = ContactDeal
            .Deal(labelled, seed)
            .Where((_, place) => place % 10 is 0 or 3 or 6)
            .ToHashSet(StringComparer.Ordinal);
        var rows = Enumerable.Range(0, labelled.RowCount).ToLookup(row => test.Contains(labelled.Contacts[row]));
        return new BacktestSplit(SplitKind.Contacts, [.. rows[false]], [.. rows[true]], null, [warning]);
    }

    /// <summary>The start whose test share is nearest to a quarter; null when no start leaves both classes twice.</summary>
    static DateTime? Choose(FeatureTable labelled, DateTime[] starts, TimeSpan horizon, int minimumPositives)
    {
        var rows = labelled.AsOf.Select((asOf, row) => (asOf, Positive: labelled.Labels[row] == 1)).ToArray();
        Array.Sort(rows, (left, right) => left.asOf.CompareTo(right.asOf));
        var positivesBefore = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
            positivesBefore[i + 1] = positivesBefore[i] + (rows[i].Positive ? 1 : 0);
        (double Distance, DateTime Start)? best = null;
        int train = 0,
            test = 0;
        foreach (var start in starts)
        {
            while (test < rows.Length && rows[test].asOf < start)
                test++;
            while (train < test && rows[train].asOf + horizon <= start)
                train++;
            var (trainPositives, testRows) = (positivesBefore[train], rows.Length - test);
            var testPositives = positivesBefore[^1] - positivesBefore[test];
            if (trainPositives < 1 || trainPositives == train || testPositives < 1 || testPositives == testRows)
                continue;
            var share = (double)testRows / (testRows + train);
            var scarce = Math.Min(trainPositives, testPositives) < minimumPositives || share > LargestTestShare;
            var distance = Math.Abs(share - TestShare) + (scarce ? 1 : 0);
            if (best is null || distance <= best.Value.Distance)
                best = (distance, start);
        }
        return best?.Start;
    }

    static int[] Rows(FeatureTable table, Func<DateTime, bool> wanted) =>
        [.. Enumerable.Range(0, table.RowCount).Where(row => wanted(table.AsOf[row]))];

    static string Day(DateTime from) => Invariant($"{from:yyyy-MM-dd}");

    internal static bool BothClasses(FeatureTable table, int[] rows) =>
        rows.Any(row => table.Labels[row] == 1) && rows.Any(row => table.Labels[row] == 0);
}
