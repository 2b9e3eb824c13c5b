using System.Text.RegularExpressions;
using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Mail.Templates;

/// <summary>What a template is called: <c>desire.question</c>, or <c>question</c> for every stage without its own.</summary>
/// <remarks>
/// A set that a policy names follows behind a point (<c>desire.question.warm</c>), and a variant that is tried against the
/// others behind a plus (<c>desire.question+short</c>).
/// </remarks>
public static partial class TemplateName
{
    const char VariantMark = '+';

    /// <summary>Stages in which messages are written.</summary>
    public static IReadOnlyList<Stage> Stages { get; } =
    [Stage.Attention, Stage.Interest, Stage.Desire, Stage.Action, Stage.Dormant];

    /// <summary>Kinds of follow-ups that are messages.</summary>
    public static IReadOnlyList<FollowUpKind> Kinds { get; } =
    [FollowUpKind.Email, FollowUpKind.Question, FollowUpKind.Invitation];

    /// <summary>The names to look under, the most particular first.</summary>
    public static IReadOnlyList<string> Candidates(Stage stage, FollowUpKind kind) =>
        [$"{Word(stage)}.{Word(kind)}", Word(kind)];

    /// <summary>The same of a set that a policy names; null is the usual one.</summary>
    public static IReadOnlyList<string> Candidates(Stage stage, FollowUpKind kind, string? set) =>
        set is null ? Candidates(stage, kind) : [.. Candidates(stage, kind).Select(name => $"{name}.{set}")];

    /// <summary>A name without its variant.</summary>
    public static string WithoutVariant(string name) => name.Split(VariantMark)[0];

    /// <summary>Whether a template could ever be asked for under this name.</summary>
    public static bool IsKnown(string name) =>
        Added().Match(name) is { Success: true } parts
        && Stages.Any(stage =>
            Kinds.Any(kind => Candidates(stage, kind).Any(known => IsOf(known, parts.Groups["name"].Value)))
        );

    /// <summary>A candidate itself, or one of its sets.</summary>
    static bool IsOf(string known, string name) =>
        string.Equals(known, name, StringComparison.Ordinal)
        || (name.StartsWith($"{known}.", StringComparison.Ordinal) && !name.AsSpan(known.Length + 1).Contains('.'));

    [GeneratedRegex(
        @"^(?<name>[a-z0-9_.-]+)(\+[a-z0-9][a-z0-9_-]{0,31})?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Added();

    static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
