using System.Runtime.InteropServices;
using System.Text.Json;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Benchmarks;

/// <summary>Writes a labelled table with its split in time as plain little-endian arrays, for other programs to train on.</summary>
/// <remarks>
/// <c>columns.f32</c> feature after feature, NaN where there is no trace; <c>labels.f32</c>; <c>truth.f64</c>;
/// <c>contacts.i32</c> (numbers, not ids); <c>days.i32</c> (since 1970); <c>parts.u8</c>: 1 to learn from, 2 validation,
/// 3 test, 4 too near to the validation rows; 1, 2 and 4 together are what the final trees may learn from; 0 is between
/// training and test. <c>table.json</c> names the features and the levels of categorical ones, whose values are level
/// numbers.
/// </remarks>
static class WorldExport
{
    const byte Learn = 1;
    const byte Validate = 2;
    const byte Test = 3;
    const byte LearnFinally = 4;

    static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static void Write(string folder, FeatureTable table, double[] truth, TrainModelOptions options)
    {
        Directory.CreateDirectory(folder);
        using (var columns = File.Create(Path.Combine(folder, "columns.f32")))
        {
            foreach (var column in table.Columns)
                columns.Write(MemoryMarshal.AsBytes<float>(column));
        }
        Save(folder, "labels.f32", table.Labels);
        Save(folder, "truth.f64", truth);
        Save(folder, "contacts.i32", Numbers(table.Contacts));
        Save(
            folder,
            "days.i32",
            Array.ConvertAll(table.AsOf, at => (int)(at.AddHours(12) - DateTime.UnixEpoch).TotalDays)
        );
        Save(folder, "parts.u8", Parts(table, options));
        var described = new
        {
            rows = table.RowCount,
            features = table.Features.Select(f => new
            {
                f.Name,
                Categorical = f.Type == FeatureType.Categorical,
                f.Levels,
            }),
        };
        File.WriteAllText(Path.Combine(folder, "table.json"), JsonSerializer.Serialize(described, Web));
    }

    static byte[] Parts(FeatureTable table, TrainModelOptions options)
    {
        var split = Backtest.Split(table, options);
        var parts = new byte[table.RowCount];
        foreach (var row in split.Train)
            parts[row] = LearnFinally;
        foreach (var row in split.Test)
            parts[row] = Test;
        var (fit, heldOut) = Folds.Of(table.Take(split.Train), options).Parts[0];
        foreach (var row in fit)
            parts[split.Train[row]] = Learn;
        foreach (var row in heldOut)
            parts[split.Train[row]] = Validate;
        return parts;
    }

    static int[] Numbers(string[] contacts)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return Array.ConvertAll(
            contacts,
            contact => known.TryGetValue(contact, out var number) ? number : known[contact] = known.Count
        );
    }

    static void Save<T>(string folder, string name, T[] values)
        where T : struct => File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes<T>(values).ToArray());
}
