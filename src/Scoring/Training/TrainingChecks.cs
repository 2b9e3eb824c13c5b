using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>What a table and the options must be before trees can be grown.</summary>
static class TrainingChecks
{
    /// <summary>Codes at least this high would make the level sets of a model file too wide.</summary>
    const int MostLevels = 1 << 20;

    public static void Run(FeatureTable training, FeatureTable? validation, TrainingOptions options)
    {
        CheckOptions(options);
        CheckLabels(training, "training table");
        CheckWeights(training, "training table");
        for (var f = 0; f < training.Features.Count; f++)
            CheckColumn(training.Features[f], training.Columns[f], "training table");
        var ones = training.Labels.Count(label => label == 1);
        if (ones == 0 || ones == training.RowCount)
            throw new ScoringException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The training table's {training.RowCount} labels are all {training.Labels[0]}, expected both 0 and 1. "
                ) + "Check which outcomes count as positive, or take a longer period."
            );
        if (validation is null)
            return;
        CheckLabels(validation, "validation table");
        CheckWeights(validation, "validation table");
    }

    static void CheckLabels(FeatureTable table, string where)
    {
        if (table.RowCount == 0)
            throw new ScoringException(
                $"The {where} has no rows, expected at least one. Check the period and filters."
            );
        if (table.Labels.Length == 0)
            throw new ScoringException($"The {where} has no labels, expected 0 or 1 for every row.");
        var row = Array.FindIndex(table.Labels, label => label is not (0 or 1));
        if (row >= 0)
            throw Wrong(
                $"label is {Text(table.Labels[row])}",
                where,
                row,
                "0 or 1",
                "Leave rows with an open horizon out."
            );
    }

    static void CheckWeights(FeatureTable table, string where)
    {
        var row = Array.FindIndex(table.Weights, weight => !(weight >= 0) || float.IsInfinity(weight));
        if (row >= 0)
            throw Wrong($"weight is {Text(table.Weights[row])}", where, row, "a finite number, 0 or more", "Mend it.");
        foreach (var label in new[] { 0f, 1f })
            if (table.Weights.Length > 0 && table.Labels.Contains(label) && !HasWeight(table, label))
                throw new ScoringException(
                    $"The {where} gives its rows of label {Text(label)} no weight, expected some above 0."
                );
    }

    static bool HasWeight(FeatureTable table, float label) =>
        table.Labels.Zip(table.Weights).Any(row => row.First == label && row.Second > 0);

    static void CheckColumn(Feature feature, float[] column, string where)
    {
        var row = Array.FindIndex(column, float.IsInfinity);
        if (row >= 0)
            throw Wrong(
                $"feature '{feature.Name}' is {Text(column[row])}",
                where,
                row,
                "a finite number or NaN for \"no trace\"",
                "Mend the value or leave the feature out."
            );
        if (feature.Type != FeatureType.Categorical)
            return;
        var levels = feature.Levels.Count > 0 ? feature.Levels.Count : MostLevels;
        row = Array.FindIndex(
            column,
            value => !float.IsNaN(value) && !(value >= 0 && value < levels && value == (int)value)
        );
        if (row >= 0)
            throw Wrong(
                $"level code of feature '{feature.Name}' is {Text(column[row])}",
                where,
                row,
                string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {levels - 1} or NaN"),
                "Code the levels by their place in the feature's level list."
            );
    }

    static void CheckOptions(TrainingOptions o)
    {
        (string Name, double Value, bool Good, string Expected)[] all =
        [
            ("trees", o.Trees, o.Trees >= 1, "1 or more"),
            ("leaves", o.Leaves, o.Leaves is >= 2 and <= 32_768, "2 to 32768"),
            ("learningRate", o.LearningRate, o.LearningRate is > 0 and <= 1, "above 0, at most 1"),
            ("bins", o.Bins, o.Bins is >= 2 and <= 255, "2 to 255"),
            ("minimumRows", o.MinimumRows, o.MinimumRows >= 1, "1 or more"),
            ("minimumHessian", o.MinimumHessian, o.MinimumHessian >= 0, "0 or more"),
            ("l2", o.L2, o.L2 >= 0, "0 or more"),
            ("minimumGain", o.MinimumGain, o.MinimumGain >= 0, "0 or more"),
            ("featureShare", o.FeatureShare, o.FeatureShare is > 0 and <= 1, "above 0, at most 1"),
            ("rowShare", o.RowShare, o.RowShare is > 0 and <= 1, "above 0, at most 1"),
            ("categorySmoothing", o.CategorySmoothing, o.CategorySmoothing >= 0, "0 or more"),
            ("categoryL2", o.CategoryL2, o.CategoryL2 >= 0, "0 or more"),
            ("minimumLevelRows", o.MinimumLevelRows, o.MinimumLevelRows >= 1, "1 or more"),
            ("earlyStopping", o.EarlyStopping, o.EarlyStopping >= 0, "0 or more"),
            ("threads", o.Threads, o.Threads >= 0, "0 (all) or more"),
        ];
        var wrong = all.Where(option => !option.Good).ToArray();
        if (wrong.Length > 0)
            throw new ScoringException(
                "Training options: "
                    + string.Join(
                        "; ",
                        wrong.Select(option =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{option.Name} is {option.Value}, expected {option.Expected}"
                            )
                        )
                    )
                    + "."
            );
    }

    static ScoringException Wrong(string found, string where, int row, string expected, string act) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row + 1} of the {where}: {found}, expected {expected}. {act}"
            )
        );

    static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
