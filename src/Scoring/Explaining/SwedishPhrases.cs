using LeadScoring.Ingestion.Features;

namespace LeadScoring.Scoring.Explaining;

/// <summary>Reasons in Swedish.</summary>
sealed class SwedishPhrases() : ReasonPhrases(",", "\u2212")
{
    static readonly Dictionary<string, KindWords> Kinds = new(StringComparer.Ordinal)
    {
        ["page_view"] = new("läste", "sida", "läste senast en sida", "sidor", "sidvisningar"),
        ["search"] = new("sökte", "gång", "sökte senast på webbplatsen", "gånger", "sökningar"),
        ["download"] = new("laddade ner", "dokument", "laddade senast ner ett dokument", "dokument", "nedladdningar"),
        ["video"] = new("såg", "film", "såg senast en film", "filmer", "visade filmer"),
        ["event_signup"] = new(
            "anmälde sig till",
            "träff",
            "anmälde sig senast till en träff",
            "träffar",
            "anmälningar till träffar"
        ),
        ["email_sent"] = new("fick", "mejl", "fick senast ett mejl", "mejl", "skickade mejl"),
        ["email_open"] = new("öppnade", "mejl", "öppnade senast ett mejl", "mejl", "öppnade mejl"),
        ["email_click"] = new("klickade i", "mejl", "klickade senast i ett mejl", "mejl", "klick i mejl"),
        ["email_bounce"] = new(
            "nåddes inte av",
            "mejl",
            "nåddes senast inte av ett mejl",
            "mejl",
            "mejl som inte kom fram"
        ),
        ["email_unsubscribe"] = new(
            "avanmälde sig",
            "gång",
            "avanmälde sig senast från mejl",
            "gånger",
            "avanmälningar"
        ),
        ["form_submit"] = new("skickade in", "formulär", "skickade senast in ett formulär", "formulär", "formulär"),
        ["fair_talk"] = new(
            "hade",
            "samtal på mässa",
            "hade senast ett samtal på mässa",
            "samtal på mässor",
            "mässamtal"
        ),
        ["inquiry"] = new("skickade", "förfrågan", "skickade senast en förfrågan", "förfrågningar", "förfrågningar"),
        ["answer"] = new("svarade", "gång om flytt", "svarade senast om flytt", "gånger om flytt", "svar om flytt"),
        ["sms_reply"] = new("svarade på", "sms", "svarade senast på ett sms", "sms", "sms-svar"),
    };

    static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["ads"] = "annonser",
        ["social"] = "sociala medier",
        ["email"] = "mejl",
        ["web"] = "webbplatsen",
        ["fair"] = "mässor",
        ["eures"] = "Eures",
        ["sms"] = "sms",
        ["phone"] = "telefon",
    };

    static readonly Dictionary<string, string> Themes = new(StringComparer.Ordinal)
    {
        ["nature"] = "natur",
        ["housing"] = "boende",
        ["jobs"] = "jobb",
        ["family"] = "familj",
        ["quiet"] = "lugn och ro",
        ["travel"] = "resor",
        ["culture"] = "kultur",
    };

    static readonly (string One, string Many)[] Units = [("dag", "dagar"), ("månad", "månader"), ("år", "år")];

    public override string Of(FeatureDefinition feature, double value, string? level)
    {
        if (double.IsNaN(value))
            return Missing(feature);
        return feature.Measure switch
        {
            Measure.Count => $"{Count(feature, value)} {Window(feature)}",
            Measure.Decay => $"på senare tid {Subject(feature)}: {Number(value)} (äldre väger mindre)",
            Measure.Sum => feature.Value switch
            {
                "fair_talk" => $"pratade {Many(Math.Round(value), "minut", "minuter")} på mässor {Window(feature)}",
                "page_view" => $"läste sidor i {Duration(value)} {Window(feature)}",
                _ when IsTimed(feature.Value) => $"{Subject(feature)} tog {Duration(value)} {Window(feature)}",
                _ => $"{Subject(feature)} ger tillsammans {Number(value)} {Window(feature)}",
            },
            Measure.Share => $"{Percent(value)} % av aktiviteten {About(feature)} {Window(feature)}",
            Measure.Recency => $"{Last(feature)} {Ago(value)}",
            Measure.Last => LastValue(feature.Value, value),
            Measure.ActiveDays => $"aktiv {Many(value, "dag", "dagar")} {Window(feature)}",
            Measure.Sessions => $"kom på besök {Times(value)} {Window(feature)}",
            Measure.Kinds => $"gjorde {Many(value, "sorts sak", "sorters saker")} {Window(feature)}",
            Measure.Channels => $"kom genom {Many(value, "kanal", "kanaler")} {Window(feature)}",
            Measure.Themes => $"visade intresse för {Many(value, "tema", "teman")} {Window(feature)}",
            Measure.Municipalities => $"tittade på {Many(value, "kommun", "kommuner")} {Window(feature)}",
            Measure.Trend => $"{Number(Math.Round(value, 1))} gånger så aktiv {Window(feature)} som tidigare",
            Measure.Automated => $"{Many(value, "automatisk öppning", "automatiska öppningar")} {Window(feature)}",
            Measure.Tenure => $"känd sedan {Age(value)}",
            Measure.SameMonth => $"{Percent(value)} % av aktiviteten i denna månad på året",
            Measure.DeclaredMunicipality => $"nämnde {Place(level ?? Number(value))}",
            Measure.Country => $"landet är {PlaceNames.Country(level ?? Number(value), ReasonLanguage.Swedish)}",
            Measure.Language => $"språket är {PlaceNames.Language(level ?? Number(value), ReasonLanguage.Swedish)}",
            Measure.HouseholdSize => $"hushåll på {Many(value, "person", "personer")}",
            Measure.Age => $"{Number(value)} år gammal",
            Measure.Registered => $"registrerades {Ago(value)}",
        };
    }

    public override string OfColumn(string column, string value, bool missing) =>
        missing ? $"{column} saknas" : $"{column} är {value}";

    static string Missing(FeatureDefinition feature) =>
        feature.Measure switch
        {
            Measure.Trend => "ingen tidigare aktivitet finns",
            Measure.DeclaredMunicipality => "ingen nämnd kommun finns",
            Measure.Country => "uppgift om land saknas",
            Measure.Language => "uppgift om språk saknas",
            Measure.HouseholdSize => "uppgift om hushållets storlek saknas",
            Measure.Age => "uppgift om ålder saknas",
            Measure.Registered => "uppgift om registrering saknas",
            _ => $"{None(feature)} finns",
        };

    static string Subject(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => Kinds.GetValueOrDefault(feature.Value)?.Noun ?? $"spår \"{Plain(feature.Value)}\"",
            Dimension.Channel => $"aktivitet via {Channel(feature.Value)}",
            Dimension.Theme => $"intresse för {Theme(feature.Value)}",
            Dimension.Municipality => $"intresse för {Place(feature.Value)}",
            Dimension.None => "aktivitet",
        };

    /// <summary>"No" agrees with the noun's gender and number.</summary>
    static string None(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => $"inga {Subject(feature)}",
            Dimension.Theme or Dimension.Municipality => $"inget {Subject(feature)}",
            _ => $"ingen {Subject(feature)}",
        };

    string Count(FeatureDefinition feature, double value)
    {
        if (value == 0)
            return None(feature);
        var times = Times(value);
        return feature.Dimension switch
        {
            Dimension.Kind => Kinds.GetValueOrDefault(feature.Value) is { } words
                ? $"{words.Did} {Often(value, words)}"
                : $"{Number(value)} {Subject(feature)}",
            Dimension.Channel => $"kom {times} via {Channel(feature.Value)}",
            Dimension.Theme => $"visade intresse för {Theme(feature.Value)} {times}",
            Dimension.Municipality => $"tittade på {Place(feature.Value)} {times}",
            Dimension.None => $"var aktiv {times}",
        };
    }

    string Often(double value, KindWords words) =>
        value == 1 && words.One.StartsWith("gång", StringComparison.Ordinal)
            ? $"en {words.One}"
            : Many(value, words.One, words.Many);

    static string Last(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => Kinds.GetValueOrDefault(feature.Value)?.Last
                ?? $"senaste spåret \"{Plain(feature.Value)}\"",
            Dimension.Channel => $"kom senast via {Channel(feature.Value)}",
            Dimension.Theme => $"visade senast intresse för {Theme(feature.Value)}",
            Dimension.Municipality => $"tittade senast på {Place(feature.Value)}",
            Dimension.None => "senast aktiv",
        };

    static string About(FeatureDefinition feature) =>
        feature.Dimension switch
        {
            Dimension.Kind => $"är {Subject(feature)}",
            Dimension.Channel => $"kom via {Channel(feature.Value)}",
            Dimension.Municipality => $"gäller {Place(feature.Value)}",
            _ => $"gäller {Theme(feature.Value)}",
        };

    string LastValue(string kind, double value)
    {
        var word =
            value >= 0.75 ? "ja"
            : value >= 0.375 ? "kanske"
            : value > 0.1 ? "inte nu"
            : "nej";
        return kind switch
        {
            "answer" => $"svarade {word} på frågan om att flytta",
            "sms_reply" => $"svarade {word} per sms",
            "fair_talk" => $"senaste samtalet på mässa tog {Many(Math.Round(value), "minut", "minuter")}",
            "page_view" => $"stannade {Duration(value)} på den senaste sidan",
            _ when IsTimed(kind) => $"{Kinds[kind].Noun}: senast {Duration(value)}",
            _ => $"senaste värdet av {Kinds.GetValueOrDefault(kind)?.Noun ?? Plain(kind)} var {Number(value)}",
        };
    }

    static string Channel(string word) => Channels.GetValueOrDefault(word) ?? Plain(word);

    static string Theme(string word) => Themes.GetValueOrDefault(word) ?? Plain(word);

    string Times(double value) => value == 1 ? "en gång" : $"{Number(value)} gånger";

    string Duration(double seconds) =>
        seconds < 99.5 ? Many(Math.Round(seconds), "sekund", "sekunder")
        : seconds < 5970 ? Many(Math.Round(seconds / 60), "minut", "minuter")
        : Many(Math.Round(seconds / 3600), "timme", "timmar");

    string Many(double value, string one, string many) => value == 1 ? $"1 {one}" : $"{Number(value)} {many}";

    static string Ago(double days) => $"för {Age(days)} sedan";

    static new string Age(double days)
    {
        var (count, unit) = ReasonPhrases.Age(days);
        return count == 0 ? "mindre än ett dygn" : $"{count} {(count == 1 ? Units[unit].One : Units[unit].Many)}";
    }

    static string Window(FeatureDefinition feature) =>
        feature.Days switch
        {
            FeatureDefinition.AllTime => "hittills",
            1 => "det senaste dygnet",
            365 => "det senaste året",
            var days => $"de senaste {days} dagarna",
        };
}
