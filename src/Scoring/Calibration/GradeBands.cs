using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Calibration;

/// <summary>Grades by likelihood: A from <paramref name="A"/>, B from <paramref name="B"/>, C from <paramref name="C"/>, else D.</summary>
/// <remarks>Frozen with the model, so that a grade means the same likelihood every night.</remarks>
public sealed record GradeBands(double A, double B, double C)
{
    const double ShareA = 0.05;
    const double ShareB = 0.2;
    const double ShareC = 0.5;

    public char Grade(double likelihood) =>
        likelihood >= A ? 'A'
        : likelihood >= B ? 'B'
        : likelihood >= C ? 'C'
        : 'D';

    /// <summary>Bands that put the top 5 % of held-out likelihoods in A, the next 15 % in B, the next 30 % in C.</summary>
    public static GradeBands Of(double[] likelihoods)
    {
        var sorted = likelihoods.Order().ToArray();
        double At(double share) => Bootstrap.Quantile(sorted, 1 - share);
        return new GradeBands(At(ShareA), At(ShareB), At(ShareC));
    }
}
