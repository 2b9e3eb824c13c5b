using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Matching;

sealed class RegionalPriorTests
{
    const int Arjeplog = 2506;
    const int Luleå = 2580;
    const int Kiruna = 2584;

    [Test]
    public void Who_declared_a_preference_tells_more_than_who_only_read()
    {
        // All: Kiruna (1/14 + 1) / 2 = 15/28. One declared vote, for Kiruna alone, beside 30 of all.
        var prior = RegionalPrior.From([ContactEvidence.Of(new MunicipalityEvidence(Kiruna, 0, IsPreferred: true))]);
        Assert.That(prior.Share(Kiruna), Is.EqualTo((30 * 15.0 / 28 + 1) / 31).Within(1e-12));
        Assert.That(prior.Share(Luleå), Is.EqualTo(30 / 28.0 / 31).Within(1e-12));
        Assert.That(Municipality.All.Sum(m => prior.Share(m.Code)), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void A_reason_nobody_else_gave_tilts_towards_the_places_that_answer_to_it()
    {
        // Eight of 14 are small and count half as much again: 1.5 / (8 * 1.5 + 6) each.
        var mean = RegionalPrior.Even.Mean(["quiet"]);
        Assert.That(mean[1], Is.EqualTo(1.5 / 18).Within(1e-12));
        Assert.That(mean[9], Is.EqualTo(1.0 / 18).Within(1e-12));
        Assert.That(RegionalPrior.Even.Mean(["unheard"]), Is.EqualTo(RegionalPrior.Even.Mean([])).Within(1e-12));
    }

    [Test]
    public void What_people_with_the_same_reason_look_at_outweighs_the_profile()
    {
        // Sixty who gave quiet read about Luleå only, one of no reason about Arjeplog.
        var quiet = new ContactEvidence([new(Luleå, Views: 5)], ["quiet"]);
        var other = ContactEvidence.Of(new MunicipalityEvidence(Arjeplog, Views: 5));
        var prior = RegionalPrior.From([.. Enumerable.Repeat(quiet, 60), other]);
        var (all, rest) = ((60 + 1.0 / 14) / 62, 1.0 / 14 / 62);
        var arjeplog = (1 + 1.0 / 14) / 62;
        // 20 votes of the tilted leaning and 60 for Luleå; 7 small places besides Arjeplog, 5 others besides Luleå.
        var tilted = all / (all + 1.5 * (arjeplog + 7 * rest) + 5 * rest);
        Assert.That(prior.Mean(["quiet"])[9], Is.EqualTo((60 + 20 * tilted) / 80).Within(1e-12));
        Assert.That(prior.Mean([])[9], Is.EqualTo(all).Within(1e-12));
        // Two reasons count alike.
        Assert.That(
            prior.Mean(["quiet", "jobs"])[9],
            Is.EqualTo((prior.Mean(["quiet"])[9] + prior.Mean(["jobs"])[9]) / 2).Within(1e-12)
        );
    }

    [Test]
    public void The_profiles_name_all_14_once_with_a_size_and_known_features()
    {
        Assert.That(
            MunicipalityProfile.All.Select(p => p.Municipality),
            Is.EqualTo(Municipality.All.Select(m => m.Code))
        );
        Assert.That(MunicipalityProfile.All.Count(p => p.Population == Population.Small), Is.EqualTo(8));
        Assert.That(MunicipalityProfile.Of(Luleå).Offers("jobs"), Is.EqualTo("university"));
        Assert.That(MunicipalityProfile.Of(Arjeplog).Offers("jobs"), Is.Null);
        Assert.That(MunicipalityProfile.Of(Arjeplog).Offers("quiet"), Is.EqualTo("small"));
    }
}
