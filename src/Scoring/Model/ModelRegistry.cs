using LeadScoring.Scoring.Evaluation;

namespace LeadScoring.Scoring.Model;

/// <summary>A model in the list: what it is and whether it is the one in use.</summary>
public sealed record ListedModel(string Id, ModelDescription Description, ModelEvaluation Evaluation, bool IsChampion);

/// <summary>The models of a home: one folder each, and a file <c>champion</c> that names the one in use.</summary>
/// <remarks>
/// Every change is one rename, so that a kill leaves the old or the new: a model is written beside and renamed into
/// place, <c>champion</c> is replaced whole. <c>champion.history</c> holds the ids promoted so far, one a line, oldest
/// first. Files hold no clock values: the same training gives the same bytes.
/// </remarks>
public sealed class ModelRegistry(string folder)
{
    readonly ChampionFile champion = new(folder);

    /// <summary>Stores a model; the same model once more changes nothing.</summary>
    public StoredModel Save(TrainedModel model)
    {
        Directory.CreateDirectory(folder);
        var target = PathOf(model.Id);
        var fresh = Path.Combine(folder, $".new-{model.Id}");
        var old = OldPathOf(model.Id);
        Remove(fresh);
        Directory.CreateDirectory(fresh);
        foreach (var (name, bytes) in ModelFiles.Bytes(model))
            File.WriteAllBytes(Path.Combine(fresh, name), bytes);
        if (SameFiles(fresh, target))
        {
            Remove(fresh);
            return new StoredModel(model.Trees, model.Description, model.Evaluation, target);
        }
        // A folder cannot be renamed onto another: until the second rename, the old one stands in (see Recover).
        Recover(model.Id);
        Remove(old);
        if (Directory.Exists(target))
            Directory.Move(target, old);
        Directory.Move(fresh, target);
        Remove(old);
        return new StoredModel(model.Trees, model.Description, model.Evaluation, target);
    }

    /// <summary>All models, by id (so by last snapshot day).</summary>
    /// <exception cref="ScoringException">A model's files are damaged.</exception>
    public IReadOnlyList<ListedModel> List()
    {
        var current = champion.Current();
        return
        [
            .. Ids()
                .Select(id => new ListedModel(
                    id,
                    ModelFiles.Description(PathOf(id)),
                    ModelFiles.Evaluation(PathOf(id)),
                    string.Equals(id, current, StringComparison.Ordinal)
                )),
        ];
    }

    /// <summary>Whether there is a model of that id, damaged or not.</summary>
    public bool Holds(string id) => Ids().Contains(id, StringComparer.Ordinal);

    /// <exception cref="ScoringException">No such model, or its files are damaged.</exception>
    public StoredModel Load(string id)
    {
        Demand(id);
        return ModelFiles.Read(PathOf(id));
    }

    /// <summary>The id of the model in use, whether it can be read or not; null when none was promoted yet.</summary>
    public string? ChampionId => champion.Current();

    /// <summary>The model in use, or null when none was promoted yet.</summary>
    /// <exception cref="ScoringException">The champion named is not there, or its files are damaged.</exception>
    public StoredModel? Champion()
    {
        if (champion.Current() is not { } id)
            return null;
        Recover(id);
        if (!Directory.Exists(PathOf(id)))
            throw new ScoringException(
                $"{Path.Combine(folder, "champion")} names the model '{id}', which is not there. {Known()} "
                    + "Promote one of them, or train."
            );
        return Load(id);
    }

    /// <summary>Puts a model to use from now on.</summary>
    /// <exception cref="ScoringException">No such model, or its files are damaged: a broken one is never put to use.</exception>
    public void Promote(string id)
    {
        Load(id);
        champion.Promote(id);
    }

    /// <summary>Goes back to the model that was in use before.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ScoringException">There was none before, or it is no longer there.</exception>
    public string Rollback()
    {
        var previous =
            champion.Previous()
            ?? throw new ScoringException(
                $"No model was in use before the present one. {Known()} Promote one by its id."
            );
        Load(previous);
        champion.Rollback();
        return previous;
    }

    IReadOnlyList<string> Ids()
    {
        if (!Directory.Exists(folder))
            return [];
        var names = Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).ToArray();
        foreach (var name in names.Where(name => name.StartsWith(".old-", StringComparison.Ordinal)))
            Recover(name[".old-".Length..]);
        return
        [
            .. Directory
                .EnumerateDirectories(folder)
                .Select(path => Path.GetFileName(path))
                .Where(name => !name.StartsWith('.'))
                .Order(StringComparer.Ordinal),
        ];
    }

    void Demand(string id)
    {
        if (!Holds(id))
            throw new ScoringException($"There is no model '{id}' in {folder}. {Known()}");
    }

    string Known() => Ids() is { Count: > 0 } ids ? $"Known: {string.Join(", ", ids)}." : "There is no model yet.";

    string PathOf(string id) => Path.Combine(folder, id);

    string OldPathOf(string id) => Path.Combine(folder, $".old-{id}");

    /// <summary>Puts back what a kill between the two renames of <see cref="Save"/> left aside.</summary>
    void Recover(string id)
    {
        if (Directory.Exists(OldPathOf(id)) && !Directory.Exists(PathOf(id)))
            Directory.Move(OldPathOf(id), PathOf(id));
    }

    static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    static bool SameFiles(string left, string right) =>
        Directory.Exists(right)
        && Names(left).SequenceEqual(Names(right), StringComparer.Ordinal)
        && Names(left)
            .All(name =>
                File.ReadAllBytes(Path.Combine(left, name))
                    .AsSpan()
                    .SequenceEqual(File.ReadAllBytes(Path.Combine(right, name)))
            );

    static string[] Names(string path) =>
        [.. Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
