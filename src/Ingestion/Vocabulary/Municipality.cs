namespace LeadScoring.Ingestion.Vocabulary;

/// <summary>One of Norrbotten's 14 municipalities, by its official code (Statistics Sweden, four digits).</summary>
public sealed record Municipality(int Code, string Name)
{
    /// <summary>All 14, in the order of their codes.</summary>
    public static IReadOnlyList<Municipality> All { get; } =
    [
        new(2505, "Arvidsjaur"),
        new(2506, "Arjeplog"),
        new(2510, "Jokkmokk"),
        new(2513, "Överkalix"),
        new(2514, "Kalix"),
        new(2518, "Övertorneå"),
        new(2521, "Pajala"),
        new(2523, "Gällivare"),
        new(2560, "Älvsbyn"),
        new(2580, "Luleå"),
        new(2581, "Piteå"),
        new(2582, "Boden"),
        new(2583, "Haparanda"),
        new(2584, "Kiruna"),
    ];

    /// <summary>Its place in <see cref="All"/>; 14 for a code that is none of them.</summary>
    public static int IndexOf(int code) => All.TakeWhile(m => m.Code != code).Count();

    /// <summary>The municipality with this code, or null when it is none of the 14.</summary>
    public static Municipality? Find(int code) => All.FirstOrDefault(m => m.Code == code);
}
