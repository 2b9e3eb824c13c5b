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

    public BoostedTrees Model(IReadOnlyList<Feature>? features)
    {
        ReadHeader();
        var read = features is null ? FileFeatures() : Checked(features);
        var sizes = Header("tree_sizes").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var trees = new Tree[sizes.Length];
        lines.SkipBlank();
        for (var index = 0; index < trees.Length; index++)
            trees[index] = ReadTree(index, sizes[index], read.Count);
        if (lines.Next("end of trees") is var line and not "end of trees")
            throw lines.Error(
                lines.Number,
                $"is '{ModelLines.Short(line)}'",
                $"end of trees after {trees.Length} trees"
            );
        ReadRest();
        return new BoostedTrees(read, trees);
    }

    void ReadHeader()
    {
        if (lines.Next("tree") is var first and not "tree")
            throw lines.Error(1, $"is '{ModelLines.Short(first)}'", "tree, the first line of a LightGBM text model");
        while (!lines.AtEnd && lines.Peek.Length > 0)
        {
            var (key, value, line) = lines.Pair();
            if (!HeaderKeys.Contains(key, StringComparer.Ordinal))
                throw lines.Error(line, $"unknown header key '{ModelLines.Short(key)}'", string.Join(", ", HeaderKeys));
            if (!_header.TryAdd(key, (value, line)))
                throw lines.Error(line, $"{key} is there twice", "each header key once");
        }
        Require("version", "v4", "v3");
        Require("num_class", "1");
        Require("num_tree_per_iteration", "1");
        Require("objective", "binary sigmoid:1");
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

    /// <summary>In feature_infos a number has <c>[min:max]</c>, a categorical feature its levels, an unused one <c>none</c>.</summary>
    List<Feature> FileFeatures()
    {
        var names = FileNames();
        var ranges = Header("feature_infos").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (ranges.Length != names.Length)
            throw lines.Error(
                _header["feature_infos"].Line,
                $"{ranges.Length} feature_infos",
                $"{names.Length}, one a feature"
            );
        return
        [
            .. names.Zip(
                ranges,
                (name, range) =>
                    range is "none" or ['[', ..] ? Feature.Numeric(name, "") : Feature.Categorical(name, [])
            ),
        ];
    }

    IReadOnlyList<Feature> Checked(IReadOnlyList<Feature> features)
    {
        var names = FileNames();
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
        return features;
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

    void ReadRest()
    {
        var open = false;
        var importances = false;
        while (!lines.AtEnd)
        {
            var line = lines.Next("end of parameters");
            importances |= line is "feature_importances:";
            open = line is "parameters:" || (open && line is not "end of parameters");
        }
        if (open || !importances)
            lines.Next(open ? "end of parameters" : "feature_importances:");
    }
}
