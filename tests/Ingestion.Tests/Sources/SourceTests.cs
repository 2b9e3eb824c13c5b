using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Tests.Sources;

public sealed class SourceTests
{
    static Source With(string body, string condition = "true", string derived = "select visitor from raw") =>
        new("s", "s.sql", "", Yield.Traces, "", [], [], [], [new("no", condition, 1)], body, 1, [])
        {
            Derived = [new("s.links", "s.links.sql", "", Yield.Links, "", [], [], [], [], derived, 1, [])],
        };

    [Test]
    public void A_column_that_nothing_names_is_not_read()
    {
        var source = With("select \"Create Date\" as at from raw left join sites on sites.site = raw.site", "age > 3");
        Assert.That(source.Reads("create date"), Is.True, "in the body, whatever the case");
        Assert.That(source.Reads("site"), Is.True, "by table and column");
        Assert.That(source.Reads("age"), Is.True, "in a condition");
        Assert.That(source.Reads("visitor"), Is.True, "in a derived statement");
        Assert.That(source.Reads("page"), Is.False);
    }

    [TestCase("select * exclude (page) from raw")]
    [TestCase("select columns('p.*') from raw")]
    [TestCase("select columns ('pa') from raw")]
    [TestCase("select to_json(raw) as theme from raw")]
    [TestCase("select 1 from raw natural join sites")]
    [TestCase("select 1 from (unpivot raw on a into name n value v)")]
    public void What_may_read_columns_without_their_names_reads_all(string body) =>
        Assert.That(With(body).Reads("page_path"), Is.True);
}
