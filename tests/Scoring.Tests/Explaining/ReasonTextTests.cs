using System.Globalization;
using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Explaining;

namespace LeadScoring.Scoring.Tests.Explaining;

public sealed class ReasonTextTests
{
    [TestCase("count.kind.page_view.30d", 9, "read 9 pages in the last 30 days", "läste 9 sidor de senaste 30 dagarna")]
    [TestCase("count.kind.page_view.365d", 1, "read 1 page in the last year", "läste 1 sida det senaste året")]
    [TestCase("count.kind.page_view.all", 0, "no page views so far", "inga sidvisningar hittills")]
    [TestCase("count.kind.fair_talk.all", 2, "had 2 talks at fairs so far", "hade 2 samtal på mässor hittills")]
    [TestCase(
        "count.kind.house_tour.7d",
        3,
        "3 \"house tour\" traces in the last 7 days",
        "3 spår \"house tour\" de senaste 7 dagarna"
    )]
    [TestCase("count.30d", 4, "was active 4 times in the last 30 days", "var aktiv 4 gånger de senaste 30 dagarna")]
    [TestCase("count.7d", 0, "no activity in the last 7 days", "ingen aktivitet de senaste 7 dagarna")]
    [TestCase("count.channel.ads.all", 3, "came 3 times through ads so far", "kom 3 gånger via annonser hittills")]
    [TestCase(
        "count.theme.housing.90d",
        5,
        "showed interest in housing 5 times in the last 90 days",
        "visade intresse för boende 5 gånger de senaste 90 dagarna"
    )]
    [TestCase(
        "count.municipality.2506.90d",
        2,
        "looked at Arjeplog 2 times in the last 90 days",
        "tittade på Arjeplog 2 gånger de senaste 90 dagarna"
    )]
    [TestCase(
        "count.municipality.2513.all",
        0,
        "no interest in Överkalix so far",
        "inget intresse för Överkalix hittills"
    )]
    [TestCase(
        "recency.kind.email_click",
        3.7,
        "last clicked in an e-mail 3 days ago",
        "klickade senast i ett mejl för 3 dagar sedan"
    )]
    [TestCase("recency", 0.4, "last active less than a day ago", "senast aktiv för mindre än ett dygn sedan")]
    [TestCase(
        "recency.theme.jobs",
        70,
        "last showed interest in jobs 2 months ago",
        "visade senast intresse för jobb för 2 månader sedan"
    )]
    [TestCase(
        "recency.municipality.2584",
        1,
        "last looked at Kiruna 1 day ago",
        "tittade senast på Kiruna för 1 dag sedan"
    )]
    [TestCase("last.kind.answer", 1, "answered yes to moving", "svarade ja på frågan om att flytta")]
    [TestCase("last.kind.answer", 0.5, "answered maybe to moving", "svarade kanske på frågan om att flytta")]
    [TestCase("last.kind.answer", 0.25, "answered not now to moving", "svarade inte nu på frågan om att flytta")]
    [TestCase("last.kind.sms_reply", 0, "replied no by SMS", "svarade nej per sms")]
    [TestCase(
        "last.kind.fair_talk",
        12.5,
        "the last talk at a fair took 12 minutes",
        "senaste samtalet på mässa tog 12 minuter"
    )]
    [TestCase(
        "sum.kind.fair_talk.all",
        40,
        "talked 40 minutes at fairs so far",
        "pratade 40 minuter på mässor hittills"
    )]
    [TestCase(
        "decay.theme.housing.30d",
        2.345,
        "recent interest in housing: 2.35 (older ones count less)",
        "på senare tid intresse för boende: 2,35 (äldre väger mindre)"
    )]
    [TestCase(
        "share.theme.nature.all",
        0.404,
        "40 % of the activity is about nature so far",
        "40 % av aktiviteten gäller natur hittills"
    )]
    [TestCase(
        "count.theme.jobs.90d",
        1,
        "showed interest in jobs once in the last 90 days",
        "visade intresse för jobb en gång de senaste 90 dagarna"
    )]
    [TestCase("count.kind.answer.all", 1, "answered once about moving so far", "svarade en gång om flytt hittills")]
    [TestCase("count.kind.answer.all", 2, "answered 2 times about moving so far", "svarade 2 gånger om flytt hittills")]
    [TestCase(
        "last.kind.page_view",
        13.13,
        "stayed 13 seconds on the last page",
        "stannade 13 sekunder på den senaste sidan"
    )]
    [TestCase("last.kind.page_view", 1.2, "stayed 1 second on the last page", "stannade 1 sekund på den senaste sidan")]
    [TestCase("last.kind.video", 119, "the last of the videos took 2 minutes", "visade filmer: senast 2 minuter")]
    [TestCase("last.kind.form_submit", 3.5, "the last of the forms was 3.5", "senaste värdet av formulär var 3,5")]
    [TestCase(
        "sum.kind.page_view.90d",
        99.4,
        "read pages for 99 seconds in the last 90 days",
        "läste sidor i 99 sekunder de senaste 90 dagarna"
    )]
    [TestCase(
        "sum.kind.page_view.90d",
        99.6,
        "read pages for 2 minutes in the last 90 days",
        "läste sidor i 2 minuter de senaste 90 dagarna"
    )]
    [TestCase(
        "sum.kind.page_view.90d",
        5969,
        "read pages for 99 minutes in the last 90 days",
        "läste sidor i 99 minuter de senaste 90 dagarna"
    )]
    [TestCase(
        "sum.kind.page_view.90d",
        5971,
        "read pages for 2 hours in the last 90 days",
        "läste sidor i 2 timmar de senaste 90 dagarna"
    )]
    [TestCase(
        "sum.kind.search.30d",
        45,
        "searches took 45 seconds in the last 30 days",
        "sökningar tog 45 sekunder de senaste 30 dagarna"
    )]
    [TestCase(
        "sum.kind.inquiry.30d",
        4,
        "inquiries add up to 4 in the last 30 days",
        "förfrågningar ger tillsammans 4 de senaste 30 dagarna"
    )]
    [TestCase("sum.kind.fair_talk.all", 1, "talked 1 minute at fairs so far", "pratade 1 minut på mässor hittills")]
    [TestCase("active_days.90d", 5, "active on 5 days in the last 90 days", "aktiv 5 dagar de senaste 90 dagarna")]
    [TestCase("sessions.30d", 1, "visited once in the last 30 days", "kom på besök en gång de senaste 30 dagarna")]
    [TestCase(
        "themes.90d",
        2,
        "showed interest in 2 themes in the last 90 days",
        "visade intresse för 2 teman de senaste 90 dagarna"
    )]
    [TestCase("municipalities.all", 3, "looked at 3 municipalities so far", "tittade på 3 kommuner hittills")]
    [TestCase(
        "trend.30d",
        2.34,
        "2.3 times as active in the last 30 days as before",
        "2,3 gånger så aktiv de senaste 30 dagarna som tidigare"
    )]
    [TestCase("tenure", 800, "known for 2 years", "känd sedan 2 år")]
    [TestCase("household_size", 4, "household of 4", "hushåll på 4 personer")]
    [TestCase("count.kind.page_view.30d", double.NaN, "no page views on record", "inga sidvisningar finns")]
    [TestCase(
        "recency.theme.housing",
        double.NaN,
        "no interest in housing on record",
        "inget intresse för boende finns"
    )]
    [TestCase("last.kind.answer", double.NaN, "no answers about moving on record", "inga svar om flytt finns")]
    [TestCase("country", double.NaN, "no country on record", "uppgift om land saknas")]
    [TestCase("recency", double.NaN, "no activity on record", "ingen aktivitet finns")]
    [TestCase("Lead Source score", 1234.56, "Lead Source score is 1234.6", "Lead Source score är 1234,6")]
    [TestCase("balance", -0.00012345, "balance is -0.000123", "balance är \u22120,000123")]
    [TestCase("balance", double.NaN, "no balance on record", "balance saknas")]
    public void A_reason_reads_in_both_languages(string feature, double value, string english, string swedish)
    {
        var reason = new Reason(feature, value, 0.3);
        Assert.That(ReasonText.Words(reason, null, ReasonLanguage.English), Is.EqualTo(english));
        Assert.That(ReasonText.Words(reason, null, ReasonLanguage.Swedish), Is.EqualTo(swedish));
    }

    [Test]
    public void Levels_are_told_by_name()
    {
        var country = Feature.Categorical("country", ["DE", "NL"]);
        var declared = Feature.Categorical("declared.municipality", FeatureCatalog.MunicipalityLevels);
        var job = Feature.Categorical("job", ["nurse", "driver"]);
        var language = Feature.Categorical("language", ["nl", "xx"]);
        Assert.That(English(new Reason("language", 0, 1), language), Is.EqualTo("language is Dutch"));
        Assert.That(English(new Reason("language", 1, 1), language), Is.EqualTo("language is xx"));
        Assert.That(
            ReasonText.Words(new Reason("language", 0, 1), language, ReasonLanguage.Swedish),
            Is.EqualTo("språket är nederländska")
        );
        Assert.That(
            ReasonText.Words(new Reason("country", 0, 1), country, ReasonLanguage.Swedish),
            Is.EqualTo("landet är Tyskland")
        );
        Assert.That(English(new Reason("country", 1, 1), country), Is.EqualTo("country is the Netherlands"));
        Assert.That(English(new Reason("declared.municipality", 1, 1), declared), Is.EqualTo("named Arjeplog"));
        Assert.That(English(new Reason("job", 0, 1), job), Is.EqualTo("job is nurse"));
        Assert.That(English(new Reason("job", 7, 1), job), Is.EqualTo("job is 7"), "a level the model does not know");
        Assert.That(English(new Reason("job", 1, 1), null), Is.EqualTo("job is 1"));
    }

    [Test]
    public void The_direction_is_that_of_the_contribution()
    {
        var raises = new Reason("count.30d", 2, 0.2);
        var lowers = new Reason("count.30d", 2, -0.2);
        Assert.That(ReasonText.Direction(raises, ReasonLanguage.English), Is.EqualTo("raises"));
        Assert.That(ReasonText.Direction(lowers, ReasonLanguage.English), Is.EqualTo("lowers"));
        Assert.That(ReasonText.Direction(raises, ReasonLanguage.Swedish), Is.EqualTo("höjer"));
        Assert.That(
            ReasonText.Line(lowers, null, ReasonLanguage.Swedish),
            Is.EqualTo("sänker: var aktiv 2 gånger de senaste 30 dagarna")
        );
    }

    [Test]
    public void Every_feature_of_the_catalogue_has_words_in_both_languages()
    {
        var vocabulary = new FeatureVocabulary(
            ["", "page_view", "answer", "new_kind"],
            ["", "ads", "radio"],
            ["", "housing", "sauna"],
            ["answer", "new_kind"],
            ["DE"],
            ["de"]
        );
        foreach (var feature in FeatureCatalog.Expand(vocabulary))
        foreach (var value in new[] { 0, 1, 400, double.NaN })
        {
            var reason = new Reason(feature.Name, value, 1);
            var english = ReasonText.Words(reason, feature, ReasonLanguage.English);
            var swedish = ReasonText.Words(reason, feature, ReasonLanguage.Swedish);
            Assert.That(english, Is.Not.Empty.And.Not.Contain("."));
            Assert.That(swedish, Is.Not.EqualTo(english));
        }
    }

    [Test]
    public void The_machine_s_culture_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            Assert.That(English(new Reason("x", -1.5, 1), null), Is.EqualTo("x is -1.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    static string English(Reason reason, Feature? feature) => ReasonText.Words(reason, feature, ReasonLanguage.English);
}
