using System.Text.Json;

namespace LeadScoring.Scoring.Tests.Model;

/// <summary>A reader of model JSON that knows <c>docs/model-json.md</c> and nothing of the program.</summary>
sealed class PortableReader(JsonElement model)
{
    const double Zero = 1.0000000180025095e-35;

    public double RawScore(double?[] row) => model.GetProperty("trees").EnumerateArray().Sum(tree => Leaf(tree, row));

    /// <param name="asOf">The instant the row speaks of (UTC).</param>
    public double Likelihood(double raw, DateTime asOf) =>
        Likelihood(raw + Season(2 * Math.PI * (asOf - DateTime.UnixEpoch).TotalDays / 365.25));

    double Season(double t)
    {
        var season = model.GetProperty("season");
        return season.GetProperty("cos").GetDouble() * Math.Cos(t)
            + season.GetProperty("sin").GetDouble() * Math.Sin(t);
    }

    /// <param name="raw">With its season.</param>
    public double Likelihood(double raw)
    {
        var calibrator = model.GetProperty("calibrator");
        var p = Sigmoid(raw);
        double Of(string name) => calibrator.GetProperty(name).GetDouble();
        return calibrator.GetProperty("kind").GetString() switch
        {
            "identity" => p,
            "platt" => Sigmoid(Of("slope") * raw + Of("shift")),
            "beta" => Sigmoid(Of("a") * Math.Log(p) - Of("b") * Math.Log(1 - p) + Of("shift")),
            "isotonic" => Between(Numbers(calibrator, "rawScores"), Numbers(calibrator, "rates"), raw),
            var other => throw new InvalidOperationException($"no calibrator {other}"),
        };
    }

    static double Leaf(JsonElement tree, double?[] row)
    {
        var nodes = tree.GetProperty("nodes");
        var place = nodes.GetArrayLength() == 0 ? -1 : 0;
        while (place >= 0)
        {
            var node = nodes[place];
            var left = GoesLeft(node, row[node.GetProperty("feature").GetInt32()]);
            place = node.GetProperty(left ? "left" : "right").GetInt32();
        }
        return tree.GetProperty("leaves")[-1 - place].GetDouble();
    }

    static bool GoesLeft(JsonElement node, double? value)
    {
        if (node.TryGetProperty("leftLevels", out var levels))
            return value is { } code && levels.EnumerateArray().Any(level => level.GetInt32() == code);
        var missing = node.GetProperty("missing").GetString();
        if (missing is "nan" && value is null)
            return node.GetProperty("missingLeft").GetBoolean();
        var number = value ?? 0;
        if (missing is "zero" && Math.Abs(number) <= Zero)
            return node.GetProperty("missingLeft").GetBoolean();
        return number <= node.GetProperty("threshold").GetDouble();
    }

    static double Between(double[] raws, double[] rates, double raw)
    {
        if (raw <= raws[0])
            return rates[0];
        for (var i = 1; i < raws.Length; i++)
            if (raw <= raws[i])
                return rates[i - 1] + (rates[i] - rates[i - 1]) * (raw - raws[i - 1]) / (raws[i] - raws[i - 1]);
        return rates[^1];
    }

    static double[] Numbers(JsonElement owner, string name) =>
        [.. owner.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
