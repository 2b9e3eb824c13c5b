namespace LeadScoring.EndToEnd.Tests;

/// <summary>A run that is killed at any instant is finished by running again, as if nothing had happened.</summary>
public sealed class KillTests
{
    const int Kills = 30;

    [Test]
    public void Thirty_kills_at_random_instants_leave_what_an_undisturbed_run_leaves()
    {
        using var undisturbed = SampleHome.Make();
        var started = System.Diagnostics.Stopwatch.StartNew();
        Leads.Done("run", "--home", undisturbed.Path, "--as-of", SampleHome.AsOf);
        var longest = started.Elapsed;
        var expected = undisturbed.Fingerprint();

        var chance = new Random(20260501);
        var killed = 0;
        while (killed < Kills)
        {
            using var home = SampleHome.Make();
            // Killed again and again in the same home, until a run comes through.
            while (killed < Kills && IsKilled(home))
                killed++;
            Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
            Assert.That(home.Fingerprint(), Is.EqualTo(expected), $"after {killed} kills");
        }

        bool IsKilled(SampleHome home) =>
            Leads.KilledAfter(chance.NextDouble() * longest, "run", "--home", home.Path, "--as-of", SampleHome.AsOf);
    }
}
