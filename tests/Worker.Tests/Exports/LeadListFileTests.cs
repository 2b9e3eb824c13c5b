using System.Globalization;
using System.Text;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

public class LeadListFileTests
{
    static readonly string[] Names =
    [
        "2505-arvidsjaur",
        "2506-arjeplog",
        "2510-jokkmokk",
        "2513-overkalix",
        "2514-kalix",
        "2518-overtornea",
        "2521-pajala",
        "2523-gallivare",
        "2560-alvsbyn",
        "2580-lulea",
        "2581-pitea",
        "2582-boden",
        "2583-haparanda",
        "2584-kiruna",
    ];

    [Test]
    public void A_list_looks_like_the_golden_file()
    {
        using var home = new TemporaryHome();
        var written = LeadListFile.Write(home.Path, LeadRows.Day, LeadRows.Boden);
        var path = home.File("as_of=2026-03-02", "2582-boden.csv");
        Assert.That(written.Single(w => w.Leads > 0), Is.EqualTo(new WrittenList(Municipality.Find(2582)!, 2, path)));
        var golden = Path.Combine(TestContext.CurrentContext.TestDirectory, "Exports", "Golden", "2582-boden.csv");
        Assert.That(File.ReadAllText(path), Is.EqualTo(File.ReadAllText(golden)));
        Assert.That(File.ReadAllBytes(path)[..3], Is.EqualTo(Encoding.UTF8.GetPreamble()));
    }

    [TestCase("sv-SE")]
    [TestCase("ar-SA")]
    public void The_culture_does_not_matter(string culture)
    {
        using var one = new TemporaryHome();
        using var other = new TemporaryHome();
        var was = CultureInfo.CurrentCulture;
        try
        {
            foreach (var format in Enum.GetValues<ExportFormat>())
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                LeadListFile.Write(one.Path, LeadRows.Day, LeadRows.Boden, format);
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                LeadListFile.Write(other.Path, LeadRows.Day, LeadRows.Boden, format);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = was;
        }
        Assert.That(Bytes(one), Is.EqualTo(Bytes(other)).And.Length.EqualTo(3 * 14));
    }

    [Test]
    public void All_fourteen_are_written_the_empty_ones_with_their_heading()
    {
        using var home = new TemporaryHome();
        var written = LeadListFile.Write(home.Path, LeadRows.Day, []);
        Assert.That(written.Select(w => Path.GetFileNameWithoutExtension(w.Path)), Is.EqualTo(Names));
        foreach (var list in written)
            Assert.That(
                File.ReadAllText(list.Path),
                Is.EqualTo(
                    "rank,contact,likelihood,low,high,grade,stage,origin,reason_1,reason_2,reason_3,"
                        + "why_this_municipality,runner_up,why_runner_up,due_follow_up,due_on,model,as_of\r\n"
                )
            );
    }

    [Test]
    public void Text_that_begins_like_a_formula_is_escaped_in_the_file()
    {
        using var home = new TemporaryHome();
        var hostile = LeadRows.Full with
        {
            Contact = new("=cmd|' /C calc'!A0"),
            Reasons = ["+1", "read 2 pages;@SUM(1)", "\t=1"],
            WhyThisMunicipality = "-1",
        };
        LeadListFile.Write(home.Path, LeadRows.Day, [new(2582, [hostile])]);
        using var database = Database.Open();
        using var connection = database.Connect();
        var cells = connection
            .Rows(
                "cells",
                "select contact, reason_1, reason_2, reason_3, why_this_municipality from read_csv($1, all_varchar = true)",
                (c, row) => Enumerable.Range(0, 5).Select(i => c.Text(i, row)!).ToArray(),
                home.File("as_of=2026-03-02", "2582-boden.csv")
            )
            .Single();
        Assert.That(cells, Is.EqualTo(new[] { "'=cmd|' /C calc'!A0", "'+1", "read 2 pages;'@SUM(1)", "'=1", "'-1" }));
    }

    [Test]
    public void Writing_again_replaces_every_format_that_stands_there_so_that_no_old_list_outlives_a_withdrawal()
    {
        using var home = new TemporaryHome();
        LeadListFile.Write(home.Path, LeadRows.Day, LeadRows.Boden, ExportFormat.Parquet);
        LeadListFile.Write(home.Path, LeadRows.Day, LeadRows.Boden);
        var both = Bytes(home);
        LeadListFile.Write(home.Path, LeadRows.Day, LeadRows.Boden);
        Assert.That(Bytes(home), Is.EqualTo(both).And.Length.EqualTo(28));

        LeadListFile.Write(home.Path, LeadRows.Day, []);
        Assert.That(Count(home.File("as_of=2026-03-02", "2582-boden.parquet")), Is.Zero);
    }

    [Test]
    public void One_municipality_alone_leaves_the_lists_of_the_others()
    {
        using var home = new TemporaryHome();
        LeadListFile.Write(home.Path, LeadRows.Day, [new(2505, [LeadRows.Bare]), .. LeadRows.Boden]);
        var before = Bytes(home);
        var written = LeadListFile.Write(home.Path, LeadRows.Day, [], only: 2505);
        Assert.That(written.Select(w => (w.Municipality.Code, w.Leads)), Is.EqualTo(new[] { (2505, 0) }));
        Assert.That(Bytes(home)[1..], Is.EqualTo(before[1..]));
        Assert.That(Bytes(home)[0], Is.Not.EqualTo(before[0]));
    }

    [Test]
    public void Parquet_keeps_types_and_digits()
    {
        using var home = new TemporaryHome();
        LeadListFile.Write(home.Path, LeadRows.Day, LeadRows.Boden, ExportFormat.Parquet);
        using var database = Database.Open();
        using var connection = database.Connect();
        var row = connection
            .Rows(
                "leads",
                "select rank, likelihood, reason_3, due_on, as_of from read_parquet($1) limit 1",
                (c, r) => Enumerable.Range(0, 5).Select(i => c.Value(i, r)).ToArray(),
                home.File("as_of=2026-03-02", "2582-boden.parquet")
            )
            .Single();
        Assert.That(
            row,
            Is.EqualTo(new object[] { 1L, 0.03126, "last visit 3 days ago", new DateOnly(2026, 3, 4), LeadRows.Day })
        );
    }

    static long Count(string path)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        return connection.Scalar<long>("count", "select count(*) from read_parquet($1)", path);
    }

    static string[] Bytes(TemporaryHome home) =>
        [
            .. Directory
                .GetFiles(home.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(File.ReadAllBytes(f))}"),
        ];
}
