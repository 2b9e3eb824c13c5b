namespace LeadScoring.Funnel.Stages;

/// <summary>What traces, outcomes and consents mean to the funnel.</summary>
public sealed class SignalVocabulary
{
    /// <summary>The word for a kind whose value is the answer: 1 yes, 0.5 maybe, 0.25 not now, 0 no.</summary>
    const string ByValue = "answer";

    /// <summary>The word for a kind that means nothing to the funnel.</summary>
    const string None = "none";

    static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["page_view"] = "visited",
        ["search"] = "visited",
        ["download"] = "visited",
        ["video"] = "visited",
        ["email_click"] = "visited",
        ["email_open"] = "opened",
        ["email_sent"] = None,
        ["email_bounce"] = None,
        // Takes back the consent to be written to, not the one to be profiled.
        ["email_unsubscribe"] = None,
        ["event_signup"] = "inquired",
        ["form_submit"] = "inquired",
        ["fair_talk"] = "inquired",
        ["inquiry"] = "inquired",
        ["answer"] = ByValue,
        ["sms_reply"] = ByValue,
        // A call that was answered shows life; what was said in it comes as an outcome of its own.
        ["called"] = "visited",
        ["interviewed"] = "engaged",
        ["visited"] = "engaged",
        ["viewed_housing"] = "engaged",
        ["moved"] = "moved",
        ["moved_away"] = "moved_away",
        ["declined_by_contact"] = "answered_no",
        ["declined_by_municipality"] = "declined",
        ["not_reached"] = "not_reached",
    };

    static readonly Dictionary<string, SignalKind> Words = Enum.GetValues<SignalKind>()
        .ToDictionary(Word, kind => kind, StringComparer.Ordinal);

    readonly Dictionary<string, string> _meanings;

    /// <summary>Kinds by which a contact asks to be told more, in ordinal order.</summary>
    public IReadOnlyList<string> Inquiries => Kinds("inquired");

    /// <summary>Kinds whose value is an answer to "could you imagine moving here?", in ordinal order.</summary>
    public IReadOnlyList<string> Answers => Kinds(ByValue);

    /// <summary>Kinds of traces and outcomes by which a contact says something, in ordinal order.</summary>
    public IReadOnlyList<string> Said =>
        [
            .. _meanings
                .Where(m => m.Value is ByValue || (m.Value is not None && SignalOrder.IsWord(Words[m.Value])))
                .Select(m => m.Key)
                .Order(StringComparer.Ordinal),
        ];

    SignalVocabulary(Dictionary<string, string> meanings) => _meanings = meanings;

    /// <summary>The built-in meanings with a home's own over them.</summary>
    /// <param name="own">
    /// Signal by trace or outcome kind: a signal's name in snake case, <c>answer</c> (by value) or <c>none</c>.
    /// </param>
    /// <param name="positive">Outcome kinds the home's label counts as positive: a relocation unless named otherwise.</param>
    /// <param name="negative">Outcome kinds it counts as negative: a no unless named otherwise.</param>
    /// <exception cref="FunnelException">All words that name no signal.</exception>
    public static SignalVocabulary With(
        IReadOnlyDictionary<string, string> own,
        IReadOnlyList<string>? positive = null,
        IReadOnlyList<string>? negative = null
    )
    {
        var wrong = own.Where(o => o.Value is not (ByValue or None) && !Words.ContainsKey(o.Value))
            .OrderBy(o => o.Key, StringComparer.Ordinal)
            .Select(o => $"signals.{o.Key}: found '{o.Value}'")
            .ToList();
        if (wrong.Count > 0)
            throw new FunnelException(
                $"{string.Join("; ", wrong)}; expected one of {string.Join(", ", Words.Keys)}, {ByValue}, {None}"
            );
        var meanings = new Dictionary<string, string>(BuiltIn, StringComparer.Ordinal);
        foreach (var (kind, word) in own)
            meanings[kind] = word;
        foreach (var kind in positive ?? [])
            meanings.TryAdd(kind, "moved");
        foreach (var kind in negative ?? [])
            meanings.TryAdd(kind, "answered_no");
        return new(meanings);
    }

    /// <summary>A trace's signal, null when it means nothing; a kind nobody has named is a sign of life.</summary>
    /// <param name="value">The trace's value, NaN when it has none.</param>
    public SignalKind? OfTrace(string kind, double value) =>
        _meanings.TryGetValue(kind, out var word) ? Kind(word, value) : SignalKind.Visited;

    /// <summary>An outcome's signal, null when it means nothing or nobody has named it.</summary>
    public SignalKind? OfOutcome(string kind) =>
        _meanings.TryGetValue(kind, out var word) ? Kind(word, double.NaN) : null;

    /// <summary>A consent row's signal; consent to be written to or shared moves no stage.</summary>
    /// <param name="purpose"><c>profiling</c>, <c>marketing</c>, <c>sharing</c> or <c>objection</c>.</param>
    public static SignalKind? OfConsent(string purpose, bool granted) =>
        (purpose, granted) switch
        {
            ("profiling", true) or ("objection", false) => SignalKind.Consented,
            ("profiling", false) or ("objection", true) => SignalKind.Objected,
            _ => null,
        };

    /// <summary>Whether a trace of this kind can be a sign of life, as against an open or what the contact did not do itself.</summary>
    public bool ShowsLife(string kind) =>
        !_meanings.TryGetValue(kind, out var word)
        || word is ByValue
        || (word is not None && SignalOrder.IsSignOfLife(Words[word]));

    IReadOnlyList<string> Kinds(string word) =>
        [
            .. _meanings
                .Where(m => string.Equals(m.Value, word, StringComparison.Ordinal))
                .Select(m => m.Key)
                .Order(StringComparer.Ordinal),
        ];

    static SignalKind? Kind(string word, double value) =>
        word switch
        {
            None => null,
            ByValue => value switch
            {
                >= 0.75 => SignalKind.AnsweredYes,
                >= 0.375 => SignalKind.AnsweredMaybe,
                >= 0.125 => SignalKind.AnsweredNotNow,
                >= 0 => SignalKind.AnsweredNo,
                _ => null,
            },
            _ => Words[word],
        };

    /// <summary><c>AnsweredNotNow</c> as <c>answered_not_now</c>.</summary>
    static string Word(SignalKind kind) =>
        string.Concat(
            $"{kind}".Select(
                (c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
            )
        );
}
