using System.Globalization;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Model;

/// <summary>Names, types and levels of the features of a file that came without a description of ours.</summary>
/// <remarks>
/// In <c>feature_infos</c> a number has <c>[min:max]</c>, a categorical feature the codes seen (-1 is missing), an unused
/// one <c>none</c>. Level names come from pandas; without them a level is called by its code.
/// </remarks>
/// <param name="infos">The value of <c>feature_infos</c> and its line.</param>
/// <param name="named">Level names of the categorical columns in their order, and their line.</param>
sealed class FileFeatures(
    ModelLines lines,
    string[] names,
    (string Value, int Line) infos,
    (IReadOnlyList<IReadOnlyList<string>> Levels, int Line) named
)
{
    const int MostLevels = 1 << 20;

    public IReadOnlyList<Feature> Read(Tree[] trees)
    {
        var ranges = infos.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (ranges.Length != names.Length)
            throw lines.Error(infos.Line, $"{ranges.Length} feature_infos", $"{names.Length}, one a feature");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
            throw lines.Error(infos.Line - 1, "feature_names that repeat", "a name of its own for each feature");
        var codes = new int?[names.Length];
        for (var f = 0; f < names.Length; f++)
            codes[f] = HighestCode(names[f], ranges[f]);
        Widen(codes, ranges, trees);
        var levels = Levels(codes, ranges);
        return
        [
            .. names.Select(
                (name, f) => levels[f] is { } known ? Feature.Categorical(name, known) : Feature.Numeric(name, "")
            ),
        ];
    }

    /// <summary>The highest level code; null for a number or an unused feature.</summary>
    int? HighestCode(string name, string range)
    {
        if (range is "none" or ['[', .., ']'])
            return null;
        var highest = -1;
        foreach (var text in range.Split(':'))
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
                throw lines.Error(
                    infos.Line,
                    $"feature_infos of {name} holds '{ModelLines.Short(text)}'",
                    "[min:max], level codes parted by colons, or none"
                );
            highest = Math.Max(highest, code);
        }
        return highest < MostLevels
            ? highest
            : throw lines.Error(infos.Line, $"{name} has level {highest}", $"codes below {MostLevels}");
    }

    /// <summary>Trees may name higher codes than feature_infos; a question of the other type is a fault of the file.</summary>
    void Widen(int?[] codes, string[] ranges, Tree[] trees)
    {
        for (var index = 0; index < trees.Length; index++)
        {
            var tree = trees[index];
            for (var node = 0; node < tree.SplitFeature.Length; node++)
            {
                var feature = tree.SplitFeature[node];
                if ((tree.DecisionType[node] & Tree.CategoricalBit) == 0)
                {
                    if (codes[feature] is not null)
                        throw lines.Error(
                            infos.Line,
                            $"{names[feature]} has levels but Tree={index} asks for a number",
                            "one type a feature"
                        );
                    continue;
                }
                if (codes[feature] is null && ranges[feature] is not "none")
                    throw lines.Error(
                        infos.Line,
                        $"{names[feature]} has a range but Tree={index} asks for levels",
                        "one type a feature"
                    );
                codes[feature] = Math.Max(codes[feature] ?? -1, HighestBit(tree, (int)tree.Threshold[node]));
            }
        }
    }

    static int HighestBit(Tree tree, int set)
    {
        for (var word = tree.CategoryStart[set + 1] - 1; word >= tree.CategoryStart[set]; word--)
            if (tree.CategoryBits[word] != 0)
                return 32 * (word - tree.CategoryStart[set])
                    + 31
                    - System.Numerics.BitOperations.LeadingZeroCount(tree.CategoryBits[word]);
        return -1;
    }

    /// <summary>Level names, null for numbers. A column of pandas that no tree asks for may be <c>none</c> in the file.</summary>
    IReadOnlyList<string>?[] Levels(int?[] codes, string[] ranges)
    {
        var levels = new IReadOnlyList<string>?[names.Length];
        int[] categorical = [.. Enumerable.Range(0, names.Length).Where(f => codes[f] is not null)];
        if (named.Levels.Count == 0)
        {
            foreach (var f in categorical)
                levels[f] =
                [
                    .. Enumerable
                        .Range(0, codes[f]!.Value + 1)
                        .Select(code => code.ToString(CultureInfo.InvariantCulture)),
                ];
            return levels;
        }
        int[] perhaps = [.. Enumerable.Range(0, names.Length).Where(f => codes[f] is not null || ranges[f] is "none")];
        var columns =
            named.Levels.Count == categorical.Length ? categorical
            : named.Levels.Count == perhaps.Length ? perhaps
            : throw lines.Error(
                named.Line,
                $"level names of {named.Levels.Count} columns",
                $"{categorical.Length}, one list for each categorical feature"
            );
        for (var place = 0; place < columns.Length; place++)
        {
            var f = columns[place];
            if (named.Levels[place].Count <= codes[f])
                throw lines.Error(
                    named.Line,
                    $"{named.Levels[place].Count} level names of {names[f]}",
                    $"at least {codes[f] + 1}"
                );
            levels[f] = named.Levels[place];
        }
        return levels;
    }
}
