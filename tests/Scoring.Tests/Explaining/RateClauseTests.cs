using LeadScoring.Scoring.Explaining;
using static LeadScoring.Scoring.Explaining.RateSubject;
using static LeadScoring.Scoring.Explaining.ReasonLanguage;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class RateClauseTests
{
    const double BaseRate = 1 / 90.0;

    static ValueRange Seen(int rows, int contacts, int positives) => new(1, 2, rows, contacts, positives);

    static string? English(ValueRange seen, double baseRate = BaseRate, bool raises = true) =>
        RateClause.Of(seen, baseRate, raises, Relocation, ReasonLanguage.English);

    [Test]
    public void A_higher_rate_is_told_beside_the_base_rate() =>
        Assert.That(
            English(Seen(1400, 1400, 100)),
            Is.EqualTo("1 in 14 of such contacts relocated, against 1 in 90 overall")
        );

    [Test]
    public void A_lower_rate_is_told_with_a_reason_that_lowers() =>
        Assert.That(
            English(Seen(12_345, 12_345, 10), raises: false),
            Is.EqualTo("1 in 1,200 of such contacts relocated, against 1 in 90 overall")
        );

    [Test]
    public void None_at_all_is_told_as_that()
    {
        Assert.That(
            English(Seen(4000, 1234, 0), raises: false),
            Is.EqualTo("none of 1,200 such contacts relocated, against 1 in 90 overall")
        );
        Assert.That(
            RateClause.Of(Seen(4000, 1234, 0), BaseRate, false, Rows, Swedish),
            Is.EqualTo("ingen av 4\u00a0000 sådana rader var positiv, mot 1 av 90 totalt")
        );
    }

    [TestCase(Relocation, ReasonLanguage.English, "1 in 14 of such contacts relocated, against 1 in 90 overall")]
    [TestCase(Contacts, ReasonLanguage.English, "1 in 14 of such contacts were positive, against 1 in 90 overall")]
    [TestCase(Rows, ReasonLanguage.English, "1 in 14 of such rows were positive, against 1 in 90 overall")]
    [TestCase(Relocation, Swedish, "1 av 14 sådana kontakter flyttade, mot 1 av 90 totalt")]
    [TestCase(Contacts, Swedish, "1 av 14 sådana kontakter var positiva, mot 1 av 90 totalt")]
    [TestCase(Rows, Swedish, "1 av 14 sådana rader var positiva, mot 1 av 90 totalt")]
    public void It_names_whose_rate_it_is_and_what_happened(object subject, ReasonLanguage language, string words) =>
        Assert.That(
            RateClause.Of(Seen(1400, 1400, 100), BaseRate, true, (RateSubject)subject, language),
            Is.EqualTo(words)
        );

    [TestCase(Relocation, ReasonLanguage.English, "none of 1,000 such contacts relocated, against 1 in 90 overall")]
    [TestCase(Contacts, ReasonLanguage.English, "none of 1,000 such contacts were positive, against 1 in 90 overall")]
    [TestCase(Rows, ReasonLanguage.English, "none of 2,000 such rows were positive, against 1 in 90 overall")]
    [TestCase(Relocation, Swedish, "ingen av 1\u00a0000 sådana kontakter flyttade, mot 1 av 90 totalt")]
    [TestCase(Contacts, Swedish, "ingen av 1\u00a0000 sådana kontakter var positiv, mot 1 av 90 totalt")]
    [TestCase(Rows, Swedish, "ingen av 2\u00a0000 sådana rader var positiv, mot 1 av 90 totalt")]
    public void None_is_told_in_each_way_too(object subject, ReasonLanguage language, string words) =>
        Assert.That(
            RateClause.Of(Seen(2000, 1000, 0), BaseRate, false, (RateSubject)subject, language),
            Is.EqualTo(words)
        );

    [Test]
    public void What_chance_alone_may_make_is_left_out()
    {
        // Jeffreys 95 % of 2 in 30 reaches from 0.014; of 2 in 50 from 0.008, below 1 in 90.
        Assert.That(English(Seen(30, 30, 2)), Is.Not.Null);
        Assert.That(English(Seen(50, 50, 2)), Is.Null);
        // 0 of 200 may still be 1 in 90 (upper end 0.0125), 0 of 300 not (0.0083).
        Assert.That(English(Seen(200, 200, 0), raises: false), Is.Null);
        Assert.That(English(Seen(300, 300, 0), raises: false), Is.Not.Null);
    }

    [Test]
    public void Rows_of_the_same_contacts_make_a_rate_no_surer()
    {
        Assert.That(English(Seen(3000, 3000, 60)), Is.Not.Null);
        Assert.That(English(Seen(3000, 100, 60)), Is.Null);
    }

    [Test]
    public void A_rate_on_the_other_side_of_the_base_rate_than_the_reason_pushes_is_left_out()
    {
        Assert.That(English(Seen(1400, 1400, 100), raises: false), Is.Null);
        Assert.That(English(Seen(12_345, 12_345, 10), raises: true), Is.Null);
    }

    [Test]
    public void Rates_that_would_read_alike_are_left_out() =>
        Assert.That(English(Seen(1_000_000, 1_000_000, 11_800), baseRate: 0.01215, raises: false), Is.Null);

    [TestCase(0.0711, "1 in 14", "1 av 14")]
    [TestCase(1 / 19.4, "1 in 19", "1 av 19")]
    [TestCase(1 / 19.6, "1 in 20", "1 av 20")]
    [TestCase(1 / 22.4, "1 in 20", "1 av 20")]
    [TestCase(1 / 22.6, "1 in 25", "1 av 25")]
    [TestCase(1 / 47.4, "1 in 45", "1 av 45")]
    [TestCase(1 / 47.6, "1 in 50", "1 av 50")]
    [TestCase(1 / 87.0, "1 in 90", "1 av 90")]
    [TestCase(1 / 97.0, "1 in 100", "1 av 100")]
    [TestCase(1 / 126.0, "1 in 130", "1 av 130")]
    [TestCase(1 / 994.0, "1 in 990", "1 av 990")]
    [TestCase(1 / 996.0, "1 in 1,000", "1 av 1\u00a0000")]
    [TestCase(1 / 1234.0, "1 in 1,200", "1 av 1\u00a0200")]
    [TestCase(0.3, "1 in 3", "1 av 3")]
    [TestCase(0.37, "1 in 3", "1 av 3")]
    [TestCase(0.38, "4 in 10", "4 av 10")]
    [TestCase(0.45, "1 in 2", "1 av 2")]
    [TestCase(0.5, "1 in 2", "1 av 2")]
    [TestCase(0.56, "6 in 10", "6 av 10")]
    [TestCase(0.7, "7 in 10", "7 av 10")]
    [TestCase(0.95, "9 in 10", "9 av 10")]
    [TestCase(0.951, "more than 9 in 10", "fler än 9 av 10")]
    [TestCase(1, "more than 9 in 10", "fler än 9 av 10")]
    public void Shares_are_told_in_numbers_people_keep_in_mind(double rate, string english, string swedish)
    {
        Assert.That(RateClause.Share(rate, ReasonLanguage.English), Is.EqualTo(english));
        Assert.That(RateClause.Share(rate, Swedish), Is.EqualTo(swedish));
    }
}
