using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Model;

/// <summary>A model that can score: trees, calibrator, interval and grades, with its evaluation.</summary>
public record TrainedModel(BoostedTrees Trees, ModelDescription Description, ModelEvaluation Evaluation)
{
    public string Id => Description.Id;

    /// <summary>The likelihood of a raw score as of an instant (UTC), its 90 % interval and its grade.</summary>
    public (double Likelihood, double Low, double High, char Grade) Judge(double rawScore, DateTime asOf)
    {
        var score = rawScore + Description.Season.At(asOf);
        var likelihood = Description.Calibrator.Likelihood(score);
        var (low, high) = Description.Interval.Around(score, likelihood);
        return (likelihood, low, high, Description.Grades.Grade(likelihood));
    }
}

/// <summary>A model as it lies in the registry.</summary>
/// <param name="Folder">Absolute path of its folder.</param>
public sealed record StoredModel(
    BoostedTrees Trees,
    ModelDescription Description,
    ModelEvaluation Evaluation,
    string Folder
) : TrainedModel(Trees, Description, Evaluation);
