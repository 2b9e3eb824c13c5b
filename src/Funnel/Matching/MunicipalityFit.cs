namespace LeadScoring.Funnel.Matching;

/// <summary>Which municipality suits a contact, and why, in plain words.</summary>
/// <param name="Best">Code of the best fit.</param>
/// <param name="Share">Shrunken share of the contact's evidence that speaks for it, 0 to 1.</param>
/// <param name="RunnerUp">Code of the second-best fit, 0 when every other municipality is out.</param>
/// <param name="RunnerUpShare">Its share; 0 when there is none.</param>
/// <param name="Why">In English, no trailing full stop: <c>named Arjeplog in an answer; read 6 pages about it</c>.</param>
/// <param name="WhySwedish">The same in Swedish.</param>
public sealed record MunicipalityFit(
    int Best,
    double Share,
    int RunnerUp,
    double RunnerUpShare,
    string Why,
    string WhySwedish
);
