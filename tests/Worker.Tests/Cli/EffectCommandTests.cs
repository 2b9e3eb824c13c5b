using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadScoring.Funnel.Learning;
using LeadScoring.Funnel.Stages;
using LeadScoring.Worker.Cli;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Cli;

/// <summary><c>leads effect</c> on trials of invented contacts.</summary>
public sealed class EffectCommandTests
{
    const string Header = "contact;municipality;stage;group;entered_on;moved_on;score\n";
    readonly TemporaryHome _home = new();

    [TearDown]
    public void Empty_it()
    {
        foreach (var entry in Directory.GetFileSystemEntries(_home.Path))
        {
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
    }

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    /// <summary>Rows of one group; the first of them move after 90 days, and rank highest when they are contacted.</summary>
    static string Group(string name, int municipality, string stage, string group, int movers, int contacts)
    {
        var rows = new StringBuilder();
        for (var i = 0; i < contacts; i++)
        {
            var moved = i < movers ? "2026-04-01" : "";
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{name}{i};{municipality};{stage};{group};2026-01-01;{moved};{(group is "contacted" && i < movers ? 9 : i % 3)}\n"
            );
        }
        return rows.ToString();
    }

    /// <summary>56 of 70 against 48 of 80 is Newcombe's example: 0.2, from 0.0524 to 0.3339; times 70 14.0, 3.7 to 23.4.</summary>
    [Test]
    public void A_shown_effect_is_told_with_its_interval_and_the_movers_it_brought()
    {
        var path = With(
            "trial.csv",
            Header + Group("c", 2584, "desire", "contacted", 56, 70) + Group("h", 2584, "Desire", "held_out", 48, 80)
        );

        var (code, output, error) = Leads("effect", path, "--as-of", "2026-12-01");

        Assert.That(code, Is.Zero, error);
        Assert.That(
            output,
            Does.StartWith(
                """
                Moved within 180 days, as of 2026-12-01 (95 % intervals)
                contacted  56 of 70 moved (80.00 %)
                held out   48 of 80 moved (60.00 %)
                effect     more of the contacted moved: +20.00 points (+5.24 to +33.39), +14.0 movers by it (+3.7 to +23.4)

                Kiruna         more of the contacted moved: +20.00 points (+5.24 to +33.39), +14.0 movers by it (+3.7 to +23.4)
                Desire         more of the contacted moved: +20.00 points (+5.24 to +33.39), +14.0 movers by it (+3.7 to +23.4)

                The ranking (Qini): area over a random order
                """
            )
        );
        Assert.That(output, Does.Contain("best 100 %  +20.00 points gained"));
    }

    [Test]
    public void Too_few_to_tell_is_said_in_words()
    {
        var path = With(
            "trial.csv",
            Header
                + Group("c", 2584, "Desire", "contacted", 3, 500)
                + Group("h", 2584, "Desire", "held_out", 0, 50)
                + Group("p", 2521, "Action", "contacted", 1, 4)
        );

        var (_, output, _) = Leads("effect", path, "--as-of", "2026-12-01");

        Assert.That(
            output,
            Does.Contain("effect     too few to tell: +0.60 points (")
                .And.Contain("4 of 554 moved; nothing follows from it in either direction")
                .And.Contain(
                    "4 contacts count for no effect: the other group has nobody of their municipality and stage"
                )
                .And.Contain("Pajala         too few to tell: one of the groups has nobody")
        );
    }

    [Test]
    public void As_JSON_it_has_every_figure_and_the_points_of_the_curve()
    {
        var path = With(
            "trial.csv",
            Header + Group("c", 2584, "Desire", "contacted", 6, 70) + Group("h", 2584, "Desire", "held_out", 1, 70)
        );

        var said = Json(Leads("effect", path, "--as-of", "2026-12-01", "--horizon", "200", "--json"));

        var all = said.GetProperty("all");
        Assert.Multiple(() =>
        {
            Assert.That(said.GetProperty("horizonDays").GetInt32(), Is.EqualTo(200));
            Assert.That(all.GetProperty("contacted").GetProperty("movers").GetInt32(), Is.EqualTo(6));
            Assert.That(all.GetProperty("uplift").GetProperty("value").GetDouble(), Is.EqualTo(5.0 / 70).Within(1e-12));
            Assert.That(all.GetProperty("verdict").GetString(), Is.EqualTo("too_few"));
            Assert.That(said.GetProperty("stages")[0].GetProperty("part").GetString(), Is.EqualTo("desire"));
            var points = said.GetProperty("ranking").GetProperty("points");
            Assert.That(points.GetArrayLength(), Is.EqualTo(5), "none and four scores");
            Assert.That(
                points[1].GetProperty("gain").GetDouble(),
                Is.EqualTo(6.0 / 70).Within(1e-12),
                "the six movers rank highest"
            );
        });
    }

    /// <summary>Of four drawn, one moves in time, one too late, one is only heard of after the as-of day.</summary>
    [Test]
    public void Without_a_column_of_moves_the_outcomes_of_the_lake_tell_who_moved()
    {
        With(
            "inbox/outcomes/o.csv",
            "outcome_id,contact_id,kind,occurred_on,reported_on,municipality_code\n"
                + "1,k1,moved,2026-03-01,2026-03-02,2584\n2,k2,moved,2026-08-01,2026-08-02,2584\n"
                + "3,k3,moved,2026-03-01,2026-12-24,2584\n4,k4,not_reached,2026-03-01,2026-03-02,2584\n"
        );
        Assert.That(Leads("ingest").Code, Is.Zero);
        var path = With(
            "trial.csv",
            "contact,municipality,stage,group,entered_on\n"
                + "k1,2584,Desire,contacted,2026-01-01\nk2,2584,Desire,contacted,2026-01-01\n"
                + "k3,2584,Desire,held_out,2026-01-01\nk4,2584,Desire,held_out,2026-01-01\n"
        );

        var (code, output, error) = Leads("effect", path, "--as-of", "2026-12-01");

        Assert.That(code, Is.Zero, error);
        Assert.That(
            output,
            Does.Contain("contacted  1 of 2 moved (50.00 %)").And.Contain("held out   0 of 2 moved (0.00 %)")
        );
        Assert.That(output, Does.Not.Contain("Qini"));
    }

    [Test]
    public void All_faulty_rows_are_told_at_once_without_what_they_hold()
    {
        var path = With(
            "trial.csv",
            Header
                + "a;2584;Desire;contacted;2026-01-01;;\n"
                + ";9999;Longing;kept;01/02/2026;soon;high\n"
                + "a-secret;;Desire;held_out;2026-01-01;;\n"
        );

        var (code, output, error) = Leads("effect", path, "--as-of", "2026-12-01");

        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(
            error,
            Is.EqualTo(
                """
                trial.csv: 8 faults, nothing was measured; mend the rows:
                row 2: contact is empty, expected its id
                row 2: municipality is something else, expected a code such as 2584
                row 2: stage is something else, expected Attention, Interest, Desire, Action, Moved, Stayed, Dormant, Closed
                row 2: group is something else, expected held_out or contacted
                row 2: entered_on is something else, expected a day, yyyy-mm-dd
                row 2: moved_on is something else, expected a day, yyyy-mm-dd, or nothing
                row 2: score is something else, expected a number, or nothing
                row 3: municipality is empty, expected a code such as 2584

                """
            )
        );
    }

    [TestCase("contact,stage\nk1,Desire\n", "trial.csv: there is no column municipality, group, entered_on, expected")]
    [TestCase("", "trial.csv: there is no column contact, municipality, stage, group, entered_on, expected")]
    public void A_file_that_is_no_trial_ends_with_2(string text, string expected)
    {
        var (code, _, error) = Leads("effect", With("trial.csv", text));
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.StartWith(expected));
    }

    [Test]
    public void A_line_with_too_many_fields_ends_with_2_and_is_not_quoted()
    {
        var path = With(
            "trial.csv",
            "contact,municipality,stage,group,entered_on\nk1,2584,Desire,contacted,2026-01-01\n"
                + "k2,2584,Desire,contacted,2026-01-01,secret,words\n"
        );
        var (code, output, error) = Leads("effect", path);
        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(error, Does.StartWith("trial.csv: ").And.Not.Contain("secret"));
    }

    /// <summary>Sixty drawn for Kiruna: of thirty who got a place ten moved, of thirty held out two.</summary>
    [Test]
    public void Without_a_file_it_measures_the_homes_own_trial()
    {
        var moved = Enumerable
            .Range(0, 60)
            .Where(i => i is < 10 or 30 or 31)
            .Select(i => $"{i},k{i:00},moved,2026-03-01,2026-03-02,2584\n");
        With(
            "inbox/outcomes/o.csv",
            "outcome_id,contact_id,kind,occurred_on,reported_on,municipality_code\n" + string.Concat(moved)
        );
        Assert.That(Leads("ingest").Code, Is.Zero);
        Assert.That(Leads("effect").Error, Does.StartWith("No place has been at stake yet"));

        var day = new DateOnly(2026, 1, 1);
        string[] contacts = [.. Enumerable.Range(0, 60).Select(i => $"k{i:00}")];
        using (var store = LeadStore.Open(_home.Path))
            store.CommitFunnel(
                Commits.Of(day, contacts) with
                {
                    Drawn =
                    [
                        .. contacts.Select(
                            (c, i) =>
                                new DrawnContact(
                                    new(c),
                                    2584,
                                    Stage.Desire,
                                    i < 30 ? Part.Usual : Part.HeldOut,
                                    day,
                                    0.1
                                )
                        ),
                    ],
                }
            );

        var said = Json(Leads("effect", "--as-of", "2026-12-01", "--json")).GetProperty("all");

        Assert.That(said.GetProperty("contacted").GetProperty("movers").GetInt32(), Is.EqualTo(10));
        Assert.That(said.GetProperty("heldOut").GetProperty("movers").GetInt32(), Is.EqualTo(2));
        Assert.That(said.GetProperty("uplift").GetProperty("value").GetDouble(), Is.EqualTo(8.0 / 30).Within(1e-12));
    }

    [Test]
    public void A_file_that_is_not_there_and_a_horizon_of_no_day_end_with_2()
    {
        Assert.That(Leads("effect", _home.File("none.csv")).Error, Does.StartWith("none.csv: there is no such file"));
        Assert.That(
            Leads("effect", _home.File("none.csv"), "--horizon", "0").Error,
            Does.Contain("--horizon is below 1")
        );
    }

    string With(string relative, string text)
    {
        var path = _home.File(relative.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    (int Code, string Output, string Error) Leads(params string[] arguments)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture),
            error = new(CultureInfo.InvariantCulture);
        var code = LeadsCommand.RunAsync([.. arguments, "--home", _home.Path], output, error).GetAwaiter().GetResult();
        return (code, output.ToString(), error.ToString());
    }

    static JsonElement Json((int Code, string Output, string Error) said) =>
        JsonDocument.Parse(said.Output).RootElement;
}
