using LeadScoring.Funnel.Allocation;
using LeadScoring.Funnel.Capacity;
using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Funnel.Tests.Allocation;

public sealed class AllocateLeadsTests
{
    const int Arvidsjaur = 2505;
    const int Arjeplog = 2506;
    const int Jokkmokk = 2510;

    [Test]
    public void The_better_fit_gives_way_where_its_place_is_worth_more_to_another()
    {
        // Both like Arvidsjaur better; Berit loses least by going to Arjeplog: 0.1 * (0.5 - 0.4) against 0.1 * (0.6 - 0.1).
        var allocation = Among(
            [Contact("anna", 0.1, 0.6, 0.1), Contact("berit", 0.1, 0.5, 0.4)],
            (Arvidsjaur, 1),
            (Arjeplog, 1)
        );
        var why = allocation.Why(new("berit"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pairs(allocation), Is.EqualTo(new[] { ("anna", Arvidsjaur), ("berit", Arjeplog) }));
            Assert.That(allocation.Result.ExpectedMovers, Is.EqualTo(0.10).Within(1e-9));
            Assert.That(why.Cause, Is.EqualTo(AllocationCause.Offered));
            Assert.That((why.Chosen!.Municipality, why.RunnerUp!.Municipality), Is.EqualTo((Arjeplog, Arvidsjaur)));
            // One place more in Arvidsjaur would let Berit go there: 0.05 instead of 0.04.
            Assert.That(why.RunnerUp.Price, Is.EqualTo(0.01).Within(1e-9));
            Assert.That(why.RunnerUp.Net, Is.EqualTo(0.04).Within(1e-9));
            Assert.That(allocation.Result.ByMunicipality[0].SlotPrice, Is.EqualTo(0.01).Within(1e-9));
        }
    }

    [Test]
    public void A_household_goes_to_one_municipality_and_the_member_who_adds_most_stands_for_it()
    {
        var allocation = Among(
            [Contact("anna", 0.1, 0.3, 0.2, "h1"), Contact("berit", 0.2, 0.3, 0.1, "h1")],
            (Arvidsjaur, 5),
            (Arjeplog, 5)
        );
        var why = allocation.Why(new("anna"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pairs(allocation), Is.EqualTo(new[] { ("berit", Arvidsjaur) }));
            Assert.That(
                (why.Cause, why.StoodFor),
                Is.EqualTo((AllocationCause.SameHousehold, (ContactId?)new ContactId("berit")))
            );
        }
    }

    [Test]
    public void Who_was_handed_back_is_offered_elsewhere_and_nobody_of_the_household_there_again()
    {
        var declined = Contact("anna", 0.1, 0.6, 0.2, "h1") with { Bars = Barred(Bar.Declined, Arvidsjaur) };
        var given = new Place(Arvidsjaur, new("anna"), "h1");
        var allocation = Among(
            [declined, Contact("berit", 0.1, 0.6, 0.1, "h1")],
            [given],
            (Arvidsjaur, 5),
            (Arjeplog, 5)
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pairs(allocation), Is.EqualTo(new[] { ("anna", Arjeplog) }));
            Assert.That(allocation.Result.ByMunicipality[0].Used, Is.EqualTo(1), "the place stays used");
        }
    }

    [Test]
    public void Places_of_the_week_stay_used_and_count_for_the_floor()
    {
        var given = new Place(Arvidsjaur, new("gone"), "h1");
        var quotas = Quotas((Arvidsjaur, 2), (Arjeplog, 1))
            .Select(quota => quota.Municipality == Arvidsjaur ? quota with { Floor = 1 } : quota);
        var allocation = AllocateLeads.Among(
            [Contact("anna", 0.1, 0.1, 0.6, "h1"), Contact("berit", 0.1, 0.1, 0.6), Contact("carin", 0.1, 0, 0.5)],
            [.. quotas],
            [given]
        );
        using (Assert.EnterMultipleScope())
        {
            // The floor is met by the place given, so Berit goes where she fits; Carin would add nothing in Arvidsjaur.
            Assert.That(Pairs(allocation), Is.EqualTo(new[] { ("berit", Arjeplog) }));
            Assert.That(allocation.Why(new("anna")).Cause, Is.EqualTo(AllocationCause.SameHousehold));
            Assert.That(allocation.Why(new("gone")).Cause, Is.EqualTo(AllocationCause.HasPlace));
            Assert.That(allocation.Why(new("carin")).Cause, Is.EqualTo(AllocationCause.NoCapacity));
            Assert.That(allocation.Why(new("unheard")).Cause, Is.EqualTo(AllocationCause.NotProposed));
        }
    }

    [TestCase(Bar.Declined, AllocationCause.Declined)]
    [TestCase(Bar.Resting, AllocationCause.Resting)]
    [TestCase(Bar.Unlikely, AllocationCause.Unlikely)]
    public void Who_is_barred_everywhere_is_offered_to_nobody_and_told_why(Bar bar, AllocationCause cause)
    {
        Bar[] everywhere = [.. Enumerable.Repeat(bar, 14)];
        var allocation = Among([Contact("anna", 0.1, 0.6, 0.2) with { Bars = everywhere }], (Arvidsjaur, 5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocation.Result.Offers, Is.Empty);
            Assert.That(allocation.Why(new("anna")).Cause, Is.EqualTo(cause));
        }
    }

    [Test]
    public void A_small_municipality_gets_its_floor_though_a_large_one_fits_better()
    {
        var quotas = Quotas((Arvidsjaur, 3), (Jokkmokk, 3))
            .Select(quota => quota.Municipality == Jokkmokk ? quota with { Floor = 1 } : quota);
        var allocation = AllocateLeads.Among(
            [Contact("anna", 0.10, 0.5, 0, null, 0.1), Contact("berit", 0.05, 0.5, 0, null, 0.2)],
            [.. quotas],
            []
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pairs(allocation), Is.EqualTo(new[] { ("anna", Arvidsjaur), ("berit", Jokkmokk) }));
            // Berit would add 0.05 * 0.5 in Arvidsjaur and adds 0.05 * 0.2.
            Assert.That(allocation.Result.ByMunicipality[2].FloorPrice, Is.EqualTo(0.015).Within(1e-9));
        }
    }

    [Test]
    public void The_order_of_the_input_changes_nothing()
    {
        var (prospects, quotas) = (MadeUpRegion.Prospects(7, 2_000).ToArray(), MadeUpRegion.Quotas(8));
        Place[] given =
        [
            new(Arjeplog, prospects[5].Contact, prospects[5].Household),
            new(Jokkmokk, prospects[9].Contact),
        ];
        var first = AllocateLeads.Among(prospects, quotas, given).Result;
        for (var seed = 1; seed <= 5; seed++)
        {
            new Random(seed).Shuffle(prospects);
            Array.Reverse(given);
            var again = AllocateLeads.Among(prospects, quotas, given).Result;
            Assert.That(again.Offers, Is.EqualTo(first.Offers));
            Assert.That(again.ByMunicipality, Is.EqualTo(first.ByMunicipality));
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void It_finds_more_movers_than_rules_of_thumb_and_keeps_every_bound(int seed)
    {
        var (prospects, quotas) = (MadeUpRegion.Prospects(seed, 5_000), MadeUpRegion.Quotas(12));
        var result = AllocateLeads.Among(prospects, quotas, []).Result;
        var household = prospects.ToDictionary(prospect => prospect.Contact, prospect => prospect.Household);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExpectedMovers, Is.GreaterThan(RuleOfThumb.ByPair(prospects, quotas)));
            Assert.That(result.ExpectedMovers, Is.GreaterThan(RuleOfThumb.ByLikelihood(prospects, quotas)));
            Assert.That(result.ExpectedMovers, Is.GreaterThan(2 * RuleOfThumb.FirstCome(prospects, quotas)));
            Assert.That(result.ByMunicipality.Select(m => m.Filled <= m.Capacity && m.Filled >= m.Floor), Is.All.True);
            Assert.That(result.Offers.Select(offer => household[offer.Contact]).OfType<string>(), Is.Unique);
        }
    }

    static AllocateLeads Among(
        IReadOnlyList<Prospect> prospects,
        params (int Municipality, int Capacity)[] capacities
    ) => Among(prospects, [], capacities);

    static AllocateLeads Among(
        IReadOnlyList<Prospect> prospects,
        IReadOnlyList<Place> given,
        params (int Municipality, int Capacity)[] capacities
    ) => AllocateLeads.Among(prospects, Quotas(capacities), given);

    /// <summary>These capacities; nobody is there to call in the other municipalities.</summary>
    static List<Quota> Quotas(params (int Municipality, int Capacity)[] capacities) =>
        [
            .. Municipality.All.Select(m => new Quota(
                m.Code,
                capacities.Where(one => one.Municipality == m.Code).Sum(one => one.Capacity)
            )),
        ];

    static Prospect Contact(
        string id,
        double likelihood,
        double arvidsjaur,
        double arjeplog,
        string? household = null,
        double jokkmokk = 0
    )
    {
        double[] shares = [arvidsjaur, arjeplog, jokkmokk, .. Enumerable.Repeat(0.001, 11)];
        return new(new(id), likelihood, shares, Household: household);
    }

    static Bar[] Barred(Bar bar, int municipality) =>
        [.. Municipality.All.Select(m => m.Code == municipality ? bar : Bar.None)];

    static IEnumerable<(string, int)> Pairs(AllocateLeads allocation) =>
        allocation.Result.Offers.Select(offer => (offer.Contact.Value, offer.Municipality));
}
