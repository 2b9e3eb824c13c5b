using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadScoring.Worker.Mail.Templates;

/// <summary>What stands around every message and on the pages behind its links, in one language.</summary>
public sealed record MailWords
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    static readonly FrozenDictionary<string, MailWords> ByLanguage = new[] { "sv", "en", "de", "nl", "fi" }
        .ToDictionary(language => language, Read, StringComparer.Ordinal)
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The languages (ISO 639-1) that messages are written in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["sv", "en", "de", "nl", "fi"];

    public required string Yes { get; init; }
    public required string Maybe { get; init; }
    public required string NotNow { get; init; }
    public required string No { get; init; }
    public required string AnswerNote { get; init; }
    public required string Page { get; init; }
    public required string ReplyLine { get; init; }
    public required string Why { get; init; }
    public required string WhyConsent { get; init; }
    public required string StopLink { get; init; }
    public required string StopNote { get; init; }
    public required string Rights { get; init; }
    public required string AskTitle { get; init; }
    public required string AskYes { get; init; }
    public required string AskMaybe { get; init; }
    public required string AskNotNow { get; init; }
    public required string AskNo { get; init; }
    public required string AskButton { get; init; }
    public required string ThanksTitle { get; init; }
    public required string ThanksYes { get; init; }
    public required string ThanksMaybe { get; init; }
    public required string ThanksNotNow { get; init; }
    public required string ThanksNo { get; init; }
    public required string ChangeMind { get; init; }
    public required string StopTitle { get; init; }
    public required string StopAsk { get; init; }
    public required string StopButton { get; init; }
    public required string StoppedTitle { get; init; }
    public required string StoppedText { get; init; }
    public required string ExpiredTitle { get; init; }
    public required string ExpiredText { get; init; }
    public required string UnknownTitle { get; init; }
    public required string UnknownText { get; init; }
    public required string FailedTitle { get; init; }
    public required string FailedText { get; init; }

    /// <summary>The words of a language; those of English where there are none.</summary>
    public static MailWords Of(string language) =>
        ByLanguage.TryGetValue(language, out var words) ? words : ByLanguage["en"];

    static MailWords Read(string language)
    {
        var name = $"{typeof(MailWords).Namespace}.words.{language}.json";
        using var stream =
            typeof(MailWords).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        return JsonSerializer.Deserialize<MailWords>(stream, Options)!;
    }
}
