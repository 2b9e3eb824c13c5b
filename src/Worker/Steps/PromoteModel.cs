using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Worker.Steps;

/// <summary>Puts a model to use for the lake, if it can score a lake at all.</summary>
public static class PromoteModel
{
    const int Named = 3;

    /// <exception cref="WorkerException">The model asks for what no lake holds; the champion stays as it is.</exception>
    public static void Run(Home home, string id)
    {
        var registry = new ModelRegistry(home.Models);
        var model = registry.Load(id);
        var foreign = model.Trees.Features.Where(feature => !IsOfTheCatalogue(feature)).Select(f => f.Name).ToArray();
        if (foreign.Length > 0)
        {
            var rest = foreign.Length > Named ? $" and {foreign.Length - Named} more" : "";
            throw new WorkerException(
                $"Model {id} cannot score this home's lake: its features '{string.Join("', '", foreign.Take(Named))}'{rest} "
                    + "are not of the lake's catalogue, expected names as leads train gives them. The champion stays. "
                    + $"On tables it scores with leads table score --model {id}."
            );
        }
        if (double.IsNaN(model.Description.BaseRate))
            throw new WorkerException(
                $"Model {id} cannot lead the funnel: the share of positives it learnt from is not known, which likelihoods "
                    + "are held against. The champion stays. Import its file again with --base-rate SHARE."
            );
        registry.Promote(id);
    }

    static bool IsOfTheCatalogue(Feature feature) =>
        FeatureDefinition.TryParse(feature.Name)?.ToFeature() is { } known && known.Type == feature.Type;
}
