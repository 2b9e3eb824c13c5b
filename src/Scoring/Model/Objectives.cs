using System.Globalization;

namespace LeadScoring.Scoring.Model;

/// <summary>What LightGBM's objectives mean for a file that is to be scored as likelihoods.</summary>
static class Objectives
{
    const string Expected = "binary sigmoid:1: only models of a likelihood (objective=binary) can be scored";

    static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["multiclass"] = "several classes",
        ["multiclassova"] = "several classes",
        ["lambdarank"] = "a ranking",
        ["rank_xendcg"] = "a ranking",
        ["regression"] = "a regression",
        ["regression_l1"] = "a regression",
        ["huber"] = "a regression",
        ["fair"] = "a regression",
        ["poisson"] = "a regression",
        ["quantile"] = "a regression",
        ["mape"] = "a regression",
        ["gamma"] = "a regression",
        ["tweedie"] = "a regression",
    };

    /// <summary>The sigmoid of <c>binary sigmoid:1</c>, by which raw scores are to be multiplied to be log-odds.</summary>
    /// <exception cref="ScoringException">The objective is another one, or the sigmoid is no number above 0.</exception>
    public static double Sigmoid(ModelLines lines, string objective, int line)
    {
        const string binary = "binary sigmoid:";
        if (
            objective.StartsWith(binary, StringComparison.Ordinal)
            && double.TryParse(objective[binary.Length..], CultureInfo.InvariantCulture, out var sigmoid)
            && sigmoid > 0
            && double.IsFinite(sigmoid)
        )
            return sigmoid;
        var meaning = Others.TryGetValue(objective.Split(' ')[0], out var words) ? $" ({words})" : "";
        throw lines.Error(line, $"objective is '{ModelLines.Short(objective)}'{meaning}", Expected);
    }
}
