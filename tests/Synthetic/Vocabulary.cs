namespace LeadScoring.Synthetic;

/// <summary>What a page, campaign or talk is about; written in lower case in every export.</summary>
enum Theme
{
    Nature,
    Housing,
    Jobs,
    Family,
    Quiet,
    Travel,
    Culture,
}

static class Themes
{
    static readonly string[] Names = [.. Enum.GetNames<Theme>().Select(name => name.ToLowerInvariant())];

    public const int Count = 7;

    public static string Name(Theme theme) => Names[(int)theme];
}

/// <summary>The 14 municipalities with how often the synthetic people prefer them and how often tourists read about them.</summary>
static class Places
{
    static readonly (int Code, string Name, double Preferred, double Toured)[] All =
    [
        (2505, "Arvidsjaur", 8, 6),
        (2506, "Arjeplog", 8, 9),
        (2510, "Jokkmokk", 9, 14),
        (2513, "Överkalix", 7, 2),
        (2514, "Kalix", 6, 3),
        (2518, "Övertorneå", 7, 3),
        (2521, "Pajala", 8, 4),
        (2523, "Gällivare", 6, 9),
        (2560, "Älvsbyn", 7, 3),
        (2580, "Luleå", 10, 12),
        (2581, "Piteå", 7, 8),
        (2582, "Boden", 6, 4),
        (2583, "Haparanda", 5, 3),
        (2584, "Kiruna", 6, 20),
    ];

    static readonly double[] PreferredWeights = [.. All.Select(place => place.Preferred)];
    static readonly double[] TouredWeights = [.. All.Select(place => place.Toured)];

    public static int Preferred(Chance chance) => All[chance.Pick(PreferredWeights)].Code;

    public static int Toured(Chance chance) => All[chance.Pick(TouredWeights)].Code;

    public static string Name(int code) => All.First(place => place.Code == code).Name;
}
