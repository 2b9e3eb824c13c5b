using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests.Commands;

/// <summary><c>leads allocation</c> on a home that has been run once.</summary>
public sealed class AllocationTests
{
    readonly SampleHome _home = FinishedRun.Home.Twin();

    [OneTimeTearDown]
    public void Remove() => _home.Dispose();

    [Test]
    public void It_gives_every_municipality_its_line_within_its_capacity_and_changes_nothing()
    {
        var before = _home.Fingerprint();
        var said = Leads.Here("allocation", "--home", _home.Path, "--json").Json;
        var rows = said.GetProperty("municipalities").EnumerateArray().ToList();
        var offers = said.GetProperty("offers").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Count.EqualTo(14));
            Assert.That(offers, Is.Not.Empty);
            Assert.That(rows.Sum(row => Int(row, "filled")), Is.EqualTo(offers.Count));
            Assert.That(rows.Select(row => Int(row, "filled") + Int(row, "used") <= Int(row, "capacity")), Is.All.True);
            Assert.That(
                offers.Sum(offer => offer.GetProperty("expectedMovers").GetDouble()),
                Is.EqualTo(said.GetProperty("expectedMovers").GetDouble()).Within(1e-9)
            );
            Assert.That(_home.Fingerprint(), Is.EqualTo(before));
        }
    }

    [Test]
    public void It_is_the_plan_that_the_lists_were_made_from()
    {
        var offers = Leads
            .Here("allocation", "--home", _home.Path, "--json")
            .Json.GetProperty("offers")
            .EnumerateArray()
            .Select(offer => $"{Int(offer, "municipality")} {offer.GetProperty("contact").GetString()}");
        var lists = Directory
            .GetFiles(Path.Combine(_home.Path, "exports", "as_of=2026-05-01"), "*.csv")
            .SelectMany(file =>
                File.ReadLines(file).Skip(1).Select(line => $"{Path.GetFileName(file)[..4]} {line.Split(',')[1]}")
            );
        Assert.That(offers, Is.Not.Empty.And.EquivalentTo(lists));
    }

    [Test]
    public void In_words_it_is_a_table_of_the_14()
    {
        var said = Leads.Here("allocation", "--home", _home.Path);
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        Assert.That(said.Output, Does.Contain("expected movers").And.Match(@"(?m)^  Överkalix +\d+ "));
    }

    [Test]
    public void Why_names_the_municipality_of_a_contact_and_what_the_runner_up_would_have_left()
    {
        var offer = Leads.Here("allocation", "--home", _home.Path, "--json").Json.GetProperty("offers")[0];
        var (contact, municipality) = (offer.GetProperty("contact").GetString()!, Int(offer, "municipality"));
        var why = Leads.Here("allocation", "--why", contact, "--home", _home.Path, "--json").Json;
        var (chosen, runnerUp) = (why.GetProperty("chosen"), why.GetProperty("runnerUp"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(why.GetProperty("cause").GetString(), Is.EqualTo("offered").IgnoreCase);
            Assert.That(Int(why, "municipality"), Is.EqualTo(municipality));
            Assert.That(Int(chosen, "municipality"), Is.EqualTo(municipality));
            Assert.That(Int(runnerUp, "municipality"), Is.Not.EqualTo(municipality));
            Assert.That(
                chosen.GetProperty("net").GetDouble(),
                Is.GreaterThanOrEqualTo(runnerUp.GetProperty("net").GetDouble())
            );
        }
        var words = Leads.Here("allocation", "--why", contact, "--home", _home.Path).Output;
        Assert.That(words, Does.StartWith($"Contact {contact}, as of 2026-05-01").And.Contain("Runner-up: "));
    }

    [Test]
    public void A_contact_nobody_knows_is_refused()
    {
        var said = Leads.Here("allocation", "--why", "c999999", "--home", _home.Path);
        Assert.That(said.ExitCode, Is.EqualTo(2));
        Assert.That(said.Error, Does.Contain("c999999 is not known"));
    }

    static int Int(JsonElement of, string field) => of.GetProperty(field).GetInt32();
}
