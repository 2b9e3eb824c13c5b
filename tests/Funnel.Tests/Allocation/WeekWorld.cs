using System.Globalization;
using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Policies;
using LeadScoring.Funnel.Stages;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Allocation;

/// <summary>Weeks in Arjeplog and Jokkmokk; nobody else has places.</summary>
static class WeekWorld
{
    public const int Arjeplog = 2506;
    public const int Jokkmokk = 2510;
    public const int Seed = 1;

    /// <summary>A Wednesday.</summary>
    public static readonly DateOnly Day = new(2026, 3, 11);

    /// <summary>Leans to Arjeplog, then to Jokkmokk.</summary>
    public static readonly double[] North = Leaning((Arjeplog, 0.6), (Jokkmokk, 0.2));

    public static PolicySet WithPlaces(
        int arjeplog,
        int jokkmokk,
        double holdOut = 0,
        double exploration = 0,
        string more = ""
    )
    {
        string Own(int code, int places) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{ "municipality": {{code}}, "weeklyCapacity": {{places}}, "weeklyFloor": 0 {{more}} }"""
            );
        var shared = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{ "weeklyCapacity": 0, "weeklyFloor": 0, "shares": { "holdOut": {{holdOut}}, "exploration": {{exploration}} } }"""
        );
        return PolicyFile.Load([
            ("default.json", shared),
            ("a.json", Own(Arjeplog, arjeplog)),
            ("j.json", Own(Jokkmokk, jokkmokk)),
        ]);
    }

    public static Candidate Wants(string contact, double lift, int carrier = Arjeplog) =>
        new(new(contact), Worlds.Lift(lift), Stage.Interest, carrier);

    public static PlanWeek Plan(
        IReadOnlyList<Candidate> candidates,
        PolicySet policies,
        IReadOnlyList<Place>? given = null,
        Func<ContactId, IReadOnlyList<double>>? shares = null,
        DateOnly? day = null
    ) => new(candidates, given ?? [], shares ?? (_ => North), policies, Seed, day ?? Day);

    public static IEnumerable<string> Names(PlanWeek plan, int municipality) =>
        Leads(plan, municipality).Select(lead => lead.Contact.Value);

    public static IReadOnlyList<Lead> Leads(PlanWeek plan, int municipality) =>
        plan.Lists.Single(list => list.Municipality == municipality).Leads;

    /// <summary>The first ids c-0, c-1, … that play this part with a municipality in a stage.</summary>
    public static IEnumerable<string> Drawn(Part part, PolicySet policies, int municipality, Stage stage, int count) =>
        Enumerable
            .Range(0, int.MaxValue)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"c-{i}"))
            .Where(id => Draw.Of(new(id), stage, policies.For(municipality), Seed) == part)
            .Take(count);

    public static double[] Leaning(params (int Code, double Share)[] shares) =>
        [.. Municipality.All.Select(m => shares.Where(one => one.Code == m.Code).Sum(one => one.Share) + 0.001)];
}
