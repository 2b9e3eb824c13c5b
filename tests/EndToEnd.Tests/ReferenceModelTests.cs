using LeadScoring.Scoring.Model;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>The model in the repository scores the sample without any training.</summary>
public sealed class ReferenceModelTests
{
    static readonly string Models = Path.Combine(SampleHome.Repository, "models");

    [Test]
    public void The_reference_model_scores_the_sample_and_nothing_is_trained()
    {
        using var home = SampleHome.Make();
        SampleHome.Copy(Models, Path.Combine(home.Path, "models"));
        var said = Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf, "--json").Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.GetProperty("model").GetProperty("id").GetString(), Is.EqualTo(Champion().Id));
            Assert.That(said.GetProperty("seconds").TryGetProperty("train", out _), Is.False);
            Assert.That(said.GetProperty("scored").GetInt32(), Is.GreaterThan(1000));
        }
    }

    [Test]
    public void Its_model_file_alone_gives_the_same_raw_scores()
    {
        var stored = Champion();
        var read = ModelFile.Read(Path.Combine(stored.Folder, "model.txt"));
        var chance = new Random(1);
        var row = new double[stored.Trees.Features.Count];
        for (var tries = 0; tries < 100; tries++)
        {
            for (var f = 0; f < row.Length; f++)
                row[f] = chance.Next(4) == 0 ? double.NaN : chance.Next(20);
            Assert.That(read.RawScore(row), Is.EqualTo(stored.Trees.RawScore(row)));
        }
    }

    static StoredModel Champion() => new ModelRegistry(Models).Champion()!;
}
