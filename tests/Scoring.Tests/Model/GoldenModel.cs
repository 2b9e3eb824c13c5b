using System.Globalization;
using LeadScoring.Scoring.Model;

namespace LeadScoring.Scoring.Tests.Model;

/// <summary>A model saved by LightGBM 4 with 300 rows and what LightGBM itself says of them.</summary>
sealed record GoldenModel(string Name, byte[] File, BoostedTrees Trees, GoldenCase[] Cases)
{
    public static readonly string[] Names =
    [
        "numeric",
        "missing_and_categorical",
        "zero_as_missing",
        "no_missing_handling",
        "stump_and_constant",
    ];

    public static GoldenModel Load(string name)
    {
        var file = Bytes($"lightgbm/{name}.model.txt");
        var trees = ModelFile.Parse(file, name);
        using var reader = new StreamReader(new MemoryStream(Bytes($"lightgbm/{name}.cases.csv")));
        var header = reader.ReadLine()!.Split(',');
        Assert.That(header.Take(trees.Features.Count), Is.EqualTo(trees.Features.Select(f => f.Name)));
        var cases = new List<GoldenCase>();
        while (reader.ReadLine() is { } line)
        {
            var cells = Array.ConvertAll(line.Split(','), Number);
            var features = trees.Features.Count;
            cases.Add(new(cells[..features], cells[features], cells[features + 1], cells[(features + 2)..]));
        }
        return new GoldenModel(name, file, trees, [.. cases]);
    }

    static double Number(string cell) =>
        cell.Length == 0 ? double.NaN : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    static byte[] Bytes(string resource)
    {
        using var stream = typeof(GoldenModel).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <param name="Contributions">One a feature and then the expected value.</param>
sealed record GoldenCase(double[] Row, double Raw, double Probability, double[] Contributions);
