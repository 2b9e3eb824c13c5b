using LeadScoring.Funnel.Matching;
using LeadScoring.Funnel.Policies;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Matching;

sealed class MatchMunicipalitiesTests
{
    const int Arjeplog = 2506;
    const int Jokkmokk = 2510;
    const int Luleå = 2580;
    const int Kiruna = 2584;

    /// <summary>Two voters and the even one: Arjeplog (1/14 + 1) / 3, Luleå and Kiruna (1/14 + 1/2) / 3, others 1/42.</summary>
    static readonly RegionalPrior Prior = RegionalPrior.From([
        [new(Arjeplog, Views: 10)],
        [new(Luleå, Views: 5), new(Kiruna, Views: 3, RecentViews: 2)],
        [],
    ]);

    [Test]
    public void The_prior_gives_every_contact_one_vote_and_all_14_a_share()
    {
        Assert.That(Prior.Share(Arjeplog), Is.EqualTo(15.0 / 42).Within(1e-12));
        Assert.That(Prior.Share(Luleå), Is.EqualTo(8.0 / 42).Within(1e-12));
        Assert.That(Prior.Share(Kiruna), Is.EqualTo(8.0 / 42).Within(1e-12));
        Assert.That(Prior.Share(Jokkmokk), Is.EqualTo(1.0 / 42).Within(1e-12));
        Assert.That(Municipality.All.Sum(m => Prior.Share(m.Code)), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Shares_are_shrunk_to_the_region_as_computed_by_hand()
    {
        var fit = Match([new(Arjeplog, Views: 6), new(Jokkmokk, Views: 0, Answers: 1)]);

        // 16 points of its own and 10 of the region: (10 + 10/42) / 26 and (6 + 150/42) / 26.
        Assert.That((fit.Best, fit.RunnerUp), Is.EqualTo((Jokkmokk, Arjeplog)));
        Assert.That(fit.Share, Is.EqualTo(0.393773).Within(1e-6));
        Assert.That(fit.RunnerUpShare, Is.EqualTo(0.368132).Within(1e-6));
        Assert.That(fit.Why, Is.EqualTo("named Jokkmokk in an answer"));
        Assert.That(fit.WhySwedish, Is.EqualTo("nämnde Jokkmokk i ett svar"));
    }

    [Test]
    public void One_page_does_not_outweigh_the_region() =>
        Assert.That(Match([new(Jokkmokk, Views: 1)]).Best, Is.EqualTo(Arjeplog));

    [Test]
    public void A_declared_preference_outweighs_many_pages()
    {
        var fit = Match([new(Kiruna, Views: 40), new(Jokkmokk, Views: 6, Answers: 2, IsPreferred: true)]);

        Assert.That((fit.Best, fit.RunnerUp), Is.EqualTo((Jokkmokk, Kiruna)));
        Assert.That(fit.Why, Is.EqualTo("prefers Jokkmokk; named Jokkmokk in 2 answers; read 6 pages about it"));
    }

    [Test]
    public void A_municipality_that_declined_is_never_named_again()
    {
        MunicipalityEvidence[] evidence = [new(Kiruna, Views: 40)];
        var fit = MatchMunicipalities.Match(new("a"), evidence, Prior, PolicySet.BuiltIn, [Kiruna])!;

        Assert.That(new[] { fit.Best, fit.RunnerUp }, Has.None.EqualTo(Kiruna));
        Assert.That(
            MatchMunicipalities.Match(
                new("a"),
                evidence,
                Prior,
                PolicySet.BuiltIn,
                [.. Municipality.All.Select(m => m.Code)]
            ),
            Is.Null
        );
    }

    [Test]
    public void No_trace_counts_as_nothing_and_a_strange_code_is_passed_over()
    {
        MunicipalityEvidence[] nothing = [new(Kiruna, double.NaN, double.NaN), new(180, Views: 50)];

        Assert.That(Match(nothing), Is.EqualTo(Match([])));
        Assert.That(RegionalPrior.From([nothing]).Share(Kiruna), Is.EqualTo(1.0 / 14).Within(1e-12));
    }

    [Test]
    public void Contacts_who_have_shown_nothing_are_spread_as_the_places_are()
    {
        var policies = PolicyFile.Load([
            ("l.json", """{ "municipality": 2580, "weeklyCapacity": 35 }"""),
            ("k.json", """{ "municipality": 2584, "weeklyCapacity": 0 }"""),
        ]);
        var fits = Enumerable
            .Range(0, 20_000)
            .Select(i => MatchMunicipalities.Match(new($"c-{i}"), [], Prior, policies)!)
            .ToList();

        // 35 + 12 x 5 places: 36.8 % and 5.3 %; four standard deviations are 1.4 and 0.6 points.
        Assert.That(fits.Count(f => f.Best == Luleå) / 20_000.0, Is.EqualTo(35.0 / 95).Within(0.014));
        Assert.That(fits.Count(f => f.Best == Jokkmokk) / 20_000.0, Is.EqualTo(5.0 / 95).Within(0.0065));
        Assert.That(fits.Count(f => f.Best == Kiruna || f.RunnerUp == Kiruna), Is.Zero);
        Assert.That(fits.Count(f => f.Best == f.RunnerUp), Is.Zero);
        Assert.That(fits[0].Why, Does.StartWith("no place shown yet; "));
    }

    [Test]
    public void More_places_draw_contacts_to_a_municipality_and_shuffle_no_others()
    {
        var more = PolicyFile.Load([("l.json", """{ "municipality": 2580, "weeklyCapacity": 20 }""")]);
        for (var i = 0; i < 2_000; i++)
        {
            var before = MatchMunicipalities.Match(new($"c-{i}"), [], Prior, PolicySet.BuiltIn)!.Best;
            var after = MatchMunicipalities.Match(new($"c-{i}"), [], Prior, more)!.Best;
            Assert.That(after, Is.EqualTo(before).Or.EqualTo(Luleå));
        }
    }

    static MunicipalityFit Match(MunicipalityEvidence[] evidence) =>
        MatchMunicipalities.Match(new("a"), evidence, Prior, PolicySet.BuiltIn)!;
}
