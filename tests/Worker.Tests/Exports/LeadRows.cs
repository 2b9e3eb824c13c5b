using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

/// <summary>Two leads for Boden: one with everything, one with nothing that can be missing.</summary>
static class LeadRows
{
    public static readonly DateOnly Day = new(2026, 3, 2);

    public static readonly LeadRow Full = new(
        1,
        new("k-10482"),
        0.03126,
        0.0119,
        0.07454,
        'A',
        Stage.Desire,
        ["read 12 pages about housing in 30 days", "said \"maybe\" at a fair", "last visit 3 days ago", "a fourth"],
        "named Boden in an answer; read 6 pages about it",
        "Överkalix",
        "read 2 pages about it",
        FollowUpKind.Call,
        new(2026, 3, 4),
        "2026-03-01-a",
        Day
    )
    {
        Origin = "EURES inquiry 2026-02-24",
    };

    public static readonly LeadRow Bare = Full with
    {
        Rank = 2,
        Contact = new("k-7"),
        Likelihood = 1,
        Low = 0,
        High = 1,
        Grade = 'D',
        Stage = Stage.Attention,
        Reasons = [],
        WhyThisMunicipality = "prefers small places, like Älvsbyn",
        RunnerUp = "",
        WhyRunnerUp = "",
        DueFollowUp = null,
        DueOn = null,
        Origin = "",
    };

    public static readonly IReadOnlyList<LeadList> Boden = [new(2582, [Full, Bare])];
}
