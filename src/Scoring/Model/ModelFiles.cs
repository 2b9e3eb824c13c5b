using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Model;

/// <summary>The files of one model's folder.</summary>
static class ModelFiles
{
    const string TreesName = "model.txt";
    const string DescriptionName = "model.json";
    const string EvaluationName = "evaluation.json";

    /// <summary>Name and bytes of every file of a model.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Bytes(TrainedModel model) =>
        [
            (TreesName, ModelFile.Bytes(model.Trees)),
            (DescriptionName, Json(model.Description)),
            (EvaluationName, Json(model.Evaluation)),
            (
                "report.html",
                Encoding.UTF8.GetBytes(
                    IsImported(model) ? Reporting.ImportedPage.Html(model) : Reporting.ReportPage.Html(model)
                )
            ),
            (
                "card.md",
                Encoding.UTF8.GetBytes(IsImported(model) ? ImportedCard.Markdown(model) : ModelCard.Markdown(model))
            ),
        ];

    static bool IsImported(TrainedModel model) => NotEvaluated.Is(model.Evaluation);

    /// <exception cref="ScoringException">A file is missing or damaged, or the files do not belong together.</exception>
    public static StoredModel Read(string folder)
    {
        var description = Description(folder);
        var features = description.Features.Select(profile => profile.Feature).ToArray();
        return new StoredModel(Trees(folder, features), description, Evaluation(folder), folder);
    }

    static BoostedTrees Trees(string folder, IReadOnlyList<Feature> features)
    {
        var path = Path.Combine(folder, TreesName);
        try
        {
            return ModelFile.Read(path, features);
        }
        catch (ScoringException cause)
        {
            throw new ScoringException(
                $"{path} is damaged: {cause.Message} Train again, or bring the file back from a copy.",
                cause
            );
        }
    }

    public static ModelDescription Description(string folder)
    {
        var path = Path.Combine(folder, DescriptionName);
        var description = FromJson<ModelDescription>(path);
        if (description.Format != ModelDescription.CurrentFormat)
            throw new ScoringException(
                $"{path} has format {description.Format}, expected {ModelDescription.CurrentFormat}: it was written by "
                    + "another version of this program. Train again."
            );
        return description;
    }

    public static ModelEvaluation Evaluation(string folder) =>
        FromJson<ModelEvaluation>(Path.Combine(folder, EvaluationName));

    static byte[] Json<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.Options), (byte)'\n'];

    static T FromJson<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), ModelJson.Options)
                ?? throw new JsonException("it holds null");
        }
        catch (Exception cause) when (cause is JsonException or NotSupportedException)
        {
            throw new ScoringException(
                $"{path} is damaged: {cause.Message} Train again, or bring the file back from a copy.",
                cause
            );
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScoringException($"{path} cannot be read: {cause.Message}", cause);
        }
    }
}
