using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary>The commands on a home that has been run once: what they print, and their exit codes.</summary>
public sealed class HomeTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [TestCase("ingest", "generation read accepted rejected duplicate files warnings")]
    [TestCase("models", "champion models")]
    [TestCase("score --as-of 2026-05-01", "asOf model scored withoutConsent path")]
    [TestCase("funnel --as-of 2026-05-01", "asOf repeated moved followUps leads")]
    [TestCase("export", "asOf lists")]
    [TestCase("status", "generation rows champion scoredAsOf positions stages followUpsPlanned runs")]
    [TestCase("doctor", "sound checks")]
    public void Each_command_prints_one_object_with_its_figures(string line, string fields)
    {
        var said = Leads.Here([.. line.Split(' '), "--home", _home.Path, "--json"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.Zero, said.Error);
            Assert.That(said.Json.GetProperty("home").GetString(), Is.EqualTo(_home.Path));
            foreach (var field in fields.Split(' '))
                Assert.That(said.Json.TryGetProperty(field, out _), Is.True, field);
        }
    }

    [TestCase("models")]
    [TestCase("status")]
    [TestCase("doctor")]
    [TestCase("ingest")]
    public void Without_json_it_is_told_in_words(string command)
    {
        var said = Leads.Here(command, "--home", _home.Path);
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        Assert.That(said.Output.Trim(), Is.Not.Empty.And.Not.StartsWith("{"));
    }

    [Test]
    public void The_single_steps_of_a_day_that_was_run_change_nothing()
    {
        using var home = FinishedRun.Home.Twin();
        var before = home.Fingerprint();
        foreach (var step in (string[])["ingest", "score --as-of 2026-05-01", "funnel --as-of 2026-05-01", "export"])
            Assert.That(Leads.Here([.. step.Split(' '), "--home", home.Path]).ExitCode, Is.Zero, step);
        Assert.That(home.Fingerprint(), Is.EqualTo(before));
    }

    [Test]
    public void Status_knows_the_model_the_day_and_the_run()
    {
        var status = Leads.Here("status", "--home", _home.Path, "--json").Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                status.GetProperty("champion").GetString(),
                Is.EqualTo(FinishedRun.Summary.GetProperty("model").GetProperty("id").GetString())
            );
            Assert.That(status.GetProperty("scoredAsOf").GetString(), Is.EqualTo(SampleHome.AsOf));
            Assert.That(
                status.GetProperty("rows").GetProperty("accepted").GetInt64(),
                Is.EqualTo(FinishedRun.Summary.GetProperty("traces").GetProperty("accepted").GetInt64())
            );
            Assert.That(
                status.GetProperty("stages").EnumerateObject().Sum(stage => stage.Value.GetInt32()),
                Is.EqualTo(status.GetProperty("positions").GetInt32())
            );
            Assert.That(status.GetProperty("runs")[0].GetProperty("state").GetString(), Is.EqualTo("done"));
        }
    }

    [Test]
    public void Explain_says_likelihood_reasons_stage_and_municipality_in_words()
    {
        var contact = FirstLead();
        var said = Leads.Here("explain", contact, "--home", _home.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.Zero, said.Error);
            Assert.That(said.Output, Does.StartWith($"Contact {contact}, as of 2026-05-01"));
            Assert.That(said.Output, Does.Match(@"Likelihood to relocate \d+\.\d% \(90 % interval .*\), grade [A-E]"));
            Assert.That(said.Output, Does.Match("(?m)^ +(raises|lowers): "));
            Assert.That(said.Output, Does.Match(@"Stage \w+ since \d{4}-\d\d-\d\d"));
            Assert.That(said.Output, Does.Contain("Best fit ").And.Contain("May be shown to a municipality."));
        }
    }

    [Test]
    public void Explain_as_json_holds_the_score_of_the_list_with_its_reasons_as_words()
    {
        var contact = FirstLead();
        var said = Leads.Here("explain", contact, "--home", _home.Path, "--json").Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.GetProperty("contact").GetString(), Is.EqualTo(contact));
            Assert.That(said.GetProperty("score").GetProperty("contact").GetString(), Is.EqualTo(contact));
            Assert.That(said.GetProperty("score").GetProperty("likelihood").GetDouble(), Is.InRange(0.0001, 0.9999));
            Assert.That(said.GetProperty("reasons").GetArrayLength(), Is.GreaterThanOrEqualTo(3));
            Assert.That(said.GetProperty("position").GetProperty("stage").GetString(), Is.Not.Empty);
            Assert.That(said.GetProperty("history").GetArrayLength(), Is.Positive);
            Assert.That(said.GetProperty("followUps").GetArrayLength(), Is.Positive);
        }
    }

    [Test]
    public void Doctor_names_a_lake_file_that_is_missing_and_ends_with_1()
    {
        using var home = FinishedRun.Home.Twin();
        var file = Directory
            .EnumerateFiles(Path.Combine(home.Path, "lake", "traces"), "*.parquet", SearchOption.AllDirectories)
            .First();
        File.Delete(file);
        var said = Leads.Here("doctor", "--home", home.Path, "--json");
        var wrong = said
            .Json.GetProperty("checks")
            .EnumerateArray()
            .Where(check => !check.GetProperty("sound").GetBoolean())
            .ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(1));
            Assert.That(wrong, Has.Count.EqualTo(1));
            Assert.That(wrong[0].GetProperty("fault").GetString(), Is.EqualTo("missing"));
            Assert.That(
                wrong[0].GetProperty("words").GetString(),
                Does.Contain(Path.GetFileName(file)).And.Contain("missing")
            );
        }
    }

    [Test]
    public void Doctor_reads_every_byte_unless_it_is_to_be_quick()
    {
        using var home = FinishedRun.Home.Twin();
        var file = Directory
            .EnumerateFiles(Path.Combine(home.Path, "lake", "traces"), "*.parquet", SearchOption.AllDirectories)
            .First();
        var bytes = File.ReadAllBytes(file);
        bytes[20] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.That(Leads.Here("doctor", "--quick", "--home", home.Path).ExitCode, Is.Zero);
        var said = Leads.Here("doctor", "--home", home.Path);
        Assert.That(said.ExitCode, Is.EqualTo(1));
        Assert.That(said.Output, Does.Match($"(?m)^WRONG .*{Path.GetFileName(file)} .*checksum"));
    }

    [Test]
    public void Doctor_names_a_lake_file_that_is_cut_off()
    {
        using var home = FinishedRun.Home.Twin();
        var file = Directory
            .EnumerateFiles(Path.Combine(home.Path, "lake", "contacts"), "*.parquet", SearchOption.AllDirectories)
            .First();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..100]);
        var said = Leads.Here("doctor", "--home", home.Path);
        Assert.That(said.ExitCode, Is.EqualTo(1));
        Assert.That(said.Output, Does.Match($"(?m)^WRONG .*{Path.GetFileName(file)}"));
    }

    [Test]
    public void A_refused_file_is_named_the_others_go_on_and_the_exit_code_is_3()
    {
        using var home = FinishedRun.Home.Twin();
        var consents = Path.Combine(home.Path, "inbox", "consents");
        var whole = File.ReadAllBytes(Directory.EnumerateFiles(consents, "*.gz").First());
        File.WriteAllBytes(Path.Combine(consents, "cut-off.csv.gz"), whole[..(whole.Length / 2)]);
        File.WriteAllText(
            Path.Combine(consents, "sound.csv"),
            "consent_id,contact_id,purpose,granted,at,provenance\nn-1,c000001,marketing,true,2026-04-30T09:00:00Z,by mail\n"
        );
        var said = Leads.Here("ingest", "--home", home.Path, "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(3), said.Error);
            Assert.That(State(said.Json, "cut-off.csv.gz"), Is.EqualTo("refused"));
            Assert.That(State(said.Json, "sound.csv"), Is.EqualTo("ingested"));
            Assert.That(said.Json.GetProperty("accepted").GetInt64(), Is.EqualTo(1));
        }
        var words = Leads.Here("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        Assert.That(words.ExitCode, Is.EqualTo(3));
        Assert.That(
            words.Output,
            Does.Contain("consents/cut-off.csv.gz was refused").And.Contain("This week's lists:")
        );
    }

    [TestCase("xlsx")]
    [TestCase("parquet")]
    [TestCase("csv")]
    public void One_municipality_s_list_comes_in_the_format_asked_for(string format)
    {
        var folder = Path.Combine(_home.Path, "handed-over", format);
        var said = Leads.Here([
            "export",
            "--format",
            format,
            "--municipality",
            "Överkalix",
            "--out",
            folder,
            "--home",
            _home.Path,
            "--json",
        ]);
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        var lists = said.Json.GetProperty("lists");
        var path = lists[0].GetProperty("path").GetString()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lists.GetArrayLength(), Is.EqualTo(1));
            Assert.That(lists[0].GetProperty("municipality").GetString(), Is.EqualTo("Överkalix"));
            Assert.That(path, Does.StartWith(folder).And.EndsWith($"2513-overkalix.{format}"));
            Assert.That(new FileInfo(path).Length, Is.Positive);
            Assert.That(
                Directory.GetFiles(folder, "*", SearchOption.AllDirectories),
                Is.EqualTo([path]),
                "nothing else is written"
            );
        }
    }

    [Test]
    public void A_municipality_may_be_named_by_its_code()
    {
        var folder = Path.Combine(_home.Path, "by-code");
        var said = Leads.Here("export", "--municipality", "2513", "--out", folder, "--home", _home.Path, "--json");
        Assert.That(said.Json.GetProperty("lists")[0].GetProperty("municipality").GetString(), Is.EqualTo("Överkalix"));
    }

    [Test]
    public void Another_folder_holds_the_same_lists_byte_by_byte()
    {
        var folder = Path.Combine(_home.Path, "elsewhere");
        var said = Leads.Here("export", "--out", folder, "--home", _home.Path, "--json");
        var written = Directory.GetFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.Json.GetProperty("lists").GetArrayLength(), Is.EqualTo(14));
            foreach (var file in written)
                Assert.That(
                    File.ReadAllBytes(file),
                    Is.EqualTo(
                        File.ReadAllBytes(
                            Path.Combine(_home.Path, "exports", $"as_of={SampleHome.AsOf}", Path.GetFileName(file))
                        )
                    )
                );
        }
    }

    static string? State(JsonElement report, string file) =>
        report
            .GetProperty("files")
            .EnumerateArray()
            .Single(one => one.GetProperty("path").GetString()!.EndsWith($"/{file}", StringComparison.Ordinal))
            .GetProperty("state")
            .GetString();

    string FirstLead() =>
        File.ReadLines(Path.Combine(_home.Path, "exports", $"as_of={SampleHome.AsOf}", "2582-boden.csv"))
            .ElementAt(1)
            .Split(',')[1];
}
