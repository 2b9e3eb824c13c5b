namespace LeadScoring.Funnel;

/// <summary>A contact's calibrated likelihood beside the base rate of the model that gave it.</summary>
/// <remarks>
/// Policies state thresholds as <see cref="Lift"/>, not as probabilities: relocation is rare (about 1 in 100), every
/// trained model has its own base rate, and a municipality thinks in "twice as likely as the usual contact".
/// </remarks>
/// <param name="Value">Probability to relocate within the horizon, 0 to 1.</param>
/// <param name="BaseRate">Share of positives the model was trained on, above 0 and below 1.</param>
/// <param name="ModelId">Folder name of the model in the registry.</param>
public readonly record struct Likelihood(double Value, double BaseRate, string ModelId)
{
    /// <summary>
    /// Odds ratio against the base rate: p/(1-p) over b/(1-b). For rare events practically p/b; unlike p/b it never
    /// runs out of room, so the same thresholds serve a home where a third of all contacts are positive.
    /// </summary>
    public double Lift => Odds(Value, 0, 1) / Odds(BaseRate, double.Epsilon, 1 - 1e-12);

    static double Odds(double probability, double least, double most) =>
        probability >= least && probability <= most
            ? probability / (1 - probability)
            : throw new InvalidOperationException($"a likelihood or base rate of {probability} is no probability");
}
