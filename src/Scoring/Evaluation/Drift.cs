using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>The positive rate over time: a model that learnt at one rate misjudges at another.</summary>
public static class Drift
{
    const int Most = 24;
    const int Wanted = 12;

    /// <summary>One slice a day if there are at most 24 days, else twelve of nearly equally many rows.</summary>
    public static IReadOnlyList<TimeSlice> Slices(FeatureTable labelled, BacktestSplit split, TrainModelOptions options)
    {
        var train = split.Train.ToHashSet();
        var test = split.Test.ToHashSet();
        var days = Enumerable
            .Range(0, labelled.RowCount)
            .GroupBy(row => labelled.AsOf[row])
            .OrderBy(day => day.Key)
            .ToArray();
        var slices = days.Length <= Most ? days.Select(day => day.ToArray()) : Even(days, labelled.RowCount);
        return [.. slices.Select(Slice)];

        TimeSlice Slice(int[] rows)
        {
            var positives = rows.Count(row => labelled.Labels[row] == 1);
            var contacts = rows.Select(row => labelled.Contacts[row]).Distinct(StringComparer.Ordinal).Count();
            var rate = (double)positives / rows.Length;
            var (low, high) = JeffreysInterval.Of(rate * contacts, contacts, Bootstrap.Coverage);
            var middle = rows[rows.Length / 2];
            return new TimeSlice(
                options.Dated ? options.DayOf(labelled.AsOf[rows[0]]) : null,
                options.Dated ? options.DayOf(labelled.AsOf[rows[^1]]) : null,
                rows.Length,
                positives,
                EvaluateRows.Rounded(rate),
                EvaluateRows.Rounded(low),
                EvaluateRows.Rounded(high),
                test.Contains(middle) ? "test"
                    : train.Contains(middle) ? "train"
                    : "between"
            );
        }
    }

    static IEnumerable<int[]> Even(IGrouping<DateTime, int>[] days, int total)
    {
        var slice = new List<int>();
        var (passed, slices) = (0, 0);
        foreach (var day in days)
        {
            slice.AddRange(day);
            passed += day.Count();
            if (passed < (double)total * (slices + 1) / Wanted)
                continue;
            yield return [.. slice];
            slice.Clear();
            slices = (int)((double)passed * Wanted / total);
        }
        if (slice.Count > 0)
            yield return [.. slice];
    }

    /// <summary>True when two positive rates differ by half or more and by more than three standard errors.</summary>
    public static bool Shifted((int Rows, int Positives) before, (int Rows, int Positives) after)
    {
        if (before.Rows == 0 || after.Rows == 0)
            return false;
        var pooled = (double)(before.Positives + after.Positives) / (before.Rows + after.Rows);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / before.Rows + 1.0 / after.Rows));
        var (left, right) = ((double)before.Positives / before.Rows, (double)after.Positives / after.Rows);
        var (low, high) = (Math.Min(left, right), Math.Max(left, right));
        return high >= 1.5 * low && high - low > 3 * error;
    }
}
