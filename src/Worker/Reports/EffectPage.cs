using LeadScoring.Funnel.Learning;
using LeadScoring.Scoring.Reporting;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Steps;
using static LeadScoring.Scoring.Reporting.Markup;

namespace LeadScoring.Worker.Reports;

/// <summary>What the dialogue brought about as one self-contained page: no script, no picture, nothing to load.</summary>
public static class EffectPage
{
    const string Resource = "LeadScoring.Worker.Reports.effect.html";

    /// <summary>The same report gives the same page. It names no contact.</summary>
    public static string Html(EffectReport report) =>
        PageTemplate.Fill(
            typeof(EffectPage).Assembly,
            Resource,
            [
                ("asOf", Words.Text($"{report.AsOf:yyyy-MM-dd}")),
                ("headline", Text(Sentence(EffectText.Verdict(report.All)))),
                ("lead", Text(Lead(report))),
                ("left", Left(report)),
                ("tiles", Tiles(report.All)),
                ("municipalities", EffectCharts.Forest("Effect by municipality", ByMunicipality(report))),
                ("municipalityTable", Figures("Municipality", ByMunicipality(report))),
                ("stages", EffectCharts.Forest("Effect by stage", ByStage(report))),
                ("stageTable", Figures("Stage", ByStage(report))),
                ("rankingText", Text(Ranking(report.Ranking))),
                ("qini", report.Ranking is { } ranking ? EffectCharts.Curve(ranking) : ""),
                ("footer", Text(Footer)),
            ]
        );

    const string Footer =
        "Contacts were held out by chance, by municipality and stage; uplift is compared within these and then joined "
        + "(Newcombe's interval of a difference of shares, pooled). Qini: Radcliffe 2007, its interval by bootstrap over "
        + "contacts. Movers are known from outcomes that municipalities report, so who moved unseen counts as not moved.";

    static string Lead(EffectReport report) =>
        Words.Text(
            $"A move counts within {report.HorizonDays} days after a place on a list was first at stake. {Of(report.All.Contacted, "contacted")}, {Of(report.All.HeldOut, "held out by chance and left alone")}."
        );

    static string Of(Moved group, string who) =>
        group.Contacts == 0
            ? $"nobody was {who}"
            : Words.Text($"{group.Movers:N0} of {group.Contacts:N0} {who} moved ({100 * group.Share:0.00} %)");

    static string Left(EffectReport report)
    {
        var left = EffectText.NotCounted(report).Select(one => $"<li>{Text(one)}</li>").ToList();
        return left.Count == 0
            ? ""
            : $"<section class=\"warnings\"><h2>Not counted</h2><ul>{string.Concat(left)}</ul></section>";
    }

    static string Tiles(Effect all) =>
        Tile(Share(all.Contacted), "of the contacted moved")
        + Tile(Share(all.HeldOut), "of the held out moved")
        + (
            all.Uplift is { } uplift
                ? Tile(EffectText.Points(uplift.Value), $"difference, {EffectText.PointsBetween(uplift)}")
                : Tile("unknown", "difference")
        )
        + (
            all.ExtraMovers is { } extra
                ? Tile(
                    EffectText.Movers(extra.Value),
                    $"movers by contact, {EffectText.Movers(extra.Low)} to {EffectText.Movers(extra.High)}"
                )
                : Tile("unknown", "movers by contact")
        );

    static string Share(Moved group) => group.Contacts == 0 ? "nobody" : Words.Text($"{100 * group.Share:0.00} %");

    static string Figures(string part, IReadOnlyList<NamedEffect> effects) =>
        Table(
            [part, "Contacted", "Held out", "Difference, 95 % interval", ""],
            effects.Select(one =>
                (IEnumerable<string>)
                    [
                        one.Name,
                        Moved(one.Effect.Contacted),
                        Moved(one.Effect.HeldOut),
                        one.Effect.Uplift is { } uplift ? EffectText.Points(uplift) : "",
                        EffectText.Verdict(one.Effect),
                    ]
            )
        );

    static string Moved(Moved group) => Words.Text($"{group.Movers:N0} of {group.Contacts:N0}");

    static string Ranking(Qini? ranking) =>
        ranking is null
            ? "Nothing to rank by: nobody has a score, or one of the groups is empty."
            : "Movers that contact gains when only the best-ranked are contacted, as a share of all contacted. Dashed: any order. "
                + EffectText.Judged(ranking);

    static IReadOnlyList<NamedEffect> ByMunicipality(EffectReport report) =>
        [.. report.Municipalities.Select(one => new NamedEffect(EffectText.Name(one.Part), one.Effect))];

    static IReadOnlyList<NamedEffect> ByStage(EffectReport report) =>
        [.. report.Stages.Select(one => new NamedEffect($"{one.Part}", one.Effect))];

    static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}

/// <summary>The effect in a part of the trial, as the part is called.</summary>
sealed record NamedEffect(string Name, Effect Effect);
