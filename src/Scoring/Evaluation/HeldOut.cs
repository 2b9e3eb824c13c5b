namespace LeadScoring.Scoring.Evaluation;

/// <summary>Rows that no tree saw, with what happened, the raw scores and the likelihoods they were given.</summary>
/// <param name="Contacts">The contact of each row.</param>
/// <param name="AsOf">The as-of instant (UTC) of each row.</param>
/// <param name="Labels">0 or 1 a row.</param>
/// <param name="Scores">What ranks the rows, in log-odds for trees.</param>
/// <param name="Likelihoods">Calibrated, 0 to 1.</param>
public sealed record HeldOut(string[] Contacts, DateTime[] AsOf, float[] Labels, double[] Scores, double[] Likelihoods)
{
    public int Rows => Labels.Length;

    public int Positives => Labels.Count(label => label == 1);
}
