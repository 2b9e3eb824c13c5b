using System.Globalization;
using System.Text.Json;
using LeadScoring.Worker.Store;

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

    /// <summary>Half of the thirty kills in the suite; all of them when <c>LEADS_KILLS</c> is set.</summary>
    static readonly bool _isWhole = Environment.GetEnvironmentVariable("LEADS_KILLS") is not null;

    [Test, CancelAfter(900_000)]
    public void Kills_at_random_instants_leave_what_an_undisturbed_run_leaves()
    {
        _seconds = FinishedRun
            .Summary.GetProperty("seconds")
            .EnumerateObject()
            .ToDictionary(step => step.Name, step => step.Value.GetDouble(), StringComparer.Ordinal);
        _expected = FinishedRun.Home.Fingerprint();

        Kill("ingest", after: null, times: 8, SampleHome.Make);
        Kill("train", after: "ingest", times: 6, () => Without(FinishedRun.Home, "models", "scores", "exports"));
        Kill("read", after: "ingest", times: 4, Trained);
        Kill("score", after: "read", times: 4, Trained);
        Kill("funnel", after: "score", times: 4, Trained);
        Kill("export", after: "funnel", times: 4, Trained);
        TestContext.Out.WriteLine(JsonSerializer.Serialize(_killed));
        Assert.That(_killed.Values.Sum(), Is.EqualTo(_isWhole ? 30 : 15));
    }

    /// <summary>Kills so many runs in a step of theirs; one that ends before its instant comes is not counted.</summary>
    /// <remarks>
    /// Kills follow each other in one home as long as the step is still ahead of it. Once it is done there, by a run that
    /// came through or was killed later than meant, the home is finished and compared, and the next kill gets a new one.
    /// </remarks>
    /// <param name="after">The step before it, null for none.</param>
    /// <param name="make">A home in which the step is the next to be done.</param>
    void Kill(string step, string? after, int times, Func<SampleHome> make)
    {
        times = _isWhole ? times : times / 2;
        var home = make();
        for (var (killed, tries) = (0, 0); killed < times; tries++)
        {
            Assert.That(tries, Is.LessThan(10 * times), $"runs end before they can be killed in {step}");
            var wait = TimeSpan.FromSeconds(_chance.NextDouble() * _seconds[step]);
            var isKilled = Leads.IsKilled(after, wait, "run", "--home", home.Path, "--as-of", SampleHome.AsOf);
            killed += isKilled ? 1 : 0;
            _killed[step] = killed;
            if (killed < times && (!isKilled || IsBehind(home, step)))
            {
                Finish(home);
                home = make();
            }
        }
        Finish(home);
    }

    static bool IsBehind(SampleHome home, string step) =>
        step switch
        {
            "ingest" => File.Exists(Path.Combine(home.Path, "lake", "manifest.json")),
            "train" => File.Exists(Path.Combine(home.Path, "models", "champion")),
            "score" => Directory.Exists(Path.Combine(home.Path, "scores", $"as_of={SampleHome.AsOf}")),
            "funnel" => HasWatermark(home),
            "export" => Directory.Exists(Path.Combine(home.Path, "exports", $"as_of={SampleHome.AsOf}")),
            _ => false,
        };

    static bool HasWatermark(SampleHome home)
    {
        using var store = LeadStore.Open(home.Path);
        return store.Watermark() is not null;
    }

    void Finish(SampleHome home)
    {
        using (home)
        {
            Leads.Done("run", "--home", home.Path, "--as-of", SampleHome.AsOf);
            Assert.That(
                home.Fingerprint(),
                Is.EqualTo(_expected),
                string.Create(CultureInfo.InvariantCulture, $"after {_killed.Values.Sum()} kills")
            );
        }
    }

    /// <summary>A home as it is after the training of its first run.</summary>
    static SampleHome Trained() => Without(FinishedRun.Home, "scores", "exports");

    /// <summary>A finished home without some of its folders and without its store.</summary>
    static SampleHome Without(SampleHome finished, params string[] folders)
    {
        var home = finished.Twin();
        foreach (var folder in folders)
            Directory.Delete(Path.Combine(home.Path, folder), recursive: true);
        foreach (var file in Directory.EnumerateFiles(home.Path, "leads.db*").ToList())
            File.Delete(file);
        return home;
    }
}
