using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Training;

namespace LeadScoring.Scoring.Tuning;

/// <summary>The options worth trying for a table of this size, from the plainest to the richest.</summary>
/// <remarks>
/// A leaf needs some positives to say anything, so that the fewest rows a leaf may have rise as positives get rare, and
/// the leaves a tree may have rise with the positives there are. Small tables try several options, since there the
/// choice matters and costs little; large ones have one.
/// </remarks>
static class TrainingGrid
{
    /// <summary>Table cells (rows times features) up to which several options are tried.</summary>
    const long SmallCells = 200_000;

    const double RarerRowsALeaf = 4;

    const int SmallBags = 10;

    /// <summary>Features up to which single splits say too little and sampling features nothing.</summary>
    const int FewFeatures = 3;

    public static IReadOnlyList<TrainingOptions> For(FeatureTable training, TrainModelOptions options)
    {
        if (options.Training is { } given)
            return [given with { Threads = options.Threads, Bags = 1 }];
        var positives = training.Labels.Count(label => label == 1);
        var rarer = Math.Min(positives, training.RowCount - positives);
        var minimumRows = (int)
            Math.Clamp(RarerRowsALeaf * training.RowCount / Math.Max(1, rarer), 5, training.RowCount / 8.0 + 5);
        var start = new TrainingOptions
        {
            MinimumRows = minimumRows,
            Monotone = options.Monotone,
            Threads = options.Threads,
            Seed = options.Seed,
        };
        return Cells(training) > SmallCells ? [Large(start, RarerContacts(training))]
            : training.Features.Count <= FewFeatures ? Few(start)
            : Small(start, rarer);
    }

    /// <summary>Models to average: several where rows are few and one alone depends on what its sampling drew.</summary>
    public static int Bags(FeatureTable training, TrainModelOptions options) =>
        options.Training?.Bags ?? (Cells(training) <= SmallCells ? SmallBags : 1);

    static long Cells(FeatureTable table) => (long)table.RowCount * table.Features.Count;

    static TrainingOptions Slow(TrainingOptions start) =>
        start with
        {
            Trees = 400,
            LearningRate = 0.03,
            RowShare = 0.7,
            CategorySmoothing = 20,
            CategoryL2 = 20,
            EarlyStopping = 0,
        };

    /// <summary>Of few features a split can only speak of them together, and none is hidden by the others.</summary>
    static List<TrainingOptions> Few(TrainingOptions start)
    {
        var slow = Slow(start) with { RowShare = 0.9, FeatureShare = 1, L2 = 10 };
        return [slow with { Leaves = 4 }, slow with { Leaves = 8 }];
    }

    static List<TrainingOptions> Small(TrainingOptions start, int rarer)
    {
        var slow = Slow(start);
        List<TrainingOptions> grid =
        [
            slow with
            {
                Leaves = 2,
                L2 = 10,
                FeatureShare = 0.3,
            },
            slow with
            {
                Leaves = 2,
                L2 = 10,
                FeatureShare = 0.7,
            },
            slow with
            {
                Leaves = 4,
                L2 = 10,
                FeatureShare = 0.3,
            },
            slow with
            {
                Leaves = 4,
                L2 = 10,
                FeatureShare = 0.7,
            },
        ];
        if (rarer >= 200)
            grid.Add(slow with { Leaves = 8, L2 = 5, FeatureShare = 0.7 });
        return grid;
    }

    /// <summary>Distinct contacts of the class that has fewer: a mover's rows of several months are one piece of news.</summary>
    static int RarerContacts(FeatureTable training)
    {
        int Distinct(float label) =>
            training.Contacts.Where((_, row) => training.Labels[row] == label).Distinct(StringComparer.Ordinal).Count();
        return Math.Min(Distinct(0), Distinct(1));
    }

    static TrainingOptions Large(TrainingOptions start, int rarer) =>
        start with
        {
            Trees = 400,
            LearningRate = rarer < 4000 ? 0.05 : 0.08,
            Leaves =
                rarer < 1000 ? 4
                : rarer < 4000 ? 7
                : rarer < 16_000 ? 15
                : 31,
            L2 = 5,
            FeatureShare = 0.5,
            RowShare = 0.8,
            EarlyStopping = 30,
        };
}
