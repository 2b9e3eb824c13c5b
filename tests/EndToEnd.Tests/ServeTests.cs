using System.Net;
using System.Text.Json;
using LeadScoring.Worker.Store;

namespace LeadScoring.EndToEnd.Tests;

/// <summary>One worker on the embedded store: a night that cannot be done, told, mended and done.</summary>
public sealed class ServeTests
{
    [Test, CancelAfter(300_000)]
    public async Task A_poisoned_night_ends_dead_and_told_while_others_go_on_and_is_restarted(
        CancellationToken cancellation
    )
    {
        using var home = FinishedRun.Home.Twin();
        using var hook = new HttpListener();
        var address = FreeAddress();
        hook.Prefixes.Add(address.ToString());
        hook.Start();
        var policy = Path.Combine(home.Path, "policies", "2582-broken.json");
        Directory.CreateDirectory(Path.GetDirectoryName(policy)!);
        File.WriteAllText(policy, "{");
        ServeHome.Configure(home, postgres: null, address, attempts: 2);
        using var worker = new Worker(home.Path);

        var posted = await hook.GetContextAsync().WaitAsync(cancellation);
        using var body = await JsonDocument.ParseAsync(posted.Request.InputStream, cancellationToken: cancellation);
        posted.Response.Close();
        var dead = ServeHome.Unit(home, "night")!;
        Assert.That((dead.State, dead.Attempts), Is.EqualTo((RunState.Dead, 2)), worker.Said);
        Assert.That(dead.Error, Does.Contain("2582-broken.json"));
        Assert.That(body.RootElement.GetProperty("text").GetString(), Does.Contain($"leads jobs restart {dead.Id}"));
        Assert.That(ServeHome.Unit(home, "retain")!.State, Is.EqualTo(RunState.Done), "others go on");

        using var http = new HttpClient { BaseAddress = worker.Address };
        Assert.That((await http.GetAsync("/health/live", cancellation)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var ready = await http.GetStringAsync("/health/ready", cancellation);
        Assert.That(ready, Does.Contain("degraded").And.Contain("2582-broken.json"));
        Assert.That(Leads.Done("status", "--home", home.Path).Output, Does.Contain($"leads jobs restart {dead.Id}"));
        Assert.That(Leads.Done("jobs", "--home", home.Path).Output, Does.Contain("dead"));

        File.Delete(policy);
        Leads.Done("jobs", "restart", $"{dead.Id}", "--home", home.Path);
        var done = await ServeHome.UntilAsync(
            () => ServeHome.Unit(home, "night") is { State: RunState.Done or RunState.Warned } unit ? unit : null,
            () => worker.Said,
            cancellation
        );
        Assert.That((done.Id, done.Attempts, done.Error), Is.EqualTo((dead.Id, 1, (string?)null)));
        Assert.That(
            (await http.GetStringAsync("/health/ready", cancellation)).Contains("\"ready\"", StringComparison.Ordinal),
            Is.True
        );
        Assert.That(worker.Stop(), Is.Zero, worker.Said);
    }

    static Uri FreeAddress()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
