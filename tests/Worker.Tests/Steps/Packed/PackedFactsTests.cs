using LeadScoring.Funnel.Matching;
using LeadScoring.Worker.Packed;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Steps.Packed;

namespace LeadScoring.Worker.Tests.Steps.Packed;

public sealed class PackedFactsTests
{
    [Test]
    public void What_was_put_in_comes_out([Range(1, 5)] int seed)
    {
        var (facts, _) = new RandomNights(seed, contacts: 300).Next(new(2026, 3, 2));
        var packed = RandomNights.Packed(facts);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(packed.Standings.Keys, Is.EquivalentTo(facts.Standings.Keys));
            Assert.That(packed.WithoutConsent, Is.EqualTo(facts.WithoutConsent));
            foreach (var (contact, standing) in facts.Standings)
            {
                var other = packed.Standings[contact];
                Assert.That(other with { DeclinedBy = [] }, Is.EqualTo(standing with { DeclinedBy = [] }));
                Assert.That(other.DeclinedBy, Is.EqualTo(standing.DeclinedBy));
            }
            Assert.That(packed.Evidence, Is.EquivalentTo(facts.Evidence));
            Assert.That(packed.Signals, Is.EquivalentTo(facts.Signals));
            Assert.That(
                packed.Seasons.Select(pair => (pair.Key, string.Join(' ', pair.Value.Days))),
                Is.EquivalentTo(facts.Seasons.Select(pair => (pair.Key, string.Join(' ', pair.Value.Days))))
            );
        }
    }

    [Test]
    public void Who_was_never_met_has_nothing_and_who_has_another_fact_only_has_not_this_one()
    {
        var numbers = new ContactNumbers();
        var (standings, evidence) = (new PackedStandings(numbers), new PackedEvidence(numbers));
        standings.Put(new("anna"), new Standing(true, false, "h", [2506], null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(standings.ContainsKey(new("bo")), Is.False);
            Assert.That(evidence.ContainsKey(new("anna")), Is.False);
            Assert.That(evidence.GetValueOrDefault(new("anna"), []), Is.Empty);
            Assert.That((standings.Count, evidence.Count), Is.EqualTo((1, 0)));
            Assert.That(() => evidence[new("anna")], Throws.TypeOf<KeyNotFoundException>());
        }
    }

    [Test]
    public void A_later_fact_takes_the_place_of_an_earlier_one()
    {
        var standings = new PackedStandings(new ContactNumbers());
        standings.Put(new("anna"), new Standing(true, true, null, [], null));
        standings.Put(new("anna"), new Standing(false, false, null, [], null));
        Assert.That(standings.Values.Single().MayScore, Is.False);
    }

    [TestCase(0UL)]
    [TestCase(127UL)]
    [TestCase(128UL)]
    [TestCase(16_384UL)]
    [TestCase(ulong.MaxValue)]
    public void A_number_of_any_size_is_read_as_it_was_written(ulong number)
    {
        var writer = new PackedWriter();
        writer.Add(7);
        writer.Add(number);
        var reader = new PackedReader(writer.Written);
        Assert.That((reader.Next(), reader.NextLong()), Is.EqualTo((7, number)));
    }

    [Test]
    public void Runs_lie_apart_whether_they_fit_a_piece_or_not()
    {
        var bytes = new PackedBytes();
        byte[][] runs =
        [
            .. new[] { 1, 700_000, 700_000, 3_000_000, 2, 0, 5 }.Select(
                (length, i) => Enumerable.Repeat((byte)i, length).ToArray()
            ),
        ];
        var places = runs.Select(run => bytes.Add(run)).ToArray();
        foreach (var (run, place) in runs.Zip(places))
            Assert.That(bytes.From(place)[..run.Length].SequenceEqual(run), Is.True, $"{run.Length}");
    }

    [Test]
    public void Evidence_that_is_no_whole_count_is_refused()
    {
        var evidence = new PackedEvidence(new ContactNumbers());
        Assert.That(
            () => evidence.Put(new("anna"), [new MunicipalityEvidence(2506, Views: 1.5)]),
            Throws.InvalidOperationException.With.Message.Contains("1.5")
        );
    }
}
