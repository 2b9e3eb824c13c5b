using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Scoring;

/// <summary>One contact's calibrated likelihood to relocate within the horizon, with its interval and reasons.</summary>
/// <param name="Contact">Whose.</param>
/// <param name="RawScore">Sum of the trees in log-odds, before calibration.</param>
/// <param name="Likelihood">Calibrated probability, 0 to 1.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end of the 90 % interval.</param>
/// <param name="Grade">A (highest) to D.</param>
/// <param name="Rank">1 is the most likely of the run; ties are broken by contact id.</param>
/// <param name="Reasons">The strongest contributions, largest magnitude first.</param>
public sealed record LeadScore(
    ContactId Contact,
    double RawScore,
    double Likelihood,
    double Low,
    double High,
    char Grade,
    int Rank,
    IReadOnlyList<Explaining.Reason> Reasons
);
