using System.Globalization;
using System.Text.Json;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>A run that is killed at any instant is finished by running again, as if nothing had happened.</summary>
/// <remarks>
/// Each kill waits until a step has begun, and then a share of that step's time that a seed draws: so that the short
/// steps are hit as well as the long ones.
/// </remarks>
public sealed class KillTests
{
    readonly Random _chance = new(20260501);
    readonly Dictionary<string, int> _killed = new(StringComparer.Ordinal);
    Dictionary<string, double> _seconds = [];
    IReadOnlyDictionary<string, string> _expected = new Dictionary<string, string>(StringComparer.Ordinal);

    [Test, CancelAfter(900_000)]
    public void Thirty_kills_at_random_instants_leave_what_an_undisturbed_run_leaves()
    {
        _seconds = FinishedRun
            .Summary.GetProperty("seconds")
            .EnumerateObject()
            .ToDictionary(step => step.Name, step => step.Value.GetDouble(), StringComparer.Ordinal);
        _expected = FinishedRun.Home.Fingerprint();

        for (var chain = 0; chain < 2; chain++)
        {
            using var home = SampleHome.Make();
            Kill(home, "ingest", after: null, times: 4);
            Kill(home, "train", after: "ingest", times: 3);
            Finish(home);
        }
        for (var chain = 0; chain < 2; chain++)
        {
            foreach (
                var (step, after) in new[]
                {
                    ("read", "ingest"),
                    ("score", "read"),
                    ("funnel", "score"),
                    ("export", "funnel"),
                }
            )
            {
                using var home = Trained(FinishedRun.Home);
                Kill(home, step, after, times: 2);
                Finish(home);
            }
        }
        TestContext.Out.WriteLine(JsonSerializer.Serialize(_killed));
        Assert.That(_killed.Values.Sum(), Is.EqualTo(30));
    }

    /// <summary>Kills so many runs in a step of theirs; one that ends before its instant comes is not counted.</summary>
    /// <param name="after">The step before it, null for none.</param>
    void Kill(SampleHome home, string step, string? after, int times)
    {
        for (var (killed, tries) = (0, 0); killed < times; tries++)
        {
            Assert.That(tries, Is.LessThan(10 * times), $"runs end before they can be killed in {step}");
            var wait = TimeSpan.FromSeconds(_chance.NextDouble() * _seconds[step]);
            if (!Leads.IsKilled(after, wait, "run", "--home", home.Path, "--as-of", SampleHome.AsOf))
                continue;
            killed++;
            _killed[step] = _killed.GetValueOrDefault(step) + 1;
        }
    }

    void Finish(SampleHome home)
    {
        Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
        Assert.That(
            home.Fingerprint(),
            Is.EqualTo(_expected),
            string.Create(CultureInfo.InvariantCulture, $"after {_killed.Values.Sum()} kills")
        );
    }

    /// <summary>A home as it is after the training of its first run.</summary>
    static SampleHome Trained(SampleHome finished)
    {
        var home = finished.Twin();
        Directory.Delete(Path.Combine(home.Path, "scores"), recursive: true);
        Directory.Delete(Path.Combine(home.Path, "exports"), recursive: true);
        foreach (var file in Directory.EnumerateFiles(home.Path, "leads.db*").ToList())
            File.Delete(file);
        return home;
    }
}
