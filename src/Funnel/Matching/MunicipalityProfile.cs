using System.Text.Json;

namespace LeadScoring.Funnel.Matching;

/// <summary>Inhabitants of a municipality in classes: below 10,000, up to 30,000, above.</summary>
public enum Population
{
    Small,
    Medium,
    Large,
}

/// <summary>Public facts about one municipality, from <c>municipalities.json</c>, whose source stands in the file.</summary>
/// <param name="Features">Such as <c>coast</c>, the class of a small or large population among them.</param>
public sealed record MunicipalityProfile(int Municipality, Population Population, IReadOnlyList<string> Features)
{
    static readonly ProfileFile File = ProfileFile.Read();

    /// <summary>All 14, in the order of their codes.</summary>
    public static IReadOnlyList<MunicipalityProfile> All { get; } =
    [
        .. Ingestion.Vocabulary.Municipality.All.Select(m =>
            File.Municipalities.Single(entry => entry.Code == m.Code).Profile()
        ),
    ];

    public static MunicipalityProfile Of(int municipality) => All.First(p => p.Municipality == municipality);

    /// <summary>The first of its features that answers to this reason for moving, null when none does.</summary>
    public string? Offers(string driver) =>
        File
            .Drivers.GetValueOrDefault(driver)
            ?.Features.FirstOrDefault(feature => Features.Contains(feature, StringComparer.Ordinal));

    /// <summary>A reason for moving in words, such as <c>quiet</c> and <c>lugn</c>.</summary>
    internal static (string English, string Swedish) DriverWords(string driver) =>
        (File.Drivers[driver].En, File.Drivers[driver].Sv);

    /// <summary>A feature in words, such as <c>lies by the sea</c>.</summary>
    internal static (string English, string Swedish) FeatureWords(string feature) =>
        (File.Features[feature].En, File.Features[feature].Sv);

    sealed record FeatureEntry(string En, string Sv);

    sealed record DriverEntry(string En, string Sv, IReadOnlyList<string> Features);

    sealed record MunicipalityEntry(int Code, string Population, IReadOnlyList<string> Features)
    {
        public MunicipalityProfile Profile() =>
            new(Code, Enum.Parse<Population>(Population, ignoreCase: true), [.. Features, Population]);
    }

    sealed record ProfileFile(
        IReadOnlyDictionary<string, FeatureEntry> Features,
        IReadOnlyDictionary<string, DriverEntry> Drivers,
        IReadOnlyList<MunicipalityEntry> Municipalities
    )
    {
        public static ProfileFile Read()
        {
            using var stream = typeof(ProfileFile).Assembly.GetManifestResourceStream(
                "LeadScoring.Funnel.Matching.municipalities.json"
            )!;
            return JsonSerializer.Deserialize<ProfileFile>(stream, JsonSerializerOptions.Web)!;
        }
    }
}
