namespace LeadScoring.Scoring.Explaining;

/// <summary>What one feature adds to a contact's raw score.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Value">Its value for the contact; NaN is "no trace".</param>
/// <param name="Contribution">Its SHAP value in log-odds: above 0 raises the likelihood.</param>
public readonly record struct Reason(string Feature, double Value, double Contribution);
