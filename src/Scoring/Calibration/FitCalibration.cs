using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Calibration;

/// <summary>What turns raw scores of trees into likelihoods with intervals.</summary>
/// <param name="Season">Added to raw scores first.</param>
/// <param name="Calibrator">Makes likelihoods of them.</param>
/// <param name="Interval">Of those likelihoods.</param>
/// <param name="Likelihoods">Of the rows it was fitted on.</param>
public sealed record FittedCalibration(
    SeasonShift Season,
    Calibrator Calibrator,
    LikelihoodInterval Interval,
    double[] Likelihoods
)
{
    /// <summary>Other rows with their scores, season added, and likelihoods.</summary>
    public HeldOut Apply(FeatureTable rows, double[] rawScores)
    {
        var scores = Season.Shifted(rawScores, rows.AsOf);
        return new HeldOut(rows.Contacts, rows.AsOf, rows.Labels, scores, Calibrator.Likelihoods(scores));
    }
}

/// <summary>Fits season, calibrator and interval, in this order, on rows that no tree saw.</summary>
public static class FitCalibration
{
    /// <param name="options">Its horizon is used (periods nearer than that share outcomes), its season and seed.</param>
    public static FittedCalibration Run(HeldOutRows rows, TrainModelOptions options)
    {
        var season = options.Seasonal ? SeasonShift.Fit(rows) : SeasonShift.None;
        var shifted = rows with { RawScores = season.Shifted(rows.RawScores, rows.AsOf) };
        var calibrator = ChooseCalibrator.Run(shifted.RawScores, shifted.Labels, shifted.Contacts, options.Seed);
        var likelihoods = calibrator.Likelihoods(shifted.RawScores);
        var interval = LikelihoodInterval.Fit(shifted, likelihoods, options.Label.HorizonDays);
        return new FittedCalibration(season, calibrator, interval, likelihoods);
    }
}
