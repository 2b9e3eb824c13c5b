using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>Reads the header and the sections of LightGBM's text format; <see cref="TreeReader"/> reads a tree.</summary>
sealed class ModelReader(ModelLines lines)
{
    static readonly string[] HeaderKeys =
    [
        "version",
        "num_class",
        "num_tree_per_iteration",
        "label_index",
        "max_feature_idx",
        "objective",
        "feature_names",
        "monotone_constraints",
        "feature_infos",
        "tree_sizes",
    ];

    readonly Dictionary<string, (string Value, int Line)> _header = new(StringComparer.Ordinal);
    double _sigmoid = 1;

    /// <param name="features">The frozen features of a file of our own; null takes them from the file.</param>
    public BoostedTrees Model(IReadOnlyList<Feature>? features)
    {
        ReadHeader();
        var names = FileNames();
        if (features is not null)
            CheckNames(names, features);
        var sizes = Header("tree_sizes").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var trees = new Tree[sizes.Length];
        lines.SkipBlank();
        for (var index = 0; index < trees.Length; index++)
            trees[index] = ReadTree(index, sizes[index], names.Length);
        if (lines.Next("end of trees") is var line and not "end of trees")
            throw lines.Error(
                lines.Number,
                $"is '{ModelLines.Short(line)}'",
                $"end of trees after {trees.Length} trees"
            );
        var levels = new ModelTail(lines).Read(mustNameLevels: features is not null);
        var infos = (Header("feature_infos"), _header["feature_infos"].Line);
        var read = features ?? new FileFeatures(lines, names, infos, levels).Read(trees);
        return new BoostedTrees(read, [.. trees.Select(InLogOdds)]);
    }

    /// <summary>LightGBM's likelihood is 1 / (1 + e^(-sigmoid raw)): leaves times sigmoid are log-odds.</summary>
    Tree InLogOdds(Tree tree) =>
        _sigmoid == 1
            ? tree
            : tree with
            {
                LeafValue = Array.ConvertAll(tree.LeafValue, value => value * _sigmoid),
                InternalValue = Array.ConvertAll(tree.InternalValue, value => value * _sigmoid),
            };

    void ReadHeader()
    {
        if (lines.Next("tree") is var first and not "tree")
            throw lines.Error(1, $"is '{ModelLines.Short(first)}'", "tree, the first line of a LightGBM text model");
        while (!lines.AtEnd && lines.Peek.Length > 0)
        {
            if (lines.Peek is "average_output")
                throw lines.Error(
                    lines.Number + 1,
                    "average_output",
                    "a sum of boosted trees; random forests (boosting=rf) are not supported"
                );
            var (key, value, line) = lines.Pair();
            if (!HeaderKeys.Contains(key, StringComparer.Ordinal))
                throw lines.Error(line, $"unknown header key '{ModelLines.Short(key)}'", string.Join(", ", HeaderKeys));
            if (!_header.TryAdd(key, (value, line)))
                throw lines.Error(line, $"{key} is there twice", "each header key once");
        }
        Require("version", "v4", "v3");
        _sigmoid = Objectives.Sigmoid(lines, Header("objective"), _header["objective"].Line);
        Require("num_class", "1");
        Require("num_tree_per_iteration", "1");
    }

    string Header(string key) =>
        _header.TryGetValue(key, out var pair)
            ? pair.Value
            : throw lines.Error(lines.Number, $"the header has no {key}", "it before the first blank line");

    void Require(string key, params string[] accepted)
    {
        var value = Header(key);
        if (!accepted.Contains(value, StringComparer.Ordinal))
            throw lines.Error(
                _header[key].Line,
                $"{key} is '{ModelLines.Short(value)}'",
                string.Join(" or ", accepted)
            );
    }

    string[] FileNames()
    {
        var names = Header("feature_names").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            !int.TryParse(Header("max_feature_idx"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var last)
            || last != names.Length - 1
        )
            throw lines.Error(
                _header["max_feature_idx"].Line,
                $"max_feature_idx is '{ModelLines.Short(Header("max_feature_idx"))}'",
                string.Create(CultureInfo.InvariantCulture, $"{names.Length - 1} for {names.Length} feature_names")
            );
        return names;
    }

    void CheckNames(string[] names, IReadOnlyList<Feature> features)
    {
        var expected = ModelWriter.Names(features);
        for (var i = 0; i < Math.Max(names.Length, expected.Length); i++)
            if (
                i >= names.Length
                || i >= expected.Length
                || !string.Equals(names[i], expected[i], StringComparison.Ordinal)
            )
                throw lines.Error(
                    _header["feature_names"].Line,
                    $"feature {i + 1} is '{(i < names.Length ? names[i] : "")}'",
                    $"'{(i < expected.Length ? expected[i] : "")}' as in the model's feature list"
                );
    }

    Tree ReadTree(int index, string size, int features)
    {
        var start = lines.Position;
        var firstLine = lines.Number + 1;
        var tree = new TreeReader(lines, index, features).Read();
        lines.SkipBlank();
        var bytes = (lines.Position - start).ToString(CultureInfo.InvariantCulture);
        if (!string.Equals(bytes, size, StringComparison.Ordinal))
            throw lines.Error(
                firstLine,
                $"Tree={index} is {bytes} bytes long",
                $"{ModelLines.Short(size)} by tree_sizes; the file was changed after it was written"
            );
        return tree;
    }
}
