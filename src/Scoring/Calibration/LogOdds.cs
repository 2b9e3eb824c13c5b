namespace LeadScoring.Scoring.Calibration;

/// <summary>Between likelihoods and log-odds, without overflow at either end.</summary>
public static class LogOdds
{
    const double Smallest = 1e-12;

    /// <summary>ln(p / (1 - p)), with p kept within [1e-12, 1 - 1e-12].</summary>
    public static double Of(double likelihood)
    {
        var kept = Math.Clamp(likelihood, Smallest, 1 - Smallest);
        return Math.Log(kept / (1 - kept));
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double ToLikelihood(double logOdds)
    {
        if (logOdds >= 0)
            return 1 / (1 + Math.Exp(-logOdds));
        var odds = Math.Exp(logOdds);
        return odds / (1 + odds);
    }

    /// <summary>ln(1 + exp(x)).</summary>
    public static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
