using LeadScoring.Worker.Jobs;
using LeadScoring.Worker.Store;
using LeadScoring.Worker.Tests.Store;

namespace LeadScoring.Worker.Tests.Jobs;

public class JobEnginesTests
{
    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.Postgres)]
    public async Task Quartz_is_in_every_build_and_meant_when_nothing_is_said(StoreKind kind)
    {
        using var home = new StoreHome(kind);
        await using var engine = Of(home, JobSettings.Load(home.Path));
        Assert.That(engine, Is.InstanceOf<QuartzEngine>());
    }

#if WITH_HANGFIRE
    [Test]
    public void Hangfire_on_the_embedded_store_says_what_to_do()
    {
        using var home = new StoreHome(StoreKind.Sqlite);
        Assert.That(
            () => Of(home, new JobSettings { Engine = "hangfire" }),
            Throws
                .InstanceOf<WorkerException>()
                .With.Message.StartsWith("serve.json or environment, Jobs:Engine: found 'hangfire' with the store ")
                .And.Message.Contains(
                    "expected hangfire with a store in PostgreSQL; name one in ConnectionStrings:Leads"
                )
        );
    }
#else
    [Test]
    public void Hangfire_asked_for_in_a_build_without_it_says_how_to_get_it()
    {
        using var home = new TemporaryHome();
        File.WriteAllText(home.File("serve.json"), """{"Jobs":{"Engine":"hangfire"}}""");
        using var output = new StringWriter();
        Assert.That(
            () => ServeHost.RunAsync(new Home(home.Path), output, TimeProvider.System, CancellationToken.None),
            Throws
                .InstanceOf<WorkerException>()
                .With.Message.StartsWith(
                    "serve.json or environment, Jobs:Engine: found 'hangfire', and this build is without Hangfire, expected"
                )
                .And.Message.Contains("-p:WithHangfire=true")
                .And.Message.Contains("Hangfire.PostgreSql 1.21.1")
        );
    }
#endif

    static IJobEngine Of(StoreHome home, JobSettings settings) =>
        JobEngines.Of(settings, StoreDialect.Of(home.Path, patienceSeconds: 5), TimeProvider.System);
}
