using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Training;

/// <summary>Grows boosted trees for a 0/1 label; whoever grew them, <see cref="BoostedTrees"/> scores and explains.</summary>
public interface ITrainer
{
    /// <summary>The name it is asked for by: <c>histogram</c> or <c>fasttree</c>.</summary>
    string Name { get; }

    /// <summary>Trains on rows whose labels are all 0 or 1.</summary>
    /// <param name="training">At least one row of each class.</param>
    /// <param name="validation">Later rows for early stopping, or null to grow all <see cref="TrainingOptions.Trees"/>.</param>
    /// <param name="options">What to grow; the same table, options and seed give the same trees.</param>
    /// <param name="progress">Called with (trees grown, trees asked for).</param>
    /// <exception cref="ScoringException">Labels of one class only, no rows, an infinite value.</exception>
    BoostedTrees Train(
        FeatureTable training,
        FeatureTable? validation,
        TrainingOptions options,
        IProgress<(int Grown, int Asked)>? progress,
        CancellationToken cancellation
    );
}
