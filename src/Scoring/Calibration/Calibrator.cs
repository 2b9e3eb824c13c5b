using System.Text.Json.Serialization;

namespace LeadScoring.Scoring.Calibration;

/// <summary>Turns a raw score (log-odds) into a likelihood; never falls as the raw score rises.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IdentityCalibrator), "identity")]
[JsonDerivedType(typeof(PlattCalibrator), "platt")]
[JsonDerivedType(typeof(BetaCalibrator), "beta")]
[JsonDerivedType(typeof(IsotonicCalibrator), "isotonic")]
public abstract record Calibrator
{
    /// <summary>The likelihood, 0 to 1, of a raw score.</summary>
    public abstract double Likelihood(double rawScore);

    /// <summary>The likelihoods of raw scores, in their order.</summary>
    public double[] Likelihoods(double[] rawScores) => Array.ConvertAll(rawScores, Likelihood);
}

/// <summary>Takes the raw score at its word: too few positives to learn better.</summary>
public sealed record IdentityCalibrator : Calibrator
{
    public override double Likelihood(double rawScore) => LogOdds.ToLikelihood(rawScore);
}

/// <summary>A straight line in log-odds: sigmoid(<paramref name="Slope"/> raw + <paramref name="Shift"/>).</summary>
/// <remarks>Platt 1999, targets smoothed as there: (n1 + 1) / (n1 + 2) and 1 / (n0 + 2).</remarks>
/// <param name="Slope">At least 0.</param>
public sealed record PlattCalibrator(double Slope, double Shift) : Calibrator
{
    public override double Likelihood(double rawScore) => LogOdds.ToLikelihood(Slope * rawScore + Shift);

    internal static PlattCalibrator Fit(double[] rawScores, float[] labels)
    {
        double positives = labels.Count(label => label == 1);
        double negatives = labels.Length - positives;
        var targets = Array.ConvertAll(
            labels,
            label => label == 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)
        );
        var fit = SmallLogistic.Fit([rawScores], targets);
        return fit[0] > 0
            ? new PlattCalibrator(fit[0], fit[1])
            : new PlattCalibrator(0, LogOdds.Of((positives + 1) / (labels.Length + 2)));
    }
}

/// <summary>A curve in log-odds with its own slope at either end: A ln(p) - B ln(1 - p) + Shift, p = sigmoid(raw).</summary>
/// <remarks>Kull, Silva Filho, Flach: Beta calibration, AISTATS 2017; slopes below 0 are refitted at 0.</remarks>
/// <param name="A">Slope where the raw likelihood is small, at least 0.</param>
/// <param name="B">Slope where the raw likelihood is large, at least 0.</param>
public sealed record BetaCalibrator(double A, double B, double Shift) : Calibrator
{
    public override double Likelihood(double rawScore) =>
        LogOdds.ToLikelihood(A * LogOfLikelihood(rawScore) + B * MinusLogOfRest(rawScore) + Shift);

    internal static BetaCalibrator Fit(double[] rawScores, float[] labels)
    {
        var targets = Array.ConvertAll(labels, label => (double)label);
        var low = Array.ConvertAll(rawScores, LogOfLikelihood);
        var high = Array.ConvertAll(rawScores, MinusLogOfRest);
        var both = SmallLogistic.Fit([low, high], targets);
        if (both[0] >= 0 && both[1] >= 0)
            return new BetaCalibrator(both[0], both[1], both[2]);
        if (both[0] < 0)
        {
            var alone = SmallLogistic.Fit([high], targets);
            return new BetaCalibrator(0, Math.Max(0, alone[0]), alone[1]);
        }
        var lower = SmallLogistic.Fit([low], targets);
        return new BetaCalibrator(Math.Max(0, lower[0]), 0, lower[1]);
    }

    static double LogOfLikelihood(double rawScore) => -LogOdds.SoftPlus(-rawScore);

    static double MinusLogOfRest(double rawScore) => LogOdds.SoftPlus(rawScore);
}
