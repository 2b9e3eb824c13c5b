using LeadScoring.Synthetic.Intent;
using LeadScoring.Synthetic.People;

namespace LeadScoring.Synthetic.Traces;

/// <summary>What somebody says when asked "could you imagine moving here?": informative, but many a yes never moves.</summary>
enum Reply
{
    Yes,
    Maybe,
    NotNow,
    No,
}

static class Answer
{
    // Rows: intention; columns: yes, maybe, not now, no.
    static readonly double[][] ByIntention =
    [
        [16, 28, 28, 28],
        [27, 38, 20, 15],
        [42, 36, 16, 6],
        [58, 28, 10, 4],
        [90, 10, 0, 0],
    ];

    static readonly double[] OfDreamers = [45, 38, 12, 5];
    static readonly string[] EnglishWords = ["yes", "maybe", "not_now", "no"];
    static readonly string[] SwedishWords = ["ja", "kanske", "nej", "nej"];

    public static Reply Draw(Chance chance, Life life, IntentState state) =>
        (Reply)
            chance.Pick(
                life.Household.Dreamer && state.Intention <= Intention.Curious
                    ? OfDreamers
                    : ByIntention[(int)state.Intention]
            );

    public static string English(Reply reply) => EnglishWords[(int)reply];

    public static string Swedish(Reply reply) => SwedishWords[(int)reply];
}
