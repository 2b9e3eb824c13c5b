using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Calibration;

/// <summary>Fits every calibrator that the number of positives can carry and keeps the best by held-out log loss.</summary>
/// <remarks>
/// Five folds by contact; a richer calibrator must beat a plainer one, not equal it. Fewer than 5 contacts of the
/// rarer class: identity. From 5: Platt. From 30: beta too. From 100: isotonic too.
/// </remarks>
public static class ChooseCalibrator
{
    const int Folds = 5;
    const int EnoughForPlatt = 5;
    const int EnoughForBeta = 30;
    const int EnoughForIsotonic = 100;

    /// <param name="rawScores">Of rows that no tree saw.</param>
    /// <param name="labels">0 or 1 a row.</param>
    /// <param name="contacts">The contact of each row.</param>
    public static Calibrator Run(double[] rawScores, float[] labels, string[] contacts, int seed)
    {
        var fits = Candidates(RarerClass(labels, contacts));
        if (fits.Count == 1)
            return fits[0](rawScores, labels);
        var folds = Array.ConvertAll(contacts, contact => (int)(SplitMix.Hash(contact, seed) % Folds));
        var best = fits.Select((fit, i) => (Fit: fit, Loss: HeldOutLoss(fit, rawScores, labels, folds) + i * 1e-7))
            .MinBy(candidate => candidate.Loss);
        return best.Fit(rawScores, labels);
    }

    static List<Func<double[], float[], Calibrator>> Candidates(int rarer)
    {
        if (rarer < EnoughForPlatt)
            return [(_, _) => new IdentityCalibrator()];
        List<Func<double[], float[], Calibrator>> fits = [PlattCalibrator.Fit];
        if (rarer >= EnoughForBeta)
            fits.Add(BetaCalibrator.Fit);
        if (rarer >= EnoughForIsotonic)
            fits.Add(IsotonicCalibrator.Fit);
        return fits;
    }

    /// <summary>Distinct contacts of the class that has fewer of them.</summary>
    static int RarerClass(float[] labels, string[] contacts)
    {
        int Distinct(float label) =>
            contacts.Where((_, row) => labels[row] == label).Distinct(StringComparer.Ordinal).Count();
        return Math.Min(Distinct(0), Distinct(1));
    }

    static double HeldOutLoss(Func<double[], float[], Calibrator> fit, double[] raw, float[] labels, int[] folds)
    {
        double loss = 0;
        for (var fold = 0; fold < Folds; fold++)
        {
            var within = fold;
            var fitRows = Enumerable.Range(0, raw.Length).Where(row => folds[row] != within).ToArray();
            var calibrator = fit(
                Array.ConvertAll(fitRows, row => raw[row]),
                Array.ConvertAll(fitRows, row => labels[row])
            );
            for (var row = 0; row < raw.Length; row++)
                loss += folds[row] == fold ? Metrics.LogLoss(calibrator.Likelihood(raw[row]), labels[row]) : 0;
        }
        return loss / raw.Length;
    }
}
