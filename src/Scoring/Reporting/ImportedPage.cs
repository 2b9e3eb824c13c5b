using System.Globalization;
using LeadScoring.Scoring.Model;
using static LeadScoring.Scoring.Reporting.Markup;

namespace LeadScoring.Scoring.Reporting;

/// <summary>The report of a model that was made elsewhere: no figures, and what asks for which feature how often.</summary>
static class ImportedPage
{
    const string Style =
        "body{margin:0 auto;max-width:760px;padding:24px 16px;font:16px/1.5 system-ui,'Segoe UI',Roboto,sans-serif}"
        + "table{border-collapse:collapse}th,td{text-align:left;padding:6px 14px 6px 0;border-bottom:1px solid #8888}";

    /// <summary>The same model gives the same page; all text from the file is encoded.</summary>
    public static string Html(TrainedModel model)
    {
        var about = model.Description;
        var verdict = model.Evaluation.Verdict;
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<meta name=\"color-scheme\" content=\"light dark\">\n"
            + $"<title>Model {Text(about.Id)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n"
            + $"<p>Lead scoring model <code>{Text(about.Id)}</code></p>\n"
            + $"<h1>{Text($"{char.ToUpperInvariant(verdict[0])}{verdict[1..]}")}.</h1>\n"
            + $"<p>{Text(Lead(model))}</p>\n"
            + string.Concat(model.Evaluation.Warnings.Select(warning => $"<p>{Text(warning)}</p>\n"))
            + "<h2>Features by number of splits</h2>\n"
            + Table(["Feature", "Splits"], Splits(model.Trees))
            + "\n</main>\n</body>\n</html>\n";
    }

    static string Lead(TrainedModel model) =>
        $"{Count(model.Trees.Trees.Count)} trees of at most {Count(model.Description.Training.Leaves)} leaves over "
        + $"{Count(model.Description.Features.Count)} features; its first tree saw {Count(model.Description.Rows)} rows. "
        + $"The share of positives is {ImportedCard.Rate(model.Description)}. "
        + "How well it ranks and how right its likelihoods are was not measured here.";

    static IEnumerable<IEnumerable<string>> Splits(BoostedTrees trees)
    {
        var splits = new int[trees.Features.Count];
        foreach (var feature in trees.Trees.SelectMany(tree => tree.SplitFeature))
            splits[feature]++;
        return trees
            .Features.Zip(splits, (feature, count) => (feature.Name, Count: count))
            .Where(feature => feature.Count > 0)
            .OrderByDescending(feature => feature.Count)
            .Select(feature =>
                (IEnumerable<string>)[feature.Name, feature.Count.ToString(CultureInfo.InvariantCulture)]
            );
    }
}
