using System.Globalization;
using System.Text;
using LeadScoring.Synthetic.Truth;

namespace LeadScoring.Synthetic;

/// <summary>An export file of the inbox and its rows, the header aside.</summary>
public sealed record WrittenFile(string Source, string Name, long Rows);

/// <summary>What a synthetic world holds, and how hard it is to foresee who moves.</summary>
/// <param name="Movers">Contacts who move before the world's end, reported or not yet.</param>
/// <param name="TruthRows">Rows of <c>truth.parquet</c>.</param>
/// <param name="OracleAuc">ROC-AUC of the true likelihood against the moves, over all snapshots with a closed horizon.</param>
/// <param name="NaiveAucs">The same of three rules of thumb, by name.</param>
public sealed record WorldSummary(
    SyntheticOptions Options,
    IReadOnlyList<WrittenFile> Files,
    int Movers,
    long TruthRows,
    IReadOnlyList<SnapshotCheck> Snapshots,
    double OracleAuc,
    IReadOnlyDictionary<string, double> NaiveAucs
)
{
    /// <summary>Share of contacts who move within the horizon, over all snapshots with a closed one.</summary>
    public double BaseRate => Snapshots.Sum(s => s.Movers) / (double)Snapshots.Sum(s => s.Contacts);

    /// <summary>What <see cref="BaseRate"/> should be on average by the true likelihoods.</summary>
    public double ExpectedRate => Snapshots.Sum(s => s.Expected) / Snapshots.Sum(s => s.Contacts);

    public long Rows(string source) =>
        Files.Where(file => string.Equals(file.Source, source, StringComparison.Ordinal)).Sum(file => file.Rows);

    /// <summary>The summary as the console prints it; the same options give the same text.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        text.Append(
            Line(
                $"synthetic world: {Options.Contacts:N0} contacts, {Options.Months} months up to {Options.End:yyyy-MM-dd}, seed {Options.Seed}"
            )
        );
        foreach (var source in Files.GroupBy(file => file.Source, StringComparer.Ordinal))
            text.Append(
                Line($"  {source.Key, -20}{source.Sum(file => file.Rows), 12:N0} rows in {source.Count()} files")
            );
        text.Append(Line($"  {"all", -20}{Files.Sum(file => file.Rows), 12:N0} rows in {Files.Count} files"));
        text.Append(Line($"  {"truth", -20}{TruthRows, 12:N0} rows"));
        text.Append(Line($"movers: {Movers:N0}"));
        if (Snapshots.Count == 0)
            return text.Append(Line($"no snapshot has a closed horizon")).ToString();
        text.Append(Line($"snapshot      contacts   movers   base rate   expected"));
        foreach (var s in Snapshots)
            text.Append(
                Line(
                    $"{s.Day:yyyy-MM-dd}{s.Contacts, 12:N0}{s.Movers, 9:N0}{s.Movers / (double)s.Contacts, 12:P2}{s.Expected / s.Contacts, 11:P2}"
                )
            );
        text.Append(Line($"base rate: {BaseRate:P2} (expected {ExpectedRate:P2})"));
        text.Append(Line($"oracle AUC: {OracleAuc:0.000}"));
        foreach (var (rule, auc) in NaiveAucs)
            text.Append(Line($"AUC of {rule}: {auc:0.000}"));
        return text.ToString();
    }

    static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture) + "\n";
}
