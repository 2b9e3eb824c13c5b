using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>How often the intervals of likelihoods held what happened, over many small groups of rows.</summary>
/// <remarks>
/// A group holds rows of one as-of instant, so that a contact is in it once, with neighbouring likelihoods: from the
/// highest down, rows are taken until their sum of p (1 - p) reaches <see cref="LikelihoodInterval.GroupPositives"/>:
/// so many are expected to move, or not to move where that is rarer. Its observed rate counts as covered when it lies within the means of the
/// rows' low and high ends. What is left over at the bottom of an instant joins the group above it. Instants with
/// fewer than 100 rows on average (a cut-off per contact) are taken together. Groups of different instants share
/// contacts and so are not independent: the share is less sure than its number of groups suggests.
/// </remarks>
/// <param name="Groups">Groups that were looked at.</param>
/// <param name="Covered">Share of them whose rate lay within; NaN when there is none.</param>
/// <param name="Below">Share whose rate lay below the interval: likelihoods too high.</param>
/// <param name="Above">Share whose rate lay above it: likelihoods too low.</param>
public sealed record IntervalCoverage(int Groups, double Covered, double Below, double Above)
{
    const int RowsAnInstant = 100;

    /// <summary>Measures rows whose scores and likelihoods the interval was made for, but not on.</summary>
    public static IntervalCoverage Of(HeldOut rows, LikelihoodInterval interval)
    {
        int groups = 0,
            below = 0,
            above = 0;
        var scattered = rows.Rows < RowsAnInstant * rows.AsOf.Distinct().Count();
        foreach (var instant in Enumerable.Range(0, rows.Rows).GroupBy(row => scattered ? default : rows.AsOf[row]))
        {
            var group = new Group();
            var order = instant.OrderByDescending(row => rows.Likelihoods[row]).ToArray();
            var left = order.Sum(row => Information(rows.Likelihoods[row]));
            foreach (var row in order)
            {
                var (low, high) = interval.Around(rows.Scores[row], rows.Likelihoods[row]);
                group = group.With(rows.Labels[row], low, high, Information(rows.Likelihoods[row]));
                left -= Information(rows.Likelihoods[row]);
                if (group.Information < LikelihoodInterval.GroupPositives || left < LikelihoodInterval.GroupPositives)
                    continue;
                Count(group);
                group = new Group();
            }
            if (group.Information >= LikelihoodInterval.GroupPositives)
                Count(group);
        }
        return groups == 0
            ? new IntervalCoverage(0, double.NaN, double.NaN, double.NaN)
            : new IntervalCoverage(
                groups,
                EvaluateRows.Rounded((double)(groups - below - above) / groups),
                EvaluateRows.Rounded((double)below / groups),
                EvaluateRows.Rounded((double)above / groups)
            );

        void Count(Group group)
        {
            groups++;
            below += group.Rate < group.Low ? 1 : 0;
            above += group.Rate > group.High ? 1 : 0;
        }
    }

    static double Information(double likelihood) => likelihood * (1 - likelihood);

    readonly record struct Group(int Rows, double Positives, double Lows, double Highs, double Information)
    {
        public double Rate => Positives / Rows;
        public double Low => Lows / Rows;
        public double High => Highs / Rows;

        public Group With(float label, double low, double high, double information) =>
            new(Rows + 1, Positives + label, Lows + low, Highs + high, Information + information);
    }
}
