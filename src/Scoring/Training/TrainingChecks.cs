using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Training;

/// <summary>What a table and the options must be before trees can be grown.</summary>
static class TrainingChecks
{
    /// <summary>Codes at least this high would make the level sets of a model file too wide.</summary>
    const int MostLevels = 1 << 20;

    static readonly int PositiveInfinity = BitConverter.SingleToInt32Bits(float.PositiveInfinity);
    static readonly int NegativeInfinity = BitConverter.SingleToInt32Bits(float.NegativeInfinity);

    public static void Run(FeatureTable training, FeatureTable? validation, TrainingOptions options)
    {
        CheckOptions(options, training.Features);
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
        var bits = MemoryMarshal.Cast<float, int>(column.AsSpan());
        var row = bits.IndexOfAny(PositiveInfinity, NegativeInfinity);
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

    static void CheckOptions(TrainingOptions options, IReadOnlyList<Feature> features)
    {
        var wrong = new List<string>();
        foreach (var property in typeof(TrainingOptions).GetProperties())
        {
            var limits = property.GetCustomAttribute<LimitsAttribute>();
            if (limits is null)
                continue;
            var value = Convert.ToDouble(property.GetValue(options), CultureInfo.InvariantCulture);
            if (!limits.Allow(value))
                wrong.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)} is {value}, expected {limits}"
                    )
                );
        }
        wrong.AddRange(options.Monotone.Faults(features));
        if (wrong.Count > 0)
            throw new ScoringException($"Training options: {string.Join("; ", wrong)}.");
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
