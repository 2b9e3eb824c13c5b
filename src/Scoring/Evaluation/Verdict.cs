namespace LeadScoring.Scoring.Evaluation;

/// <summary>Says in plain words whether the model earns its place beside the baselines.</summary>
/// <remarks>Better or worse only when the paired interval of the AUC difference leaves zero out.</remarks>
public static class Verdict
{
    public static string Of(TestFigures figures)
    {
        if (figures.Rivals.Count == 0)
            return "not compared with any baseline";
        if (double.IsNaN(figures.Auc.Value))
            return "the test rows have one outcome only, so nothing can be said";
        var better = Names(figures.Rivals.Where(rival => rival.Delta.Low > 0));
        var worse = Names(figures.Rivals.Where(rival => rival.Delta.High < 0));
        var even = Names(figures.Rivals.Where(rival => !(rival.Delta.Low > 0) && !(rival.Delta.High < 0)));
        if (better.Count == figures.Rivals.Count)
            return better.Count switch
            {
                1 => $"better than the {better[0]}",
                2 => "better than both baselines",
                _ => "better than all baselines",
            };
        List<string> parts = [];
        if (better.Count > 0)
            parts.Add($"better than the {Join(better)}");
        if (even.Count > 0)
            parts.Add($"no better than the {Join(even)}");
        if (worse.Count > 0)
            parts.Add($"worse than the {Join(worse)}");
        return string.Join(", ", parts);
    }

    static List<string> Names(IEnumerable<RivalFigures> rivals) => [.. rivals.Select(rival => rival.Name)];

    static string Join(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", the ", names[..^1])} and the {names[^1]}";
}
