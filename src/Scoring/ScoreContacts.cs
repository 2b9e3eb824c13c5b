using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring;

/// <summary>Gives every row of a table its likelihood, interval, grade, rank and reasons.</summary>
public static class ScoreContacts
{
    /// <param name="model">Any model, stored or just trained.</param>
    /// <param name="table">Holds the model's features by name, in any order, with any coding of their levels.</param>
    /// <param name="reasons">Most reasons a contact; see <see cref="ReasonGroups"/>.</param>
    /// <param name="threads">Threads to use; 0 is all. The scores do not depend on it.</param>
    /// <returns>One score a row, by rank.</returns>
    /// <exception cref="ScoringException">A feature of the model is not in the table, or is of another type there.</exception>
    public static IReadOnlyList<LeadScore> Run(
        TrainedModel model,
        FeatureTable table,
        int reasons,
        int threads,
        CancellationToken cancellation
    )
    {
        CheckFeatures(model, table);
        var columns = FeatureAlignment.Columns(model.Trees.Features, table);
        var raw = model.Trees.RawScores(columns, table.RowCount, threads, cancellation);
        var groups = new ReasonGroups(model.Trees.Features, columns, table);
        var scores = new LeadScore[table.RowCount];
        new TreeShap(model.Trees).ForEachRow(columns, scores.Length, threads, Score, cancellation);
        return Rank(scores);

        void Score(int row, ReadOnlySpan<double> contributions)
        {
            var (likelihood, low, high, grade) = model.Judge(raw[row], table.AsOf[row]);
            var contact = new ContactId(table.Contacts[row]);
            var why = groups.Strongest(row, contributions, reasons);
            scores[row] = new LeadScore(contact, raw[row], likelihood, low, high, grade, 0, why);
        }
    }

    /// <summary>Ranks scores of one run, for instance those of all buckets together.</summary>
    /// <returns>By likelihood, then raw score, from the highest down, then by contact id; rank 1 first.</returns>
    public static IReadOnlyList<LeadScore> Rank(IEnumerable<LeadScore> scores) =>
        [
            .. scores
                .OrderByDescending(score => score.Likelihood)
                .ThenByDescending(score => score.RawScore)
                .ThenBy(score => score.Contact)
                .Select((score, i) => score with { Rank = i + 1 }),
        ];

    internal static void CheckFeatures(TrainedModel model, FeatureTable table)
    {
        var found = table.Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        List<string> faults = [];
        foreach (var wanted in model.Trees.Features)
        {
            if (!found.TryGetValue(wanted.Name, out var feature))
                faults.Add($"'{wanted.Name}' is missing");
            else if (feature.Type != wanted.Type)
                faults.Add($"'{wanted.Name}' is {Word(feature.Type)}, expected {Word(wanted.Type)}");
        }
        if (faults.Count == 0)
            return;
        var rest = faults.Count > 5 ? $" and {faults.Count - 5} more" : "";
        throw new ScoringException(
            $"The table does not fit model {model.Id}: {string.Join(", ", faults.Take(5))}{rest}. "
                + "Build the table with the model's features, or train a model on this table."
        );
    }

    static string Word(FeatureType type) =>
        type switch
        {
            FeatureType.Numeric => "numeric",
            FeatureType.Categorical => "categorical",
        };
}
