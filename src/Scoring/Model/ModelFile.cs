using System.Text;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>Boosted trees in LightGBM's text format v4, readable by LightGBM, treelite and their like.</summary>
/// <remarks>
/// Numbers are written so that they read back bit by bit. Feature names lose their white space on the way (LightGBM
/// separates names by spaces); give <c>features</c> when reading to have the frozen names, types and levels back.
/// Source: LightGBM <c>src/boosting/gbdt_model_text.cpp</c>, <c>src/io/tree.cpp</c>.
/// </remarks>
public static class ModelFile
{
    public static void Write(BoostedTrees model, string path) => File.WriteAllBytes(path, Bytes(model));

    /// <summary>The file's bytes: the same model gives the same bytes.</summary>
    public static byte[] Bytes(BoostedTrees model) => Encoding.UTF8.GetBytes(ModelWriter.Text(model));

    /// <param name="features">The frozen features, in the model's order; null takes names and types from the file.</param>
    /// <exception cref="ScoringException">
    /// The file is not there, damaged, cut off, or holds something this program cannot score; the message names the line.
    /// </exception>
    public static BoostedTrees Read(string path, IReadOnlyList<Feature>? features = null)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), Path.GetFileName(path), features);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScoringException($"Model file {path} cannot be read: {cause.Message}", cause);
        }
    }

    /// <param name="name">What to call the file in errors.</param>
    /// <inheritdoc cref="Read"/>
    public static BoostedTrees Parse(byte[] bytes, string name, IReadOnlyList<Feature>? features = null) =>
        new ModelReader(new ModelLines(bytes, name)).Model(features);
}
