using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion;

namespace LeadScoring.Worker.Steps;

/// <summary>What traces, outcomes and consents say to the funnel.</summary>
/// <remarks>
/// A trace kind the table does not know counts as a visit: it shows interest and moves little. A home says what its
/// own kinds mean under <c>signals</c> in <c>leads.json</c>.
/// </remarks>
public sealed class SignalWords
{
    static readonly Dictionary<string, SignalKind?> Traces = new(StringComparer.Ordinal)
    {
        ["email_open"] = SignalKind.Opened,
        ["email_sent"] = null,
        ["email_bounce"] = null,
        ["email_unsubscribe"] = null,
        ["event_signup"] = SignalKind.Inquired,
        ["form_submit"] = SignalKind.Inquired,
        ["fair_talk"] = SignalKind.Inquired,
        ["inquiry"] = SignalKind.Inquired,
    };

    static readonly Dictionary<string, SignalKind> Outcomes = new(StringComparer.Ordinal)
    {
        ["called"] = SignalKind.Engaged,
        ["interviewed"] = SignalKind.Engaged,
        ["visited"] = SignalKind.Engaged,
        ["viewed_housing"] = SignalKind.Engaged,
        ["moved"] = SignalKind.Moved,
        ["declined_by_contact"] = SignalKind.AnsweredNo,
        ["declined_by_municipality"] = SignalKind.Declined,
        ["not_reached"] = SignalKind.NotReached,
    };

    /// <summary>Kinds whose value is an answer to "could you imagine moving here?".</summary>
    public static IReadOnlyList<string> AnswerKinds { get; } = ["answer", "sms_reply"];

    /// <summary>Kinds by which a contact asks to be told more.</summary>
    public static IReadOnlyList<string> InquiryKinds { get; } =
    [.. Traces.Where(pair => pair.Value == SignalKind.Inquired).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    readonly IReadOnlyList<string> _kinds;
    readonly HomeSettings _settings;
    readonly Dictionary<string, SignalKind> _own;

    /// <exception cref="WorkerException">The settings name a signal that does not exist.</exception>
    public SignalWords(LakeDictionary dictionary, HomeSettings settings)
    {
        (_kinds, _settings) = (dictionary.Kinds, settings);
        _own = settings.Signals.ToDictionary(pair => pair.Key, Own, StringComparer.Ordinal);
    }

    /// <summary>The signal of a trace with this kind code and value, null when it is none.</summary>
    public SignalKind? OfTrace(int kindCode, float? value)
    {
        var kind = _kinds[kindCode];
        if (_own.TryGetValue(kind, out var own))
            return own;
        if (AnswerKinds.Contains(kind, StringComparer.Ordinal))
            return Answer(value);
        return Traces.TryGetValue(kind, out var signal) ? signal : SignalKind.Visited;
    }

    /// <summary>The signal of an outcome; own outcome kinds follow the label's settings, others show that talks go on.</summary>
    public SignalKind OfOutcome(string kind) =>
        Outcomes.TryGetValue(kind, out var signal) ? signal
        : _settings.Label.Positive.Contains(kind, StringComparer.Ordinal) ? SignalKind.Moved
        : _settings.Label.Negative.Contains(kind, StringComparer.Ordinal) ? SignalKind.AnsweredNo
        : SignalKind.Engaged;

    /// <summary>The signal of a consent row, null when it is for a purpose that moves no stage.</summary>
    public static SignalKind? OfConsent(string purpose, bool granted) =>
        (purpose, granted) switch
        {
            ("objection", true) or ("profiling", false) => SignalKind.Objected,
            ("objection", false) or ("profiling", true) => SignalKind.Consented,
            _ => null,
        };

    static SignalKind? Answer(float? value) =>
        value switch
        {
            null => null,
            >= 0.75f => SignalKind.AnsweredYes,
            >= 0.4f => SignalKind.AnsweredMaybe,
            > 0 => SignalKind.AnsweredNotNow,
            _ => SignalKind.AnsweredNo,
        };

    static SignalKind Own(KeyValuePair<string, string> pair) =>
        Enum.TryParse<SignalKind>(pair.Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
            ? kind
            : throw new WorkerException(
                $"leads.json signals.{pair.Key} is '{pair.Value}', expected one of "
                    + $"{string.Join(", ", Enum.GetNames<SignalKind>())}."
            );
}
