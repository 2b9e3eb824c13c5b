using System.Text;
using LeadScoring.Ingestion;
using LeadScoring.Ingestion.DuckDb;
using LeadScoring.Worker.Scores;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>One contact of a list asks what is held of it, and then to be forgotten.</summary>
public sealed class ErasureTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();

    [OneTimeTearDown]
    public void Remove_the_home() => _home.Dispose();

    [Test, CancelAfter(300_000)]
    public void A_contact_is_told_what_is_held_and_is_then_gone_from_every_part_of_the_home()
    {
        Done("export", "--format", "xlsx");
        Done("export", "--format", "parquet");
        var contact = OnALists();
        var held = Done("access", contact).Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.GetProperty("contact").GetString(), Is.EqualTo(contact));
            Assert.That(held.GetProperty("lake").GetProperty("traces").GetArrayLength(), Is.GreaterThan(0));
            Assert.That(held.GetProperty("lake").GetProperty("consents").GetArrayLength(), Is.GreaterThan(0));
            Assert.That(held.GetProperty("position").GetProperty("contact").ToString(), Does.Contain(contact));
            Assert.That(held.GetProperty("scores").GetArrayLength(), Is.EqualTo(1));
        }

        var said = Done("erase", contact, "--json").Json;

        var held0 = held.GetProperty("lake");
        var rows = new[] { "traces", "register", "consents", "outcomes" }.Sum(part =>
            held0.TryGetProperty(part, out var array) ? array.GetArrayLength() : 0
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.GetProperty("lakeRows").GetInt32(), Is.EqualTo(rows));
            Assert.That(said.GetProperty("positions").GetInt32(), Is.EqualTo(1));
            Assert.That(said.GetProperty("scores").GetInt32(), Is.EqualTo(1));
            Assert.That(
                said.GetProperty("lists").GetInt32(),
                Is.EqualTo(3),
                "one lead as CSV, as Parquet, as a workbook"
            );
            Assert.That(said.GetProperty("removedFiles").GetArrayLength(), Is.EqualTo(1));
            Assert.That(said.GetProperty("inbox").GetArrayLength(), Is.GreaterThan(0));
            Assert.That(Files(contact), Is.Empty);
            Assert.That(
                ScoreFile
                    .Read(
                        _home.Path,
                        DateOnly.Parse(SampleHome.AsOf, System.Globalization.CultureInfo.InvariantCulture)
                    )
                    .Scores.Select(score => score.Score.Contact.Value),
                Does.Not.Contain(contact)
            );
            using var store = LeadStore.Open(_home.Path);
            Assert.That(store.Dump(), Does.Not.Contain($"\"{contact}\""));
            Assert.That(store.Suppressions(), Has.Count.EqualTo(1));
            Assert.That(Leads.Here("access", contact, "--home", _home.Path).ExitCode, Is.EqualTo(2));
            Assert.That(Leads.Here("doctor", "--home", _home.Path).ExitCode, Is.Zero);
        }

        Directory.Delete(Path.Combine(_home.Path, "lake"), recursive: true);
        var anew = Done("ingest", "--json").Json;
        Assert.That(anew.GetProperty("erased").GetInt32(), Is.GreaterThanOrEqualTo(rows));
        Assert.That(Files(contact), Is.Empty, "a lake made anew from the same inbox does not know the contact either");
    }

    [Test]
    public void Without_an_id_nothing_is_erased()
    {
        var said = Leads.Here("erase", "--home", _home.Path);

        Assert.That((said.ExitCode, said.Error), Is.EqualTo((2, said.Error)));
        Assert.That(said.Error, Does.Contain("no contact, expected one id or more"));
    }

    [Test]
    public void Traces_are_only_dropped_when_the_home_says_how_long_they_are_kept()
    {
        using var home = FinishedRun.Home.Twin();
        var lake = Lake.Open(home.Path);
        var silent = Leads.Here("retain", "--home", home.Path);
        Assert.That((silent.ExitCode, silent.Error), Is.EqualTo((2, silent.Error)));
        Assert.That(silent.Error, Does.Contain("retentionMonths"));

        File.WriteAllText(Path.Combine(home.Path, "leads.json"), """{ "retentionMonths": 6 }""");
        var said = Leads.Here("retain", "--as-of", SampleHome.AsOf, "--home", home.Path, "--json");
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        var gone = said.Json.GetProperty("traces").GetInt64();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Json.GetProperty("from").GetString(), Does.StartWith("2025-10-31T23:00"));
            Assert.That(gone, Is.GreaterThan(0));
            Assert.That(Lake.Open(home.Path).Count(LakeTable.Traces), Is.EqualTo(lake.Count(LakeTable.Traces) - gone));
            Assert.That(First(home), Is.GreaterThanOrEqualTo(new DateTime(2025, 10, 31, 23, 0, 0)));
        }
        var bytes = home.Fingerprint();
        Assert.That(Leads.Here("retain", "--as-of", SampleHome.AsOf, "--home", home.Path).ExitCode, Is.Zero);
        Assert.That(home.Fingerprint(), Is.EqualTo(bytes), "the same day again finds nothing older");
    }

    [Test, CancelAfter(300_000)]
    public void A_run_begins_by_erasing_whom_a_file_names()
    {
        using var home = FinishedRun.Home.Twin();
        var contact = Positions(home).Min()!;
        var request = Path.Combine(home.Path, "erasures", "of-today.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(request)!);
        File.WriteAllText(request, $"{contact}\n");

        var said = Leads.Done("run", "--home", home.Path, "--as-of", "2026-05-02");

        Assert.That(said.Output, Does.StartWith("erase     1 ids"));
        Assert.That(File.Exists(request), Is.False);
        Assert.That(Positions(home), Does.Not.Contain(contact));
        Assert.That(Leads.Here("access", contact, "--home", home.Path).ExitCode, Is.EqualTo(2));
    }

    static IReadOnlyList<string> Positions(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        return [.. store.Positions().Keys.Select(contact => contact.Value)];
    }

    static DateTime First(SampleHome home)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, Lake.Open(home.Path), bucket: null);
        return connection.Scalar<DateTime>(
            "first",
            "select min(\"at\") from (select \"at\" from traces union all select \"at\" from visitors)"
        );
    }

    Said Done(params string[] arguments)
    {
        var said = Leads.Here([.. arguments, "--home", _home.Path]);
        Assert.That(said.ExitCode, Is.AnyOf(0, 3), $"{string.Join(' ', arguments)}\n{said.Error}");
        return said;
    }

    /// <summary>The first contact of the first list that has one.</summary>
    string OnALists() =>
        Directory
            .GetFiles(Path.Combine(_home.Path, "exports", $"as_of={SampleHome.AsOf}"), "*.csv")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllLines)
            .First(lines => lines.Length > 1)[1]
            .Split(',')[1];

    /// <summary>Files of the lake, scores and lists that name a contact, as a value of a column or as text.</summary>
    List<string> Files(string contact)
    {
        using var database = Database.Open();
        using var connection = database.Connect();
        var named = new List<string>();
        foreach (var part in (string[])["lake", "scores", "exports"])
        {
            foreach (var file in Directory.GetFiles(Path.Combine(_home.Path, part), "*", SearchOption.AllDirectories))
            {
                var isNamed = file.EndsWith(".parquet", StringComparison.Ordinal)
                    ? connection.Scalar<bool>(
                        "names",
                        $"select exists (select 1 from read_parquet('{file}', hive_partitioning = false) as rows where list_contains(regexp_split_to_array(rows::varchar, '[^A-Za-z0-9_-]+'), '{contact}'))"
                    )
                    : file.EndsWith(".csv", StringComparison.Ordinal)
                        && File.ReadAllText(file, Encoding.UTF8).Contains($",{contact},", StringComparison.Ordinal);
                if (isNamed)
                    named.Add(file);
            }
        }
        return named;
    }
}
