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
    static readonly RegionalPrior Prior = Of([
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

        // Two readers besides 30 of nothing: a 32nd of its reading is what everybody reads about Arjeplog. So 15.8125 points
        // of its own and 10 of the region: (10 + 10/42) / 25.8125 and (6 - 6/32 + 150/42) / 25.8125.
        Assert.That((fit.Best, fit.RunnerUp), Is.EqualTo((Jokkmokk, Arjeplog)));
        Assert.That(fit.Share, Is.EqualTo(0.396633).Within(1e-6));
        Assert.That(fit.RunnerUpShare, Is.EqualTo(0.363542).Within(1e-6));
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
        var fit = MatchMunicipalities.Match(
            new("a"),
            ContactEvidence.Of(evidence),
            Prior,
            PolicySet.BuiltIn,
            [Kiruna]
        )!;

        Assert.That(new[] { fit.Best, fit.RunnerUp }, Has.None.EqualTo(Kiruna));
        Assert.That(
            MatchMunicipalities.Match(
                new("a"),
                ContactEvidence.Of(evidence),
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
        Assert.That(Of([nothing]).Share(Kiruna), Is.EqualTo(1.0 / 14).Within(1e-12));
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
            .Select(i => MatchMunicipalities.Match(new($"c-{i}"), ContactEvidence.None, Prior, policies)!)
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
            var before = MatchMunicipalities.Match(new($"c-{i}"), ContactEvidence.None, Prior, PolicySet.BuiltIn)!.Best;
            var after = MatchMunicipalities.Match(new($"c-{i}"), ContactEvidence.None, Prior, more)!.Best;
            Assert.That(after, Is.EqualTo(before).Or.EqualTo(Luleå));
        }
    }

    [Test]
    public void What_reading_is_worth_decides_the_size_first_and_then_the_place()
    {
        // Ten points read about Luleå count 5 for the size and 1.25 for the place, all 14 being alike beforehand:
        // (5 + 20/14) / 15 = 3/7 for a large place, of which (1.25 + 10/14) / (1.25 + 20/14) = 22/30 for Luleå.
        var prior = RegionalPrior.Even.With(new Shrinkage(Class: 20, Within: 80));
        var shares = MatchMunicipalities.Shares(ContactEvidence.Of(new MunicipalityEvidence(Luleå, Views: 10)), prior);
        var byCode = Municipality.All.Zip(shares).ToDictionary(pair => pair.First.Code, pair => pair.Second);
        Assert.That(byCode[Luleå], Is.EqualTo(3.0 / 7 * 22 / 30).Within(1e-12));
        Assert.That(byCode[2581], Is.EqualTo(3.0 / 7 * 8 / 30).Within(1e-12), "Piteå, the other large one");
        Assert.That(byCode[Arjeplog], Is.EqualTo(4.0 / 7 / 12).Within(1e-12));
        Assert.That(shares.Sum(), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void Who_reads_of_many_small_places_fits_another_small_one_better_than_a_large_one()
    {
        var prior = RegionalPrior.Even.With(new Shrinkage(Class: 10, Within: 80));
        MunicipalityEvidence[] small = [new(Arjeplog, 4), new(2521, 4), new(2513, 4)];
        var shares = MatchMunicipalities.Shares(ContactEvidence.Of(small), prior);
        // 12 points for small places: (12 + 80/14) / 22; Jokkmokk has 10/14 of 1.5 + 80/14 there, Luleå 10/14 / 22.
        Assert.That(shares[2], Is.EqualTo((12 + 80.0 / 14) / 22 * (10.0 / 14) / (1.5 + 80.0 / 14)).Within(1e-12));
        Assert.That(shares[9], Is.EqualTo(10.0 / 14 / 22).Within(1e-12));
        var at = MatchMunicipalities.At(Jokkmokk, new("a"), ContactEvidence.Of(small), prior, PolicySet.BuiltIn);
        Assert.That(at.Why, Is.EqualTo("nothing shown about Jokkmokk itself; looks mostly at small places"));
        Assert.That(at.WhySwedish, Does.EndWith("tittar mest på små orter"));
        Assert.That((at.Next, at.NextFitsBetter), Is.EqualTo((Arjeplog, true)));
        Assert.That(at.NextWhy, Is.EqualTo("read 4 pages about it; looks mostly at small places"));
    }

    [Test]
    public void A_declared_reason_speaks_for_places_whose_profile_answers_to_it_and_is_told()
    {
        var quiet = new ContactEvidence([new(Jokkmokk, Views: 3)], ["quiet"]);
        var at = MatchMunicipalities.At(Jokkmokk, new("a"), quiet, Prior, PolicySet.BuiltIn);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                at.Why,
                Is.EqualTo("read 3 pages about it; gives quiet as a reason, and Jokkmokk has fewer than 10,000 people")
            );
            Assert.That(at.Next, Is.EqualTo(Arjeplog));
            Assert.That(
                at.NextWhySwedish,
                Does.Contain("anger lugn som skäl, och Arjeplog har färre än 10 000 invånare")
            );
        }
    }

    static MunicipalityFit Match(MunicipalityEvidence[] evidence) =>
        MatchMunicipalities.Match(new("a"), ContactEvidence.Of(evidence), Prior, PolicySet.BuiltIn)!;

    static RegionalPrior Of(MunicipalityEvidence[][] contacts) =>
        RegionalPrior.From([.. contacts.Select(ContactEvidence.Of)]);
}
