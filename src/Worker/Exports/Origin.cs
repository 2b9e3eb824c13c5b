using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Worker.Exports;

/// <summary>Where a lead came from: the last thing by which it asked or agreed, or since when it reads.</summary>
/// <param name="Kind">Of the trace; empty when it has only read.</param>
/// <param name="Channel">By which it came, empty when unknown.</param>
/// <param name="Answer">The answer to "could you imagine moving here?", 1 yes or 0.5 maybe; null when it was no answer.</param>
/// <param name="Day">Local day; of one who has only read that of the first trace.</param>
sealed record Origin(string Kind, string Channel, double? Answer, DateOnly Day)
{
    const double Yes = 0.75;

    /// <summary>As <c>EURES inquiry 2026-03-02</c>.</summary>
    public string Text(ReasonLanguage language)
    {
        var isSwedish = language == ReasonLanguage.Swedish;
        var what = Answer is { } answer ? Said(answer >= Yes, isSwedish) : Asked(isSwedish);
        return FormattableString.Invariant($"{what} {Day:yyyy-MM-dd}");
    }

    string Said(bool yes, bool isSwedish) =>
        isSwedish
            ? $"svarade {(yes ? "ja" : "kanske")} {Where("i ett utskick", "på webben", "på en mässa", "med sms", "på frågan")}"
            : $"said {(yes ? "yes" : "maybe")} {Where("in a newsletter question", "on the web", "at a fair", "by SMS", "to the question")}";

    string Where(string email, string web, string fair, string sms, string other) =>
        (Kind, Channel) switch
        {
            ("sms_reply", _) or (_, "sms") => sms,
            (_, "email") => email,
            (_, "web") => web,
            (_, "fair") => fair,
            _ => other,
        };

    string Asked(bool isSwedish) =>
        (Kind, Channel) switch
        {
            ("", _) => isSwedish ? "läser sedan" : "reads since",
            ("inquiry", "eures") => isSwedish ? "EURES-förfrågan" : "EURES inquiry",
            ("inquiry", _) => isSwedish ? "förfrågan" : "inquiry",
            ("fair_talk", _) => isSwedish ? "mässamtal" : "fair talk",
            ("form_submit", _) => isSwedish ? "formulär" : "form",
            ("event_signup", _) => isSwedish ? "anmälan till evenemang" : "event sign-up",
            // A kind of the home's own, by its own name.
            _ => Kind.Replace('_', ' '),
        };
}
