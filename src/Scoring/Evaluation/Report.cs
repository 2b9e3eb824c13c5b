using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Evaluation;

/// <summary>The evaluation as one self-contained page.</summary>
public static class Report
{
    public static string Html(TrainedModel model) => model.Id;
}
