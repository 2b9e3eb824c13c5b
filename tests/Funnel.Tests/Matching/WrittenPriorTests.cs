using LeadScoring.Funnel.Matching;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Matching;

public sealed class WrittenPriorTests
{
    [Test]
    public void A_leaning_is_read_back_to_the_last_digit()
    {
        var chance = new Random(1);
        var prior = RegionalPrior.From([
            .. Enumerable
                .Range(0, 200)
                .Select(i => new ContactEvidence(
                    [
                        .. Municipality
                            .All.OrderBy(_ => chance.Next())
                            .Take(3)
                            .Select(
                                (m, nth) =>
                                    new MunicipalityEvidence(
                                        m.Code,
                                        chance.Next(1, 90),
                                        chance.Next(5),
                                        0,
                                        0,
                                        nth == 0 && i % 2 == 0
                                    )
                            ),
                    ],
                    i % 3 == 0 ? ["nature"] : []
                )),
        ]);
        var read = RegionalPrior.Parse(prior.Text());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Municipality.All.Select(m => read.Share(m.Code)),
                Is.EqualTo(Municipality.All.Select(m => prior.Share(m.Code)))
            );
            Assert.That(read.Mean(["nature"]), Is.EqualTo(prior.Mean(["nature"])).And.Not.EqualTo(prior.Mean([])));
            Assert.That(read.Mean(["quiet"]), Is.EqualTo(prior.Mean(["quiet"])), "a reason that nobody gave");
            Assert.That(read.Background, Is.EqualTo(prior.Background));
            Assert.That(read.Shrinkage, Is.EqualTo(prior.Shrinkage).And.Not.EqualTo(Shrinkage.Usual));
        }
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"Shares":[1],"ByDriver":{},"Shrinkage":{"Class":1,"Within":1},"Background":[0]}""")]
    public void What_is_no_leaning_towards_the_14_is_refused(string text) =>
        Assert.That(
            () => RegionalPrior.Parse(text),
            Throws.TypeOf<FunnelException>().With.Message.Contains("next night")
        );
}
