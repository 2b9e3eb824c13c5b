using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Matching;

sealed class BackgroundTests
{
    const int Arjeplog = 2506;
    const int Kiruna = 2584;

    [Test]
    public void What_everybody_reads_speaks_for_nobody()
    {
        // 90 readers with half of their pages about Kiruna: background (45 + 0) / (90 + 30) = 3/8 for Kiruna, and as much for
        // Arjeplog, about which the others read.
        var tourist = ContactEvidence.Of(new(Kiruna, Views: 4), new(Arjeplog, Views: 4));
        var prior = RegionalPrior.From([.. Enumerable.Repeat(tourist, 90)]);
        Assert.That(prior.Background[13], Is.EqualTo(3.0 / 8).Within(1e-12));
        Assert.That(prior.Background.Sum(), Is.EqualTo(6.0 / 8).Within(1e-12));

        // Ten pages, 4 about Kiruna (4 - 30/8 beyond) and 6 about Arjeplog (6 - 30/8): 0.25 and 2.25 points.
        var contact = ContactEvidence.Of(new(Kiruna, Views: 4), new(Arjeplog, Views: 6));
        var shares = MatchMunicipalities.Shares(contact, prior);
        var q = (45 + 1.0 / 14) / 91;
        Assert.That(shares[13], Is.EqualTo((0.25 + 10 * q) / 12.5).Within(1e-12));
        Assert.That(shares[1], Is.EqualTo((2.25 + 10 * q) / 12.5).Within(1e-12));
        Assert.That(shares.Sum(), Is.EqualTo(1).Within(1e-12));
        Assert.That(Municipality.All[13].Code, Is.EqualTo(Kiruna));
    }
}
