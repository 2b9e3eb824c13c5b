using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Reasons in English.</summary>
sealed class EnglishPhrases() : ReasonPhrases(".", "-")
{
    static readonly Dictionary<string, KindWords> Kinds = new(StringComparer.Ordinal)
    {
        ["page_view"] = new("read", "page", "last read a page", "pages", "page views"),
        ["search"] = new("searched", "time", "last searched the site", "times", "searches"),
        ["download"] = new("downloaded", "document", "last downloaded a document", "documents", "downloads"),
        ["video"] = new("watched", "video", "last watched a video", "videos", "videos"),
        ["event_signup"] = new("signed up for", "event", "last signed up for an event", "events", "event sign-ups"),
        ["email_sent"] = new("was sent", "e-mail", "last was sent an e-mail", "e-mails", "e-mails sent"),
        ["email_open"] = new("opened", "e-mail", "last opened an e-mail", "e-mails", "opened e-mails"),
        ["email_click"] = new("clicked in", "e-mail", "last clicked in an e-mail", "e-mails", "e-mail clicks"),
        ["email_bounce"] = new(
            "could not be reached by",
            "e-mail",
            "last could not be reached by an e-mail",
            "e-mails",
            "bounced e-mails"
        ),
        ["email_unsubscribe"] = new(
            "unsubscribed",
            "time",
            "last unsubscribed from e-mails",
            "times",
            "unsubscriptions"
        ),
        ["form_submit"] = new("sent in", "form", "last sent in a form", "forms", "forms"),
        ["fair_talk"] = new("had", "talk at a fair", "last had a talk at a fair", "talks at fairs", "fair talks"),
        ["inquiry"] = new("sent", "inquiry", "last sent an inquiry", "inquiries", "inquiries"),
        ["answer"] = new(
            "answered",
            "time about moving",
            "last answered about moving",
            "times about moving",
            "answers about moving"
        ),
        ["sms_reply"] = new("replied to", "SMS", "last replied to an SMS", "SMS", "SMS replies"),
    };

    static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["ads"] = "ads",
        ["social"] = "social media",
        ["email"] = "e-mail",
        ["web"] = "the website",
        ["fair"] = "fairs",
        ["eures"] = "EURES",
        ["sms"] = "SMS",
        ["phone"] = "the phone",
    };

    static readonly string[] Units = ["day", "month", "year"];

    public override string Of(FeatureDefinition feature, double value, string? level)
    {
        if (double.IsNaN(value))
            return Missing(feature);
        return feature.Measure switch
        {
            Measure.Count => $"{Count(feature, value)} {Window(feature)}",
            Measure.Decay => $"recent {Subject(feature)}: {Number(value)} (older ones count less)",
            Measure.Sum => feature.Value switch
            {
                "fair_talk" => $"talked {Many(Math.Round(value), "minute", "minutes")} at fairs {Window(feature)}",
                "page_view" => $"read pages for {Duration(value)} {Window(feature)}",
                _ when IsTimed(feature.Value) => $"{Subject(feature)} took {Duration(value)} {Window(feature)}",
                _ => $"{Subject(feature)} add up to {Number(value)} {Window(feature)}",
            },
            Measure.Share => $"{Percent(value)} % of the activity {About(feature)} {Window(feature)}",
            Measure.Recency => $"{Last(feature)} {Ago(value)}",
            Measure.Last => LastValue(feature.Value, value),
            Measure.ActiveDays => $"active on {Many(value, "day", "days")} {Window(feature)}",
            Measure.Sessions => $"visited {Times(value)} {Window(feature)}",
            Measure.Kinds => $"did {Many(value, "kind", "kinds")} of things {Window(feature)}",
            Measure.Channels => $"came through {Many(value, "channel", "channels")} {Window(feature)}",
            Measure.Themes => $"showed interest in {Many(value, "theme", "themes")} {Window(feature)}",
            Measure.Municipalities => $"looked at {Many(value, "municipality", "municipalities")} {Window(feature)}",
            Measure.Trend => $"{Number(Math.Round(value, 1))} times as active {Window(feature)} as before",
            Measure.Automated => $"{Many(value, "automatic opening", "automatic openings")} {Window(feature)}",
            Measure.Tenure => $"known for {Age(value, "less than a day")}",
            Measure.SameMonth => $"{Percent(value)} % of the activity in this month of the year",
            Measure.DeclaredMunicipality => $"named {Place(level ?? Number(value))}",
            Measure.Country => $"country is {PlaceNames.Country(level ?? Number(value), ReasonLanguage.English)}",
            Measure.Language => $"language is {PlaceNames.Language(level ?? Number(value), ReasonLanguage.English)}",
            Measure.HouseholdSize => $"household of {Number(value)}",
            Measure.Age => $"{Number(value)} years old",
            Measure.Registered => $"registered {Ago(value)}",
        };
    }

    public override string OfColumn(string column, string value, bool missing) =>
        missing ? $"no {column} on record" : $"{column} is {value}";

    static string Missing(FeatureDefinition feature) =>
        feature.Measure switch
        {
            Measure.Trend => "no earlier activity on record",
            Measure.DeclaredMunicipality => "no named municipality on record",
            Measure.Country => "no country on record",
            Measure.Language => "no language on record",
            Measure.HouseholdSize => "no household size on record",
            Measure.Age => "no age on record",
            Measure.Registered => "no registration on record",
            _ => $"no {Subject(feature)} on record",
        };

    /// <summary>The traces a feature is about, as a noun.</summary>
    static string Subject(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => Kinds.GetValueOrDefault(feature.Value)?.Noun ?? $"\"{Plain(feature.Value)}\" traces",
            Dimension.Channel => $"activity through {Channel(feature.Value)}",
            Dimension.Theme => $"interest in {Plain(feature.Value)}",
            Dimension.Municipality => $"interest in {Place(feature.Value)}",
            Dimension.None => "activity",
        };

    string Count(FeatureDefinition feature, double value)
    {
        if (value == 0)
            return $"no {Subject(feature)}";
        var times = Times(value);
        return feature.Dimension switch
        {
            Dimension.Kind => Kinds.GetValueOrDefault(feature.Value) is { } words
                ? $"{words.Did} {Often(value, words)}"
                : $"{Number(value)} {Subject(feature)}",
            Dimension.Channel => $"came {times} through {Channel(feature.Value)}",
            Dimension.Theme => $"showed interest in {Plain(feature.Value)} {times}",
            Dimension.Municipality => $"looked at {Place(feature.Value)} {times}",
            Dimension.None => $"was active {times}",
        };
    }

    /// <summary>"Once" where the kind is counted in times, "1 page" where it is counted in things.</summary>
    string Often(double value, KindWords words) =>
        value == 1 && words.One.StartsWith("time", StringComparison.Ordinal)
            ? $"once{words.One["time".Length..]}"
            : Many(value, words.One, words.Many);

    static string Last(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => Kinds.GetValueOrDefault(feature.Value)?.Last ?? $"last \"{Plain(feature.Value)}\" trace",
            Dimension.Channel => $"last came through {Channel(feature.Value)}",
            Dimension.Theme => $"last showed interest in {Plain(feature.Value)}",
            Dimension.Municipality => $"last looked at {Place(feature.Value)}",
            Dimension.None => "last active",
        };

    static string About(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => $"is {Subject(feature)}",
            Dimension.Channel => $"came through {Channel(feature.Value)}",
            Dimension.Municipality => $"is about {Place(feature.Value)}",
            _ => $"is about {Plain(feature.Value)}",
        };

    /// <summary>Answers and SMS replies: 1 yes, 0.5 maybe, 0.25 not now, 0 no; a fair talk's minutes.</summary>
    string LastValue(string kind, double value)
    {
        var word =
            value >= 0.75 ? "yes"
            : value >= 0.375 ? "maybe"
            : value > 0.1 ? "not now"
            : "no";
        return kind switch
        {
            "answer" => $"answered {word} to moving",
            "sms_reply" => $"replied {word} by SMS",
            "fair_talk" => $"the last talk at a fair took {Many(Math.Round(value), "minute", "minutes")}",
            "page_view" => $"stayed {Duration(value)} on the last page",
            _ when IsTimed(kind) => $"the last of the {Kinds[kind].Noun} took {Duration(value)}",
            _ => $"the last of the {Kinds.GetValueOrDefault(kind)?.Noun ?? Plain(kind)} was {Number(value)}",
        };
    }

    static string Channel(string word) => Channels.GetValueOrDefault(word) ?? Plain(word);

    string Times(double value) => value == 1 ? "once" : $"{Number(value)} times";

    string Duration(double seconds) =>
        seconds < 99.5 ? Many(Math.Round(seconds), "second", "seconds")
        : seconds < 5970 ? Many(Math.Round(seconds / 60), "minute", "minutes")
        : Many(Math.Round(seconds / 3600), "hour", "hours");

    string Many(double value, string one, string many) => value == 1 ? $"1 {one}" : $"{Number(value)} {many}";

    static string Ago(double days) => Age(days, "less than a day") + " ago";

    static string Age(double days, string fallback)
    {
        var (count, unit) = Age(days);
        return count == 0 ? fallback : $"{count} {Units[unit]}{(count == 1 ? "" : "s")}";
    }

    static string Window(FeatureDefinition feature) =>
        feature.Days switch
        {
            FeatureDefinition.AllTime => "so far",
            1 => "in the last day",
            365 => "in the last year",
            var days => $"in the last {days} days",
        };
}
