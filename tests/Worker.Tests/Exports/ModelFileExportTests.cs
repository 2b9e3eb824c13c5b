using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Model;
using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

public sealed class ModelFileExportTests
{
    TemporaryHome _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryHome();

    [TearDown]
    public void Remove() => _folder.Dispose();

    StoredModel Model()
    {
        var trees = new BoostedTrees([Feature.Categorical("c", ["a", "b"])], [Tree.Constant(0.5, 1, 20)]);
        return new ModelRegistry(_folder.File("models")).Save(ImportModel.Run(ModelFile.Bytes(trees), "x", "x"));
    }

    [Test]
    public void The_text_is_that_of_the_registry_with_level_names_as_pandas_leaves_them()
    {
        var model = Model();
        var path = ModelFileExport.Run(model, ModelFormat.Lightgbm, _folder.File("out", "deep", "model.txt"));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(File.ReadAllBytes(Path.Combine(model.Folder, "model.txt"))));
        Assert.That(File.ReadAllText(path), Does.EndWith("\npandas_categorical:[[\"a\",\"b\"]]\n"));
        Assert.That(Path.IsPathFullyQualified(path));
    }

    [Test]
    public void The_JSON_replaces_what_was_there_and_leaves_nothing_beside_it()
    {
        var path = _folder.File("model.json");
        File.WriteAllText(path, "old");
        ModelFileExport.Run(Model(), ModelFormat.Json, path);
        Assert.That(
            JsonDocument.Parse(File.ReadAllText(path, Encoding.UTF8)).RootElement.GetProperty("id").GetString(),
            Is.EqualTo("x")
        );
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_file_that_cannot_be_written_is_named_and_nothing_is_left()
    {
        var model = Model();
        var taken = _folder.File("taken");
        Directory.CreateDirectory(taken);
        Assert.That(
            () => ModelFileExport.Run(model, ModelFormat.Json, taken),
            Throws.TypeOf<WorkerException>().With.Message.StartsWith($"--out {taken}: cannot be written")
        );
        Assert.That(File.Exists(taken + ".new"), Is.False);
    }
}
