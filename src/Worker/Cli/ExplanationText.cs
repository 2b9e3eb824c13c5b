using LeadScoring.Funnel;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Scoring;
using LeadScoring.Scoring.Explaining;
using LeadScoring.Worker.Steps;

namespace LeadScoring.Worker.Cli;

/// <summary>An explanation line by line, in English or Swedish.</summary>
sealed class ExplanationText(Explanation of, ReasonLanguage language)
{
    static readonly Dictionary<string, string> Swedish = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Attention"] = "Uppmärksamhet",
        ["Interest"] = "Intresse",
        ["Desire"] = "Önskan",
        ["Action"] = "Handling",
        ["Moved"] = "har flyttat",
        ["Stayed"] = "har bott kvar i tolv månader",
        ["moved_away"] = "har flyttat därifrån",
        ["Dormant"] = "Vilande",
        ["Closed"] = "Avslutad",
        ["new"] = "ny",
        ["none"] = "ingen",
        ["entered"] = "sågs första gången",
        ["returned"] = "kom tillbaka",
        ["inquired"] = "frågade",
        ["answered_yes"] = "svarade ja",
        ["answered_maybe"] = "svarade kanske",
        ["answered_not_now"] = "svarade inte nu",
        ["answered_no"] = "svarade nej",
        ["engaged"] = "talade med kommunen",
        ["not_reached"] = "nåddes inte",
        ["declined_by_municipality"] = "kommunen tackade nej",
        ["objected"] = "invände",
        ["consented"] = "samtyckte",
        ["silence"] = "tystnad",
        ["likelihood_rose"] = "sannolikheten steg",
        ["likelihood_fell"] = "sannolikheten föll",
        ["list_place"] = "fick plats på en lista",
        ["Email"] = "mejl",
        ["Call"] = "samtal",
        ["Invitation"] = "inbjudan",
        ["Question"] = "fråga",
        ["Planned"] = "planerad",
        ["Sent"] = "skickad",
        ["Lapsed"] = "förfallen",
        ["Done"] = "gjord",
        ["no_consent"] = "samtycke saknas",
        ["overtaken"] = "överspelad",
        ["held_out"] = "i kontrollgruppen",
        ["no_channel"] = "ingen kanal",
        ["bounced"] = "adressen nås inte",
        ["not_due"] = "inte dags",
        ["closed_hours"] = "stängd tid",
        ["absent"] = "ingen handläggare på plats",
        ["week_full"] = "veckan är full",
        ["capped"] = "taket är nått",
        ["too_late"] = "för sent",
        ["stopped"] = "avregistrerad",
        ["no_address"] = "ingen adress",
        ["refused"] = "avvisad av servern",
        ["uncertain"] = "osäkert om den kom fram",
        ["answered"] = "har svarat",
        ["with_officer"] = "hos handläggaren",
        ["unreachable"] = "servern nås inte",
    };

    public IEnumerable<string> Lines()
    {
        yield return Say(
            $"Contact {of.Contact}, as of {of.AsOf:yyyy-MM-dd}",
            $"Kontakt {of.Contact}, per {of.AsOf:yyyy-MM-dd}"
        );
        if (!of.Standing.MayScore)
            yield return Say(
                $"  Not scored: there is no standing consent to profiling.",
                $"  Ingen bedömning: samtycke till profilering saknas."
            );
        else if (of.Score is not { } score)
            yield return Say($"  Not scored: has relocated already.", $"  Ingen bedömning: har redan flyttat.");
        else
        {
            yield return Likelihood(score);
            foreach (var reason in of.Reasons)
                yield return $"    {reason}";
        }
        if (of.Position is { } position)
            yield return Stage(position);
        if (of.Fit is { } fit)
            yield return Say(
                $"  Best fit {Name(fit.Best)}: {fit.Why}",
                $"  Passar bäst {Name(fit.Best)}: {fit.WhySwedish}"
            );
        yield return of.Standing.MayShare
            ? Say($"  May be shown to a municipality.", $"  Får visas för en kommun.")
            : Say($"  May not be shown to a municipality.", $"  Får inte visas för en kommun.");
        foreach (var change in of.History)
            yield return Words.Text(
                $"  {change.Since:yyyy-MM-dd}  {Word(change.From?.ToString() ?? "new")} -> {Word($"{change.To}")}: {Word(change.Cause)}"
            );
        foreach (var next in of.FollowUps)
        {
            var (kind, by) = (Word($"{next.FollowUp.Kind}"), Name(next.FollowUp.Municipality));
            var due = StockholmTime.Local(next.FollowUp.DueAt);
            var why = next.Why is { } said ? $", {Word(said)}" : "";
            yield return Say(
                $"  {due:yyyy-MM-dd HH:mm}  {kind} by {by}: {next.State}{why}",
                $"  {due:yyyy-MM-dd HH:mm}  {kind} från {by}: {Word($"{next.State}")}{why}"
            );
        }
    }

    string Likelihood(LeadScore score) =>
        Say(
            $"  Likelihood to relocate {score.Likelihood:0.0%} (90 % interval {score.Low:0.0%} to {score.High:0.0%}), grade {score.Grade}, rank {score.Rank:N0}; {of.BaseRate:0.0%} of all do",
            $"  Sannolikhet att flytta {Percent(score.Likelihood)} (90 % intervall {Percent(score.Low)} till {Percent(score.High)}), betyg {score.Grade}, plats {score.Rank}; av alla flyttar {Percent(of.BaseRate)}"
        );

    string Stage(FunnelPosition position)
    {
        var (stage, cause) = (Word($"{position.Stage}"), Word(position.Cause));
        var (first, second) = (Name(position.Municipality), Name(position.RunnerUp));
        return Say(
            $"  Stage {stage} since {position.Since:yyyy-MM-dd} ({cause}), municipality {first}, runner-up {second}",
            $"  Steg {stage} sedan {position.Since:yyyy-MM-dd} ({cause}), kommun {first}, därnäst {second}"
        );
    }

    string Name(int municipality) => Municipality.Find(municipality)?.Name ?? Word("none");

    /// <summary>A stored word as people read it.</summary>
    string Word(string word) =>
        language == ReasonLanguage.Swedish ? Swedish.GetValueOrDefault(word, word) : word.Replace('_', ' ');

    static string Percent(double share) => Words.Text($"{share * 100:0.0} %").Replace('.', ',');

    string Say(FormattableString english, FormattableString swedish) =>
        Words.Text(language == ReasonLanguage.Swedish ? swedish : english);
}
