using System.Globalization;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Matching;

/// <summary>Why a municipality, in English and in Swedish.</summary>
static class FitText
{
    public static (string English, string Swedish) Of(int code, MunicipalityEvidence evidence, bool hasEvidence)
    {
        var name = Municipality.Find(code)!.Name;
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
        return parts.Count > 0
                ? (string.Join("; ", parts.Select(p => p.English)), string.Join("; ", parts.Select(p => p.Swedish)))
            : hasEvidence
                ? (
                    $"little shown; {name} is what most in the region look at",
                    $"har visat lite; {name} är vad de flesta i regionen tittar på"
                )
            : ($"no place shown yet; {name} has free hands", $"ingen ort vald ännu; {name} har lediga händer");
    }

    static string Times(double count, string one, string many) =>
        count < 2 ? one : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count)} {many}");
}
