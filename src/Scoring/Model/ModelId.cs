using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion.Features;
using static System.FormattableString;

namespace LeadScoring.Scoring.Model;

/// <summary>Names a model by what it was made of: the same data, options and trees give the same id.</summary>
static class ModelId
{
    /// <summary>For example <c>2025-06-01-1f9a03c7</c>; <c>untimed-1f9a03c7</c> when the rows have no time.</summary>
    public static string Of(DateOnly? lastSnapshot, string dataHash, TrainModelOptions options, BoostedTrees trees)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, dataHash);
        Add(hash, JsonSerializer.Serialize(options with { Threads = 0 }, ModelJson.Options));
        hash.AppendData(ModelFile.Bytes(trees));
        var digits = Convert.ToHexStringLower(hash.GetCurrentHash())[..8];
        return lastSnapshot is { } day ? Invariant($"{day:yyyy-MM-dd}-{digits}") : $"untimed-{digits}";
    }

    /// <summary>SHA-256 of a table's features, contacts, instants, values, labels and weights.</summary>
    public static string DataHash(FeatureTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, JsonSerializer.Serialize(table.Features, ModelJson.Options));
        foreach (var contact in table.Contacts)
            Add(hash, contact);
        foreach (var column in table.Columns)
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(Array.ConvertAll(table.AsOf, asOf => asOf.Ticks).AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(table.Labels.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(table.Weights.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The commit this program was built from, as the build wrote it behind the version's plus sign.</summary>
    public static string? GitCommit()
    {
        var version = typeof(ModelId).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        var plus = version?.InformationalVersion.IndexOf('+', StringComparison.Ordinal) ?? -1;
        return plus < 0 ? null : version!.InformationalVersion[(plus + 1)..];
    }

    static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
