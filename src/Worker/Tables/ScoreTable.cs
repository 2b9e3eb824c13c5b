using System.Globalization;
using LeadScoring.Ingestion.Features;
using LeadScoring.Ingestion.Tables;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Worker.Tables;

/// <summary>Where a table's scores are.</summary>
public sealed record ScoredTable(string Model, long Rows, string Path, IReadOnlyList<string> Warnings);

/// <summary>A table to be scored as the command line names it.</summary>
/// <param name="Id">Column that names the rows, null to number them.</param>
/// <param name="To">The file to write, .csv or .parquet.</param>
/// <param name="Reasons">Whether to say why; without, scoring is many times faster.</param>
/// <param name="RowsAtOnce">Most rows held at once; null to choose by the table's width.</param>
public sealed record TableToScore(string Path, string? Id, string To, bool Reasons = true, int? RowsAtOnce = null)
{
    /// <summary>What reasons are told in.</summary>
    public ReasonLanguage Language { get; init; } = ReasonLanguage.English;
}

/// <summary>Scores any table with a stored model, to CSV or Parquet by the ending of the file's name.</summary>
/// <remarks>
/// Piece by piece: the scores of a piece go to an engine's file on disk, which sorts them at the end, so that memory
/// does not grow with the rows. The file appears under its name when it is whole, or not at all.
/// </remarks>
public static class ScoreTable
{
    const int Reasons = 3;

    /// <exception cref="WorkerException">The file's name ends in neither .csv nor .parquet.</exception>
    public static ScoredTable Run(
        StoredModel model,
        TableToScore asked,
        IProgress<long>? progress,
        CancellationToken cancellation
    )
    {
        var write = System.IO.Path.GetExtension(asked.To) switch
        {
            ".csv" => "Tables.write_csv",
            ".parquet" => "Tables.write_parquet",
            _ => throw new WorkerException($"--out {asked.To}: expected a file name that ends in .csv or .parquet."),
        };
        var target = System.IO.Path.GetFullPath(asked.To);
        using var table = ScoringRows.Open(asked.Path, model.Trees.Features, asked.Id, asked.RowsAtOnce, cancellation);
        using var sheet = new ScoreSheet();
        var lines = new ReasonLines(model.Description, asked.Language);
        var rows = 0L;
        foreach (var piece in table.Pieces(cancellation))
        {
            var scores = asked.Reasons
                ? ScoreContacts.Run(model, piece, Reasons, threads: 0, cancellation)
                : WithoutReasons(model, piece, cancellation);
            Append(sheet, model, lines, scores);
            rows += piece.RowCount;
            progress?.Report(rows);
        }
        sheet.Rank(asked.Id is null ? Digits(rows) : 0, cancellation);
        Write(sheet, write, target, cancellation);
        return new(model.Id, rows, target, table.Warnings);
    }

    static int Digits(long rows) => rows.ToString(CultureInfo.InvariantCulture).Length;

    // ranks are given to the whole table in the end
    static IEnumerable<LeadScore> WithoutReasons(
        StoredModel model,
        FeatureTable piece,
        CancellationToken cancellation
    ) =>
        model
            .Trees.RawScores(piece, threads: 0, cancellation)
            .Select(
                (raw, row) =>
                {
                    var (likelihood, low, high, grade) = model.Judge(raw, piece.AsOf[row]);
                    return new LeadScore(new(piece.Contacts[row]), raw, likelihood, low, high, grade, Rank: 0, []);
                }
            );

    static void Append(ScoreSheet sheet, StoredModel model, ReasonLines lines, IEnumerable<LeadScore> scores)
    {
        using var rows = sheet.Appender();
        foreach (var score in scores)
        {
            rows.Append(score.Contact.Value).Append(score.Likelihood).Append(score.Low).Append(score.High);
            rows.Append($"{score.Grade}").Append(score.RawScore);
            for (var i = 0; i < Reasons; i++)
            {
                if (i < score.Reasons.Count)
                {
                    rows.Append(lines.Line(score.Reasons[i]));
                }
                else
                {
                    rows.AppendNull();
                }
            }
            rows.Append(model.Id).EndRow();
        }
    }

    static void Write(ScoreSheet sheet, string statement, string target, CancellationToken cancellation)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        var fresh = $"{target}.new";
        try
        {
            sheet.Write(statement, fresh, cancellation);
            File.Move(fresh, target, overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }
}
