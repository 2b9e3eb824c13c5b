using System.Globalization;

namespace LeadScoring.Worker.Store;

/// <summary>How days, instants and words stand in the store: fixed-width ISO text, so that text order is time order, and snake_case words.</summary>
static class StoreText
{
    const string DayForm = "yyyy-MM-dd";
    const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Day(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, DayForm, CultureInfo.InvariantCulture);

    /// <summary>A UTC instant; one without a kind is taken as UTC, a local one is a bug.</summary>
    public static string Instant(DateTime at) =>
        at.Kind == DateTimeKind.Local
            ? throw new InvalidOperationException("a local time on its way into the store")
            : at.ToString(InstantForm, CultureInfo.InvariantCulture);

    public static DateTime Instant(string text) =>
        DateTime.ParseExact(
            text,
            InstantForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    public static string Word<T>(T value)
        where T : struct, Enum => Words<T>.Of[value];

    /// <exception cref="WorkerException">The store holds a word that this release does not know.</exception>
    public static T Word<T>(string word)
        where T : struct, Enum =>
        Words<T>.Values.TryGetValue(word, out var value)
            ? value
            : throw WorkerException.Of(
                LeadStore.FileName,
                $"found {typeof(T).Name} '{word}'",
                string.Join(", ", Words<T>.Values.Keys),
                "use the release that made the store, or a later one"
            );

    static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>()
            .ToDictionary(v => v, v => SnakeCase(v.ToString()));

        public static readonly Dictionary<string, T> Values = Of.ToDictionary(
            p => p.Value,
            p => p.Key,
            StringComparer.Ordinal
        );

        static string SnakeCase(string name) =>
            string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}")).ToLowerInvariant();
    }
}
