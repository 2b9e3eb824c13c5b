using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Mail.Templates;

/// <summary>What a template is called: <c>desire.question</c>, or <c>question</c> for every stage without its own.</summary>
public static class TemplateName
{
    /// <summary>Stages in which messages are written.</summary>
    public static IReadOnlyList<Stage> Stages { get; } =
    [Stage.Attention, Stage.Interest, Stage.Desire, Stage.Action, Stage.Dormant];

    /// <summary>Kinds of follow-ups that are messages.</summary>
    public static IReadOnlyList<FollowUpKind> Kinds { get; } =
    [FollowUpKind.Email, FollowUpKind.Question, FollowUpKind.Invitation];

    /// <summary>The names to look under, the most particular first.</summary>
    public static IReadOnlyList<string> Candidates(Stage stage, FollowUpKind kind) =>
        [$"{Word(stage)}.{Word(kind)}", Word(kind)];

    /// <summary>Whether a template could ever be asked for under this name.</summary>
    public static bool IsKnown(string name) =>
        Stages.Any(stage => Kinds.Any(kind => Candidates(stage, kind).Contains(name, StringComparer.Ordinal)));

    static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
