using System.Globalization;

namespace LeadScoring.Worker.Exports;

/// <summary>One column of a list: its heading and how a lead fills it.</summary>
/// <param name="Value">An <c>int</c>, <c>double</c> (a likelihood), <c>DateOnly</c>, <c>string</c>, or null for an empty cell.</param>
sealed record LeadColumn(string Name, Type Type, Func<LeadRow, object?> Value)
{
    /// <summary>The columns of every format, in order.</summary>
    public static IReadOnlyList<LeadColumn> All { get; } =
    [
        new("rank", typeof(int), r => r.Rank),
        new("contact", typeof(string), r => r.Contact.Value),
        new("likelihood", typeof(double), r => r.Likelihood),
        new("low", typeof(double), r => r.Low),
        new("high", typeof(double), r => r.High),
        new("grade", typeof(string), r => $"{r.Grade}"),
        new("stage", typeof(string), r => Word(r.Stage)),
        new("origin", typeof(string), r => r.Origin),
        new("reason_1", typeof(string), r => r.Reasons.ElementAtOrDefault(0)),
        new("reason_2", typeof(string), r => r.Reasons.ElementAtOrDefault(1)),
        new("reason_3", typeof(string), r => r.Reasons.ElementAtOrDefault(2)),
        new("why_this_municipality", typeof(string), r => r.WhyThisMunicipality),
        new("runner_up", typeof(string), r => r.RunnerUp),
        new("why_runner_up", typeof(string), r => r.WhyRunnerUp),
        new("due_follow_up", typeof(string), r => r.DueFollowUp is { } kind ? Word(kind) : null),
        new("due_on", typeof(DateOnly), r => r.DueOn),
        new("model", typeof(string), r => r.Model),
        new("as_of", typeof(DateOnly), r => r.AsOf),
    ];

    /// <summary>A cell as text: likelihoods with four decimals, days as yyyy-mm-dd, whatever the culture.</summary>
    public string Text(LeadRow row) =>
        Value(row) switch
        {
            null => "",
            string text => text,
            double likelihood => likelihood.ToString("F4", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            var other => throw new InvalidOperationException($"a cell of {other.GetType()}"),
        };

    static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
