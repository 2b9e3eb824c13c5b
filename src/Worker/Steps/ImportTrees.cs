using LeadScoring.Scoring;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Worker.Steps;

/// <summary>A model file as it was taken over.</summary>
/// <param name="IsNew">False when the registry held the same model already.</param>
public sealed record ImportedTrees(StoredModel Model, bool IsNew);

/// <summary>Puts a model that LightGBM made into the home's registry.</summary>
public static class ImportTrees
{
    /// <param name="id">The id to give it; null makes one of the file's content.</param>
    /// <param name="baseRate">Share of positives it learnt from; NaN when not known.</param>
    /// <exception cref="ScoringException">The file cannot be read or scored.</exception>
    /// <exception cref="WorkerException">Another model has that id.</exception>
    public static ImportedTrees Run(Home home, string path, string? id, double baseRate)
    {
        var model = ImportModel.Run(Bytes(path), Path.GetFileName(path), id, baseRate);
        var registry = new ModelRegistry(home.Models);
        if (!registry.Holds(model.Id))
            return new(registry.Save(model), IsNew: true);
        var known = registry.Load(model.Id);
        var same =
            string.Equals(known.Description.DataHash, model.Description.DataHash, StringComparison.Ordinal)
            && known.Description.BaseRate.Equals(model.Description.BaseRate);
        return same
            ? new(known, IsNew: false)
            : throw new WorkerException(
                $"{home.Models} holds another model of the id '{model.Id}'. Give this one another with --name ID."
            );
    }

    static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new WorkerException($"Model file {path} cannot be read: {cause.Message}", cause);
        }
    }
}
