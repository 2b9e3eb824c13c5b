using LeadScoring.Funnel.Matching;

namespace LeadScoring.Funnel.Tests.Matching;

sealed class ShrinkageTests
{
    const int Arjeplog = 2506;
    const int Luleå = 2580;
    const int Piteå = 2581;

    static readonly double[] Even = [.. Enumerable.Repeat(1.0 / 14, 14)];

    static readonly double[] Nothing = new double[14];

    /// <summary>
    /// All read ten points about Luleå. With x = w/14, the share foretold for Luleå among the large places is
    /// (10 + x) / (10 + 2x); of 30 who prefer a large place 22 prefer Luleå, and the likelihood is highest where both agree:
    /// x = 80/14, so w = 80. For a large place (10 + 2c/14) / (10 + c) is foretold, and 30 of 70 prefer one: c = 20.
    /// </summary>
    [Test]
    public void Reading_is_worth_as_much_as_it_foretells_what_is_declared()
    {
        var contacts = Readers(22, Luleå).Concat(Readers(8, Piteå)).Concat(Readers(40, Arjeplog)).ToList();
        Assert.That(Shrinkage.Estimate(contacts, _ => Even, Nothing), Is.EqualTo(new Shrinkage(Class: 20, Within: 80)));
        contacts.Reverse();
        Assert.That(Shrinkage.Estimate(contacts, _ => Even, Nothing), Is.EqualTo(new Shrinkage(Class: 20, Within: 80)));
    }

    [Test]
    public void Who_always_prefers_what_it_reads_about_is_trusted_at_once_and_who_never_does_an_eighth_as_much()
    {
        Assert.That(Shrinkage.Estimate(Readers(40, Luleå), _ => Even, Nothing), Is.EqualTo(new Shrinkage(1.25, 1.25)));
        Assert.That(Shrinkage.Estimate(Readers(40, Piteå), _ => Even, Nothing).Within, Is.EqualTo(80));
    }

    [Test]
    public void Too_few_contacts_change_nothing_nor_do_those_who_declared_nothing_or_read_nothing()
    {
        var silent = Enumerable.Repeat(ContactEvidence.Of(new MunicipalityEvidence(Luleå, Views: 10)), 50);
        var idle = Enumerable.Repeat(ContactEvidence.Of(new MunicipalityEvidence(Luleå, 0, 0, 0, 1, true)), 50);
        var contacts = Readers(Shrinkage.FewestContacts - 1, Luleå).Concat(silent).Concat(idle);
        Assert.That(Shrinkage.Estimate(contacts, _ => Even, Nothing), Is.EqualTo(Shrinkage.Usual));
    }

    static IEnumerable<ContactEvidence> Readers(int count, int prefers) =>
        Enumerable.Repeat(
            prefers == Luleå
                ? ContactEvidence.Of(new MunicipalityEvidence(Luleå, Views: 10, IsPreferred: true))
                : ContactEvidence.Of(
                    new MunicipalityEvidence(Luleå, Views: 10),
                    new MunicipalityEvidence(prefers, 0, IsPreferred: true)
                ),
            count
        );
}
