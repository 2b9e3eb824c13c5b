using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>Writes LightGBM's text format v4.</summary>
static class ModelWriter
{
    public static string Text(BoostedTrees model)
    {
        var names = Names(model.Features);
        var blocks = model.Trees.Select(Block).ToArray();
        var text = new StringBuilder();
        text.Append("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n");
        Line(text, "max_feature_idx", [model.Features.Count - 1]);
        text.Append("objective=binary sigmoid:1\n");
        text.Append("feature_names=").AppendJoin(' ', names).Append('\n');
        text.Append("feature_infos=")
            .AppendJoin(' ', model.Features.Select((feature, f) => Range(model, feature, f)))
            .Append('\n');
        Line(text, "tree_sizes", [.. blocks.Select(Encoding.UTF8.GetByteCount)]);
        text.Append('\n');
        for (var tree = 0; tree < blocks.Length; tree++)
            text.Append(blocks[tree]);
        text.Append("end of trees\n\nfeature_importances:\n");
        foreach (var (name, splits) in Importances(model, names))
            text.Append(CultureInfo.InvariantCulture, $"{name}={splits}\n");
        text.Append("\nparameters:\n[boosting: gbdt]\n[objective: binary]\n[num_class: 1]\n[sigmoid: 1]\n");
        text.Append("\nend of parameters\n\npandas_categorical:").Append(LevelNames(model.Features)).Append('\n');
        return text.ToString();
    }

    /// <summary>One JSON list of names for each categorical feature, so that LightGBM codes a data frame's levels alike.</summary>
    /// <remarks>Null when levels are called by their codes: LightGBM then takes the codes themselves.</remarks>
    static string LevelNames(IReadOnlyList<Feature> features)
    {
        var levels = features.Where(f => f.Type == FeatureType.Categorical).Select(f => f.Levels).ToArray();
        return Array.TrueForAll(levels, AreCodes) ? "null" : JsonSerializer.Serialize(levels);
    }

    static bool AreCodes(IReadOnlyList<string> levels) =>
        levels.Index().All(level => string.Equals(level.Item, $"{level.Index}", StringComparison.Ordinal));

    /// <summary>Names without white space, still one a feature.</summary>
    public static string[] Names(IReadOnlyList<Feature> features)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. features.Select(feature => Unique(Spaceless(feature.Name), taken))];
    }

    static string Spaceless(string name) =>
        name.Length == 0 ? "_" : string.Concat(name.Select(c => char.IsWhiteSpace(c) || char.IsControl(c) ? '_' : c));

    static string Unique(string name, HashSet<string> taken)
    {
        var candidate = name;
        for (var again = 2; !taken.Add(candidate); again++)
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{again}");
        return candidate;
    }

    static string Block(Tree tree, int index)
    {
        var text = new StringBuilder();
        Line(text, "Tree", [index]);
        Line(text, "num_leaves", [tree.LeafTotal]);
        Line(text, "num_cat", [tree.CategoryStart.Length - 1]);
        Line(text, "split_feature", tree.SplitFeature);
        Line(text, "split_gain", tree.SplitGain);
        Line(text, "threshold", tree.Threshold);
        Line(text, "decision_type", tree.DecisionType);
        Line(text, "left_child", tree.LeftChild);
        Line(text, "right_child", tree.RightChild);
        Line(text, "leaf_value", tree.LeafValue);
        Line(text, "leaf_weight", tree.LeafWeight);
        Line(text, "leaf_count", tree.LeafCount);
        Line(text, "internal_value", tree.InternalValue);
        Line(text, "internal_weight", tree.InternalWeight);
        Line(text, "internal_count", tree.InternalCount);
        if (tree.CategoryStart.Length > 1)
        {
            Line(text, "cat_boundaries", tree.CategoryStart);
            Line(text, "cat_threshold", tree.CategoryBits);
        }
        text.Append("is_linear=0\n");
        Line(text, "shrinkage", [tree.Shrinkage]);
        return text.Append("\n\n").ToString();
    }

    static void Line<T>(StringBuilder text, string key, T[] values)
        where T : ISpanFormattable
    {
        text.Append(key).Append('=');
        for (var i = 0; i < values.Length; i++)
            text.Append(i == 0 ? "" : " ").Append(values[i].ToString(null, CultureInfo.InvariantCulture));
        text.Append('\n');
    }

    /// <summary>
    /// What LightGBM shows of a feature: the levels of a categorical one; of a number the span of its thresholds;
    /// <c>none</c> when no tree asks for it.
    /// </summary>
    static string Range(BoostedTrees model, Feature feature, int index)
    {
        if (feature.Type == FeatureType.Categorical)
            return string.Join(':', Enumerable.Range(0, Math.Max(1, feature.Levels.Count)));
        var thresholds = model
            .Trees.SelectMany(tree => tree.Threshold.Where((_, node) => tree.SplitFeature[node] == index))
            .ToArray();
        return thresholds.Length == 0
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"[{thresholds.Min()}:{thresholds.Max()}]");
    }

    static IEnumerable<(string Name, int Splits)> Importances(BoostedTrees model, string[] names)
    {
        var splits = new int[names.Length];
        foreach (var feature in model.Trees.SelectMany(tree => tree.SplitFeature))
            splits[feature]++;
        return names.Zip(splits).Where(pair => pair.Second > 0).OrderByDescending(pair => pair.Second);
    }
}
