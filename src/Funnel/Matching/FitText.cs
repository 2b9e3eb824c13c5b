using System.Globalization;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>Why a municipality, in English and in Swedish.</summary>
static class FitText
{
    /// <summary>Share of what was shown that must be about small places, to be told.</summary>
    const double MostlySmall = 2.0 / 3;

    const int SeveralPlaces = 3;

    public static (string English, string Swedish) Of(int code, ContactEvidence contact, RegionalPrior prior)
    {
        var name = Municipality.Find(code)!.Name;
        var evidence = contact.At(code);
        List<(string English, string Swedish)> parts = [];
        if (evidence.IsPreferred)
            parts.Add(($"prefers {name}", $"föredrar {name}"));
        if (evidence.Answers >= 1)
            parts.Add(
                (
                    $"named {name} in {Times(evidence.Answers, "an answer", "answers")}",
                    $"nämnde {name} i {Times(evidence.Answers, "ett svar", "svar")}"
                )
            );
        if (evidence.Inquiries >= 1)
            parts.Add(
                (
                    $"asked about it {Times(evidence.Inquiries, "once", "times")}",
                    $"frågade om orten {Times(evidence.Inquiries, "en gång", "gånger")}"
                )
            );
        if (evidence.Views >= 1)
            parts.Add(
                (
                    $"read {Times(evidence.Views, "a page", "pages")} about it",
                    $"läste {Times(evidence.Views, "en sida", "sidor")} om orten"
                )
            );
        if (parts.Count == 0)
            parts.Add(WithoutEvidence(code, name, contact, prior));
        parts.AddRange(Fitting(code, name, contact));
        return (string.Join("; ", parts.Select(p => p.English)), string.Join("; ", parts.Select(p => p.Swedish)));
    }

    static (string English, string Swedish) WithoutEvidence(
        int code,
        string name,
        ContactEvidence contact,
        RegionalPrior prior
    ) =>
        Municipality.All.All(m => contact.At(m.Code).Points <= 0)
            ? ($"no place shown yet; {name} has free hands", $"ingen ort vald ännu; {name} har lediga händer")
        : Municipality.All.All(m => m.Code == code || prior.Share(m.Code) < prior.Share(code))
            ? (
                $"little shown; {name} is what most in the region look at",
                $"har visat lite; {name} är vad de flesta i regionen tittar på"
            )
        : ($"nothing shown about {name} itself", $"har inte visat något om just {name}");

    /// <summary>What speaks for the place beyond what was shown about it: its size, and what the contact says draws it.</summary>
    static IEnumerable<(string English, string Swedish)> Fitting(int code, string name, ContactEvidence contact)
    {
        var profile = MunicipalityProfile.Of(code);
        if (profile.Population == Population.Small && LooksAtSmall(contact))
            yield return ("looks mostly at small places", "tittar mest på små orter");
        foreach (var driver in contact.Drivers)
        {
            if (profile.Offers(driver) is not { } feature)
                continue;
            var (reason, fact) = (MunicipalityProfile.DriverWords(driver), MunicipalityProfile.FeatureWords(feature));
            yield return (
                $"gives {reason.English} as a reason, and {name} {fact.English}",
                $"anger {reason.Swedish} som skäl, och {name} {fact.Swedish}"
            );
        }
    }

    /// <summary>Whether most of what was shown is about small places, and about several of them.</summary>
    static bool LooksAtSmall(ContactEvidence contact)
    {
        var small = MunicipalityProfile
            .All.Where(p => p.Population == Population.Small)
            .Select(p => contact.At(p.Municipality).Points)
            .Where(points => points > 0)
            .ToList();
        return small.Count >= SeveralPlaces
            && small.Sum() >= MostlySmall * Municipality.All.Sum(m => contact.At(m.Code).Points);
    }

    static string Times(double count, string one, string many) =>
        count < 2 ? one : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count)} {many}");
}
