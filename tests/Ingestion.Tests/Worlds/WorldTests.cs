using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Synthetic;

namespace LeadScoring.Ingestion.Tests.Worlds;

/// <summary>What every world promises, tried on small ones.</summary>
public sealed class WorldTests
{
    static readonly SyntheticOptions Small = new(300, 18, 7, SyntheticOptions.DefaultEnd);
    string _folder = "";
    WorldSummary _summary = null!;

    [OneTimeSetUp]
    public void WriteASmallWorld()
    {
        _folder = Directory.CreateTempSubdirectory("leads-world-").FullName;
        _summary = SyntheticWorld.Write(Small, Path.Combine(_folder, "a"));
    }

    [OneTimeTearDown]
    public void RemoveIt() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_same_options_give_the_same_bytes()
    {
        var again = SyntheticWorld.Write(Small, Path.Combine(_folder, "b"));
        Assert.That(again.Text(), Is.EqualTo(_summary.Text()));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_folder, "a"), "*", SearchOption.AllDirectories))
        {
            var twin = Path.Combine(_folder, "b", Path.GetRelativePath(Path.Combine(_folder, "a"), file));
            Assert.That(File.ReadAllBytes(twin), Is.EqualTo(File.ReadAllBytes(file)), file);
        }
    }

    [Test]
    public void Another_seed_gives_another_world()
    {
        var other = SyntheticWorld.Write(Small with { Seed = 8 }, Path.Combine(_folder, "other"));
        Assert.That(other.Text(), Is.Not.EqualTo(_summary.Text()));
    }

    [Test]
    public void A_contact_lives_the_same_life_in_a_larger_world()
    {
        var fewer = Path.Combine(_folder, "fewer");
        SyntheticWorld.Write(Small with { Contacts = 41 }, fewer);
        foreach (var source in new[] { "newsletter", "crm_contacts", "consents", "outcomes", "fair_talks" })
        {
            var larger = Lines(Path.Combine(_folder, "a", "inbox", source)).ToHashSet(StringComparer.Ordinal);
            Assert.That(
                Lines(Path.Combine(fewer, "inbox", source)).Where(line => !larger.Contains(line)),
                Is.Empty,
                source
            );
        }
    }

    [Test]
    public void The_summary_counts_the_rows_that_are_in_the_files()
    {
        foreach (var file in _summary.Files)
        {
            var path = Path.Combine(_folder, "a", "inbox", file.Source, file.Name);
            var header = file.Name.Contains(".ndjson", StringComparison.Ordinal) ? 0 : 1;
            var rows = file.Name.EndsWith(".parquet", StringComparison.Ordinal)
                ? Count($"select count(*) from '{path}'")
                : ExportText.Lines(path).Count - header;
            Assert.That(rows, Is.EqualTo(file.Rows), file.Name);
        }
        Assert.That(Count($"select count(*) from '{_folder}/a/truth.parquet'"), Is.EqualTo(_summary.TruthRows));
    }

    [Test]
    public void All_ten_sources_are_written() =>
        Assert.That(
            _summary.Files.Select(file => file.Source).Distinct(StringComparer.Ordinal).Count(),
            Is.EqualTo(10)
        );

    [Test]
    public void The_truth_stands_at_local_midnights_and_is_a_probability()
    {
        var truth = $"'{_folder}/a/truth.parquet'";
        Assert.That(Count($"select count(*) from {truth} where not likelihood between 0 and 1"), Is.Zero);
        Assert.That(
            Count($"select count(*) from {truth} where hour(as_of) not in (22, 23) or minute(as_of) <> 0"),
            Is.Zero
        );
        Assert.That(
            Count($"select count(*) from {truth} where as_of = timestamp '2025-01-31 23:00:00'"),
            Is.GreaterThan(0)
        );
        Assert.That(
            Count($"select count(*) from {truth} where as_of = timestamp '2025-06-30 22:00:00'"),
            Is.GreaterThan(0)
        );
        Assert.That(Count($"select count(*) - count(distinct (contact, as_of)) from {truth}"), Is.Zero);
    }

    [Test]
    public void Machines_open_mail_and_scanners_follow_links()
    {
        var lines = Lines(Path.Combine(_folder, "a", "inbox", "newsletter")).ToList();
        Assert.That(
            lines.Count(line =>
                line.Contains(";open;", StringComparison.Ordinal)
                && line.Contains(";Mozilla/5.0;", StringComparison.Ordinal)
            ),
            Is.GreaterThan(100)
        );
        Assert.That(
            lines.Count(line =>
                line.Contains(";click;", StringComparison.Ordinal)
                && line.Contains(";Barracuda", StringComparison.Ordinal)
            ),
            Is.GreaterThan(20)
        );
    }

    [Test]
    public void Options_that_cannot_be_used_are_refused_with_all_reasons()
    {
        var wrong = new SyntheticOptions(0, 0, 1, SyntheticOptions.DefaultEnd);
        Assert.That(
            () => SyntheticWorld.Write(wrong, _folder),
            Throws.ArgumentException.With.Message.Contains("--contacts is 0").And.Message.Contains("--months is 0")
        );
    }

    static IEnumerable<string> Lines(string folder) => Directory.EnumerateFiles(folder).SelectMany(ExportText.Lines);

    static long Count(string sql)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        return connection.Scalar<long>("count", sql);
    }
}
