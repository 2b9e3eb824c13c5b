using LeadScoring.Scoring.Model;

namespace LeadScoring.Worker.Exports;

/// <summary>What a model is handed out as.</summary>
public enum ModelFormat
{
    /// <summary>LightGBM's text format: the trees, for LightGBM, treelite and their like.</summary>
    Lightgbm,

    /// <summary>One JSON object with trees, features, calibrator and label.</summary>
    Json,
}

/// <summary>Writes a stored model as one file, whole or not at all.</summary>
public static class ModelFileExport
{
    /// <param name="path">The file to write, in place of one that is there.</param>
    /// <returns>Absolute path of the file.</returns>
    /// <exception cref="WorkerException">The file cannot be written; nothing is left behind.</exception>
    public static string Run(StoredModel model, ModelFormat format, string path)
    {
        var bytes = format == ModelFormat.Json ? PortableModel.Json(model) : ModelFile.Bytes(model.Trees);
        var target = Path.GetFullPath(path);
        var fresh = $"{target}.new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(fresh, bytes);
            File.Move(fresh, target, overwrite: true);
            return target;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(fresh))
                File.Delete(fresh);
            throw new WorkerException($"--out {path}: cannot be written: {cause.Message} Name another file.", cause);
        }
    }
}
