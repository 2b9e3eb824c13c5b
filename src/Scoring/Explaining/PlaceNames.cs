namespace LeadScoring.Scoring.Explaining;

/// <summary>Names of the countries and languages that codes of the register stand for, in English and Swedish.</summary>
/// <remarks>ISO 3166-1 and ISO 639-1 codes; a code that is not listed is told as it is.</remarks>
static class PlaceNames
{
    static readonly Dictionary<string, (string English, string Swedish)> Countries = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["AT"] = ("Austria", "Österrike"),
        ["BE"] = ("Belgium", "Belgien"),
        ["BG"] = ("Bulgaria", "Bulgarien"),
        ["CA"] = ("Canada", "Kanada"),
        ["CH"] = ("Switzerland", "Schweiz"),
        ["CZ"] = ("Czechia", "Tjeckien"),
        ["DE"] = ("Germany", "Tyskland"),
        ["DK"] = ("Denmark", "Danmark"),
        ["EE"] = ("Estonia", "Estland"),
        ["ES"] = ("Spain", "Spanien"),
        ["FI"] = ("Finland", "Finland"),
        ["FR"] = ("France", "Frankrike"),
        ["GB"] = ("the United Kingdom", "Storbritannien"),
        ["GR"] = ("Greece", "Grekland"),
        ["HR"] = ("Croatia", "Kroatien"),
        ["HU"] = ("Hungary", "Ungern"),
        ["IE"] = ("Ireland", "Irland"),
        ["IT"] = ("Italy", "Italien"),
        ["LT"] = ("Lithuania", "Litauen"),
        ["LU"] = ("Luxembourg", "Luxemburg"),
        ["LV"] = ("Latvia", "Lettland"),
        ["NL"] = ("the Netherlands", "Nederländerna"),
        ["NO"] = ("Norway", "Norge"),
        ["PL"] = ("Poland", "Polen"),
        ["PT"] = ("Portugal", "Portugal"),
        ["RO"] = ("Romania", "Rumänien"),
        ["SE"] = ("Sweden", "Sverige"),
        ["SI"] = ("Slovenia", "Slovenien"),
        ["SK"] = ("Slovakia", "Slovakien"),
        ["UA"] = ("Ukraine", "Ukraina"),
        ["US"] = ("the United States", "USA"),
    };

    static readonly Dictionary<string, (string English, string Swedish)> Languages = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["cs"] = ("Czech", "tjeckiska"),
        ["da"] = ("Danish", "danska"),
        ["de"] = ("German", "tyska"),
        ["en"] = ("English", "engelska"),
        ["es"] = ("Spanish", "spanska"),
        ["et"] = ("Estonian", "estniska"),
        ["fi"] = ("Finnish", "finska"),
        ["fr"] = ("French", "franska"),
        ["hu"] = ("Hungarian", "ungerska"),
        ["it"] = ("Italian", "italienska"),
        ["lt"] = ("Lithuanian", "litauiska"),
        ["lv"] = ("Latvian", "lettiska"),
        ["nb"] = ("Norwegian", "norska"),
        ["nl"] = ("Dutch", "nederländska"),
        ["no"] = ("Norwegian", "norska"),
        ["pl"] = ("Polish", "polska"),
        ["pt"] = ("Portuguese", "portugisiska"),
        ["ro"] = ("Romanian", "rumänska"),
        ["sv"] = ("Swedish", "svenska"),
        ["uk"] = ("Ukrainian", "ukrainska"),
    };

    public static string Country(string code, ReasonLanguage language) => Named(Countries, code, language);

    public static string Language(string code, ReasonLanguage language) => Named(Languages, code, language);

    static string Named(
        Dictionary<string, (string English, string Swedish)> names,
        string code,
        ReasonLanguage language
    ) =>
        !names.TryGetValue(code, out var name) ? code
        : language == ReasonLanguage.Swedish ? name.Swedish
        : name.English;
}
