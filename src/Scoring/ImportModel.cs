using System.Security.Cryptography;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Calibration;
using LeadScoring.Scoring.Evaluation;
using LeadScoring.Scoring.Model;
using LeadScoring.Scoring.Training;
using static System.FormattableString;

namespace LeadScoring.Scoring;

/// <summary>Makes a model of a file that LightGBM wrote: it scores and explains, and says what is not known of it.</summary>
public static class ImportModel
{
    /// <summary>The trainer such models name.</summary>
    public const string Trainer = "lightgbm";

    /// <param name="file">The bytes of LightGBM's text format.</param>
    /// <param name="name">What to call the file in errors and in the verdict.</param>
    /// <param name="id">The model's id; null makes one of the content, so that the same file gives the same id.</param>
    /// <param name="baseRate">Share of positives among the rows it learnt from, which the file does not hold; NaN when not known.</param>
    /// <exception cref="ScoringException">The file is damaged or holds what cannot be scored, or the id cannot name a folder.</exception>
    public static TrainedModel Run(byte[] file, string name, string? id = null, double baseRate = double.NaN)
    {
        if (baseRate is <= 0 or >= 1)
            throw new ScoringException(
                Invariant($"The base rate is {baseRate}, expected a share above 0 and below 1, for example 0.011.")
            );
        var read = ModelFile.Parse(file, name);
        var trees = new BoostedTrees([.. read.Features.Select(Known)], read.Trees);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        var rows = Rows(trees);
        var description = new ModelDescription
        {
            Id = id is null ? ContentId(hash, baseRate) : Checked(id),
            Trainer = Trainer,
            Label = new LabelDefinition(["1"], ["0"], HorizonDays: 0),
            SnapshotDays = [],
            Rows = rows,
            Positives = double.IsNaN(baseRate) ? 0 : (int)Math.Round(baseRate * rows),
            BaseRate = baseRate,
            Season = SeasonShift.None,
            Calibrator = new IdentityCalibrator(),
            Interval = LikelihoodInterval.Unknown,
            Grades = Bands(double.IsNaN(baseRate) ? Typical(trees) : baseRate),
            Training = new TrainingOptions
            {
                Trees = trees.Trees.Count,
                Leaves = trees.Trees.Select(tree => tree.LeafTotal).DefaultIfEmpty(1).Max(),
            },
            Seed = 0,
            DataHash = hash,
            GitCommit = null,
            Features = [.. trees.Features.Select(Profile)],
        };
        return new TrainedModel(trees, description, NotEvaluated.Because($"imported from {name}, a model of LightGBM"));
    }

    /// <summary>A feature of the lake's catalogue keeps its unit there.</summary>
    static Feature Known(Feature feature) =>
        FeatureDefinition.TryParse(feature.Name)?.ToFeature() is { } known && known.Type == feature.Type
            ? feature with
            {
                Unit = known.Unit,
            }
            : feature;

    static FeatureProfile Profile(Feature feature) =>
        new(feature.Name, feature.Unit, feature.Type, feature.Levels, double.NaN, [], []);

    /// <summary>Rows the first tree saw: all of them unless rows were sampled.</summary>
    static int Rows(BoostedTrees trees)
    {
        var seen =
            trees.Trees.Count == 0 ? 0
            : trees.Trees[0].InternalCount is [var root, ..] ? root
            : trees.Trees[0].LeafCount[0];
        return (int)Math.Min(seen, int.MaxValue);
    }

    /// <summary>Likelihood at the mean raw score of the training rows, which the trees' counts tell.</summary>
    static double Typical(BoostedTrees trees) => BoostedTrees.Probability(trees.Trees.Sum(Mean));

    static double Mean(Tree tree)
    {
        double rows = tree.LeafCount.Sum();
        return rows == 0 ? tree.LeafValue[0] : tree.LeafValue.Zip(tree.LeafCount, (v, count) => v * count).Sum() / rows;
    }

    /// <summary>A from five times the odds of the typical likelihood, B from twice, C from once.</summary>
    static GradeBands Bands(double typical)
    {
        var odds = typical / (1 - typical);
        return new(Share(5 * odds), Share(2 * odds), Share(odds));

        static double Share(double odds) => double.IsFinite(odds) ? odds / (1 + odds) : 1;
    }

    static string ContentId(string hash, double baseRate) =>
        double.IsNaN(baseRate) ? $"imported-{hash[..8]}" : Invariant($"imported-{hash[..8]}-{baseRate:0.######}");

    static string Checked(string id) =>
        id.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && !id.EndsWith('.')
        && !id.StartsWith("champion", StringComparison.OrdinalIgnoreCase)
            ? id
            : throw new ScoringException(
                $"The id '{id}' cannot name a model, expected at most 64 letters, digits, '-', '_' and '.', the first a "
                    + "letter or digit, and not 'champion'."
            );
}
