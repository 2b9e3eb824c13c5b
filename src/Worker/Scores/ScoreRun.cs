using LeadScoring.Scoring;

namespace LeadScoring.Worker.Scores;

/// <summary>One contact's score and the municipalities that fit, best first.</summary>
public sealed record ContactScore(LeadScore Score, IReadOnlyList<int> Municipalities);

/// <summary>All scores as of one day.</summary>
/// <param name="ModelId">The model that gave them; empty when nobody was scored.</param>
/// <param name="Scores">By rank.</param>
public sealed record ScoreRun(DateOnly AsOf, string ModelId, IReadOnlyList<ContactScore> Scores);
