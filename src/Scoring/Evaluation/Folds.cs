using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>Training rows parted once more, to choose the trees and to have scores of rows they did not see.</summary>
/// <param name="Parts">Each part: rows to grow trees on, and the rows held out from them.</param>
/// <param name="Later">True when the one held-out part is later in time, horizons apart; false for folds by contact.</param>
public sealed record Folds(IReadOnlyList<(int[] Fit, int[] HeldOut)> Parts, bool Later)
{
    const int Count = 5;
    const int LaterPositives = 200;
    const double LaterShare = 0.2;
    const double LeastFitShare = 0.5;

    /// <summary>Later days when history is long enough, else five folds by a seeded hash of the contact.</summary>
    /// <remarks>
    /// Long enough: the later part has at least 200 rows of either class and the rows whose horizon ends before it are
    /// at least half of the training rows. A shorter history is used whole, one fold after the other.
    /// </remarks>
    public static Folds Of(FeatureTable training, TrainModelOptions options)
    {
        if (options.OrderedByTime && LaterDays(training, options.Label.HorizonDays) is { } later)
            return new Folds([later], Later: true);
        return ByContact(training, options.Seed);
    }

    static (int[] Fit, int[] HeldOut)? LaterDays(FeatureTable training, int horizonDays)
    {
        var sorted = training.AsOf.Order().ToArray();
        var from = sorted[(int)(sorted.Length * (1 - LaterShare))];
        var split = Backtest.At(training, from, TimeSpan.FromDays(horizonDays));
        var positives = split.Test.Count(row => training.Labels[row] == 1);
        return
            positives >= LaterPositives
            && split.Test.Length - positives >= LaterPositives
            && split.Train.Length >= training.RowCount * LeastFitShare
            && Backtest.BothClasses(training, split.Train)
            && !Drift.Shifted(
                (split.Train.Length, split.Train.Count(row => training.Labels[row] == 1)),
                (split.Test.Length, positives)
            )
            ? (split.Train, split.Test)
            : null;
    }

    internal static Folds ByContact(FeatureTable training, int seed)
    {
        var foldOf = ContactDeal
            .Deal(training, seed)
            .Select((contact, place) => (contact, Fold: place % Count))
            .ToDictionary(dealt => dealt.contact, dealt => dealt.Fold, StringComparer.Ordinal);
        var rows = Enumerable.Range(0, training.RowCount).ToArray();
        var parts = Enumerable
            .Range(0, Count)
            .Select(fold =>
                (
                    Fit: rows.Where(row => foldOf[training.Contacts[row]] != fold).ToArray(),
                    HeldOut: rows.Where(row => foldOf[training.Contacts[row]] == fold).ToArray()
                )
            )
            .Where(part => part.HeldOut.Length > 0 && Backtest.BothClasses(training, part.Fit));
        return new Folds([.. parts], Later: false);
    }
}
