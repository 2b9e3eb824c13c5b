using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Tables;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Worker.Tables;

/// <summary>Where a table's scores are.</summary>
public sealed record ScoredTable(string Model, int Rows, string Path, IReadOnlyList<string> Warnings);

/// <summary>Scores any table with a stored model, to CSV or Parquet by the ending of the file's name.</summary>
public static class ScoreTable
{
    const int Reasons = 3;

    /// <exception cref="WorkerException">The file's name ends in neither .csv nor .parquet.</exception>
    public static ScoredTable Run(
        StoredModel model,
        string path,
        string? id,
        string to,
        ReasonLanguage language,
        CancellationToken cancellation
    )
    {
        var write = System.IO.Path.GetExtension(to) switch
        {
            ".csv" => "Tables.write_csv",
            ".parquet" => "Tables.write_parquet",
            _ => throw new WorkerException($"--out {to}: expected a file name that ends in .csv or .parquet."),
        };
        var read = ReadTable.ForScoring(path, model.Trees.Features, id, cancellation);
        var scores = ScoreContacts.Run(model, read.Table, Reasons, threads: 0, cancellation);
        var target = System.IO.Path.GetFullPath(to);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        using var database = Database.Open();
        using var connection = database.Connect();
        connection.Execute("Tables.create_scores", WorkerSql.Of("Tables.create_scores"));
        Append(connection, model, scores, language);
        var fresh = $"{target}.new";
        connection.Execute(write, WorkerSql.Of(write), cancellation, ("path", fresh));
        File.Move(fresh, target, overwrite: true);
        return new(model.Id, scores.Count, target, read.Warnings);
    }

    static void Append(
        Connection connection,
        StoredModel model,
        IReadOnlyList<LeadScore> scores,
        ReasonLanguage language
    )
    {
        var reasons = new ReasonLines(model.Description, language);
        using var rows = connection.Appender("scores");
        foreach (var score in scores)
        {
            rows.Append(score.Rank).Append(score.Contact.Value).Append(score.Likelihood).Append(score.Low);
            rows.Append(score.High).Append($"{score.Grade}").Append(score.RawScore);
            for (var i = 0; i < Reasons; i++)
            {
                if (i < score.Reasons.Count)
                    rows.Append(reasons.Line(score.Reasons[i]));
                else
                    rows.AppendNull();
            }
            rows.Append(model.Id).EndRow();
        }
    }
}
