using LeadScoring.Scoring.Explaining;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

[TestFixtureSource(typeof(GoldenModel), nameof(GoldenModel.Names))]
public sealed class LightGbmGoldenTests(string name)
{
    readonly GoldenModel _golden = GoldenModel.Load(name);

    [Test]
    public void Raw_scores_and_probabilities_are_those_of_LightGBM()
    {
        Assert.That(_golden.Cases, Has.Length.EqualTo(300));
        foreach (var expected in _golden.Cases)
        {
            var raw = _golden.Trees.RawScore(expected.Row);
            Assert.That(raw, Is.EqualTo(expected.Raw).Within(1e-12));
            Assert.That(BoostedTrees.Probability(raw), Is.EqualTo(expected.Probability).Within(1e-12));
        }
    }

    [Test]
    public void Contributions_are_those_of_LightGBM_and_add_up_to_the_raw_score()
    {
        var shap = new TreeShap(_golden.Trees);
        var contributions = new double[_golden.Trees.Features.Count + 1];
        foreach (var expected in _golden.Cases)
        {
            shap.Contributions(expected.Row, contributions);
            Assert.That(contributions, Is.EqualTo(expected.Contributions).Within(1e-9));
            Assert.That(contributions.Sum(), Is.EqualTo(expected.Raw).Within(1e-9));
        }
    }

    [Test]
    public void Written_and_read_again_it_scores_bit_by_bit_the_same()
    {
        var again = ModelFile.Parse(ModelFile.Bytes(_golden.Trees), "again");
        foreach (var expected in _golden.Cases)
            Assert.That(again.RawScore(expected.Row), Is.EqualTo(_golden.Trees.RawScore(expected.Row)));
        Assert.That(again.Features.Select(f => f.Name), Is.EqualTo(_golden.Trees.Features.Select(f => f.Name)));
    }
}
