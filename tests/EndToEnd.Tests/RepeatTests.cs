using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>The same day again changes nothing; the next day changes only what has changed.</summary>
public sealed class RepeatTests
{
    [Test]
    public void A_second_run_of_the_same_day_changes_no_byte_and_doubles_no_follow_up()
    {
        using var home = FinishedRun.Home.Twin();
        var before = home.Fingerprint();
        var again = Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf, "--json").Json;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(home.Fingerprint(), Is.EqualTo(before));
            Assert.That(again.GetProperty("moved").GetInt32(), Is.Zero);
            Assert.That(again.GetProperty("followUps").GetInt32(), Is.Zero);
        }
    }

    [Test]
    public void The_next_day_moves_only_what_has_changed()
    {
        using var home = FinishedRun.Home.Twin();
        var before = home.Fingerprint();
        var first = Stages(home);
        var next = Leads.Done("run", "--home", home.Path, "--as-of", "2026-05-02", "--json").Json;
        var after = home.Fingerprint();
        var second = Stages(home);
        using (Assert.EnterMultipleScope())
        {
            // The lake and yesterday's scores and lists stand as they stood.
            foreach (
                var (name, hash) in before.Where(print => !print.Key.StartsWith("store ", StringComparison.Ordinal))
            )
                Assert.That(after.GetValueOrDefault(name), Is.EqualTo(hash), name);
            Assert.That(second.Keys, Is.EquivalentTo(first.Keys));
            var moved = second.Count(pair => !string.Equals(first[pair.Key], pair.Value, StringComparison.Ordinal));
            Assert.That(moved, Is.EqualTo(next.GetProperty("moved").GetInt32()));
            Assert.That(moved, Is.LessThan(first.Count / 20), "one silent day moves few contacts");
        }
    }

    [Test]
    public void An_earlier_day_is_refused_because_the_funnel_runs_forward()
    {
        using var home = FinishedRun.Home.Twin();
        var before = home.Fingerprint();
        var said = Leads.Run("run", "--home", home.Path, "--as-of", "2026-04-01");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said.ExitCode, Is.EqualTo(2));
            Assert.That(said.Error, Does.Contain("2026-05-01").And.Contain("--as-of"));
            Assert.That(
                home.Fingerprint().Keys.Where(key => key.StartsWith("store ", StringComparison.Ordinal)),
                Is.EqualTo(before.Keys.Where(key => key.StartsWith("store ", StringComparison.Ordinal)))
            );
        }
    }

    static Dictionary<string, string> Stages(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        return store.Positions().ToDictionary(pair => pair.Key.Value, pair => pair.Value.Stage.ToString());
    }
}
