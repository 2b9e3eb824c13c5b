using System.Text;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.Addresses;
using LeadScoring.Worker.Steps;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Steps;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class KeepAddressesTests(StoreKind kind)
{
    const string Crm =
        "Record ID,Create Date,Last Modified Date,Email,Country/Region,Preferred language,Household ID,Household size,Birth year\n";
    const string Merges = "contact_id,duplicate_id,decided_at,merged\n";
    const string Consents = "consent_id,contact_id,purpose,granted,at,provenance\n";

    readonly Clock _clock = new();
    StoreHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new StoreHome(kind);

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [Test]
    public void A_contact_is_written_to_in_its_language_or_that_of_its_country()
    {
        Put(
            "crm_contacts/1.csv",
            Crm + Row("c1", " Anna@Example.ORG ", "DE", "sv-SE") + Row("c2", "b@example.org", "Finland")
        );
        Put("crm_contacts/2.csv", Crm + Row("c3", "c@example.org", "FR") + Row("c4", "d@example.org", "", "Deutsch"));
        Ingested();

        Assert.That(
            Known("c1", "c2", "c3", "c4"),
            Is.EqualTo(["anna@example.org sv", "b@example.org fi", "c@example.org ", "d@example.org de"])
        );
    }

    [Test]
    public void What_nobody_can_write_to_is_not_kept()
    {
        Put(
            "crm_contacts/1.csv",
            Crm
                + Row("c1", "nowhere")
                + Row("c2", "\"two words@example.org\"")
                + Row("c3", "\"a@example.org\nBcc: b@example.org\"")
                + Row("c4", "a@b@example.org")
                + Row("c5", "")
                + Row("c6", new string('a', 250) + "@example.org")
                + Row("c7", "fine@example.org").Replace(",1990", ",1066", StringComparison.Ordinal)
        );
        Ingested();
        Assert.That(LeadStore.Exists(_home.Path) ? Count() : 0, Is.Zero, "c7's row was rejected");
    }

    [Test]
    public void Of_two_addresses_the_one_of_the_later_row_holds_also_when_it_comes_first()
    {
        Put("crm_contacts/2.csv", Crm + Row("c1", "new@example.org", day: 9));
        Ingested();
        Put("crm_contacts/1.csv", Crm + Row("c1", "old@example.org", day: 5));
        Ingested();
        Assert.That(Known("c1"), Is.EqualTo(["new@example.org "]));
    }

    [Test]
    public void An_address_follows_its_contact_through_a_merge_and_back()
    {
        Put("crm_contacts/1.csv", Crm + Row("c1", "one@example.org", day: 5) + Row("c2", "two@example.org", day: 9));
        Ingested();
        Assert.That(Known("c1", "c2"), Is.EqualTo(["one@example.org ", "two@example.org "]));

        Put("contact_merges/1.csv", Merges + "c1,c2,2024-04-01T00:00:00Z,true\n");
        Ingested();
        Assert.That(Known("c1", "c2"), Is.EqualTo(["two@example.org ", "-"]), "both are c1's, the later one holds");

        Put("contact_merges/2.csv", Merges + "c1,c2,2024-04-02T00:00:00Z,false\n");
        Ingested();
        Assert.That(Known("c1", "c2"), Is.EqualTo(["one@example.org ", "two@example.org "]));
    }

    [Test]
    public void A_shared_address_that_joins_two_ids_is_the_canonical_one_s()
    {
        Put("crm_contacts/1.csv", Crm + Row("c10", "one@example.org", day: 5));
        Ingested();
        Put("crm_contacts/2.csv", Crm + Row("c2", "ONE@example.org", day: 6));
        Ingested();
        Assert.That(Known("c2", "c10"), Is.EqualTo(["one@example.org ", "-"]));
    }

    [Test]
    public void An_address_of_more_than_four_is_nobody_s()
    {
        Put(
            "crm_contacts/1.csv",
            Crm + string.Concat(Enumerable.Range(1, 5).Select(i => Row($"c{i}", "info@example.org")))
        );
        Ingested();
        Assert.That(Count(), Is.Zero);
    }

    [Test]
    public void A_crash_before_the_lake_shows_the_rows_loses_nothing_and_keeps_nothing()
    {
        Put("crm_contacts/1.csv", Crm + Row("c1", "a@example.org"));
        var keeping = KeepAddresses.Of(new Home(_home.Path), _clock);
        var dying = keeping with
        {
            Take = given =>
            {
                keeping.Take(given);
                throw new InvalidOperationException("killed");
            },
        };
        Assert.That(() => Ingested(dying), Throws.InvalidOperationException);
        Assert.That((Lake.Open(_home.Path).Generation, Count()), Is.EqualTo((0, 1L)));
        Assert.That(Known("c1"), Is.EqualTo(["-"]), "nobody's yet");

        var file = _home.File("inbox", "crm_contacts", "1.csv");
        var text = File.ReadAllText(file);
        File.Delete(file);
        Ingested();
        Assert.That(Count(), Is.Zero, "the row never came");

        File.WriteAllText(file, text);
        Ingested();
        Assert.That(Known("c1"), Is.EqualTo(["a@example.org "]));
    }

    [Test]
    public void A_crash_behind_the_lake_s_change_is_made_good_by_the_next_ingest_though_it_finds_nothing_new()
    {
        Put("crm_contacts/1.csv", Crm + Row("c1", "a@example.org"));
        var keeping = KeepAddresses.Of(new Home(_home.Path), _clock);
        var dying = keeping with { Settle = (_, _) => throw new IOException("killed") };
        Assert.That(() => Ingested(dying), Throws.TypeOf<IOException>());
        Assert.That((Lake.Open(_home.Path).Generation, Known("c1").Single()), Is.EqualTo((1, "-")));
        Assert.That(Ingested().Changed, Is.False);
        Assert.That(Known("c1"), Is.EqualTo(["a@example.org "]));
    }

    [TestCase("marketing,false")]
    [TestCase("objection,true")]
    public void Who_withdraws_or_objects_is_no_longer_known_by_an_address(string word)
    {
        Put("crm_contacts/1.csv", Crm + Row("c1", "a@example.org") + Row("c2", "b@example.org"));
        Put("consents/1.csv", Consents + "1,c1,marketing,true,2024-03-01T00:00:00Z,form\n");
        Ingested();
        Put("consents/2.csv", Consents + $"2,c1,{word},2024-03-02T00:00:00Z,link\n");
        Ingested();
        Assert.That(Known("c1", "c2"), Is.EqualTo(["-", "b@example.org "]));
        Assert.That(Count(), Is.EqualTo(1));
    }

    [Test]
    public void Without_a_word_on_marketing_an_address_goes_after_half_a_year()
    {
        Put("crm_contacts/1.csv", Crm + Row("c1", "a@example.org") + Row("c2", "b@example.org"));
        Put(
            "consents/1.csv",
            Consents + "1,c1,marketing,true,2024-03-01T00:00:00Z,form\n2,c2,profiling,true,2024-03-01T00:00:00Z,form\n"
        );
        Ingested();
        _clock.Now = _clock.Now.AddMonths(6);
        Ingested();
        Assert.That(Known("c1", "c2"), Is.EqualTo(["a@example.org ", "b@example.org "]));
        _clock.Now = _clock.Now.AddMonths(1);
        Ingested();
        Assert.That(Known("c1", "c2"), Is.EqualTo(["a@example.org ", "-"]));
    }

    [Test]
    public void The_address_stands_in_no_file_of_the_lake()
    {
        Put("crm_contacts/1.csv", Crm + Row("c1", "findable@example.org"));
        Ingested();
        foreach (var file in Directory.GetFiles(_home.File("lake"), "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(file, Encoding.Latin1), Does.Not.Contain("findable").IgnoreCase, file);
    }

    [Test]
    public void A_home_without_addresses_gets_no_store_from_an_ingest()
    {
        Put("sms_replies/1.csv", "reply_id;mottaget;contact_id;campaign;klass\nr1;2024-02-01 10:00;c1;vår;ja\n");
        Ingested();
        Assert.That(File.Exists(_home.File(LeadStore.FileName)), Is.False);
    }

    static string Row(string id, string email, string country = "", string language = "", int day = 1) =>
        $"{id},2024-03-01 12:00,2024-03-{day:00} 12:00,{email},{country},{language},,,1990\n";

    void Put(string path, string text)
    {
        var file = _home.File(["inbox", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    IngestReport Ingested(AddressKeeping? keeping = null)
    {
        var report = Ingest.Run(
            _home.Path,
            new IngestOptions(2)
            {
                Time = _clock,
                Addresses = keeping ?? KeepAddresses.Of(new Home(_home.Path), _clock),
            }
        );
        Assert.That(report.Refused, Is.Empty);
        return report;
    }

    string[] Known(params string[] contacts)
    {
        using var store = LeadStore.Open(_home.Path);
        var book = new AddressBook(store);
        return [.. contacts.Select(c => book.Of(new(c)) is { } a ? $"{a.Address} {a.Language}" : "-")];
    }

    long Count() => (long)_home.Ask("select count(*) from contact_addresses")!;

    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 6, 15, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
