using System.Text.Json;
using LeadScoring.Scoring.Calibration;

namespace LeadScoring.Scoring.Model;

/// <summary>A whole model as one JSON object from which any program can score; described in <c>docs/model-json.md</c>.</summary>
public sealed record PortableModel
{
    /// <summary>What the object calls itself.</summary>
    public const string Name = "leadscoring-model";

    public required string Format { get; init; }

    /// <summary>Rises when a reader of an earlier version would score otherwise.</summary>
    public required int FormatVersion { get; init; }
    public required string Id { get; init; }
    public required string Trainer { get; init; }
    public required LabelDefinition Label { get; init; }

    /// <summary>Share of positives among the training rows; null when not known.</summary>
    public required double BaseRate { get; init; }
    public required GradeBands Grades { get; init; }

    /// <summary>Added to the raw score first.</summary>
    public required SeasonShift Season { get; init; }
    public required Calibrator Calibrator { get; init; }

    /// <summary>In the order the nodes number them.</summary>
    public required IReadOnlyList<PortableFeature> Features { get; init; }

    /// <summary>The raw score is the sum of their leaves.</summary>
    public required IReadOnlyList<PortableTree> Trees { get; init; }

    /// <summary>The JSON text as UTF-8, ending in a line feed; the same model gives the same bytes.</summary>
    public static byte[] Json(TrainedModel model) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(Of(model), ModelJson.Options), (byte)'\n'];

    public static PortableModel Of(TrainedModel model)
    {
        var about = model.Description;
        return new()
        {
            Format = Name,
            FormatVersion = 1,
            Id = about.Id,
            Trainer = about.Trainer,
            Label = about.Label,
            BaseRate = about.BaseRate,
            Grades = about.Grades,
            Season = about.Season,
            Calibrator = about.Calibrator,
            Features =
            [
                .. model.Trees.Features.Select(feature => new PortableFeature(
                    feature.Name,
                    feature.Unit,
                    feature.Type,
                    feature.Levels
                )),
            ],
            Trees = [.. model.Trees.Trees.Select(PortableTree.Of)],
        };
    }
}
