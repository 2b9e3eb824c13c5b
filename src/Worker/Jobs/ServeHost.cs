using LeadScoring.Ingestion;
using LeadScoring.Worker.Mail.Answers;
using LeadScoring.Worker.Mail.Sending;
using LeadScoring.Worker.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadScoring.Worker.Jobs;

/// <summary>The long-running worker: schedule, jobs, alarms, the pages behind the links of messages, and how it is.</summary>
public static class ServeHost
{
    /// <summary>How long a job may take to come to a place where it can stop.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>The most that anybody may send: the pages behind links take a form of one field.</summary>
    const long LargestBody = 16 * 1024;

    /// <summary>Runs until it is cancelled or told to end by a signal.</summary>
    public static async Task RunAsync(Home home, TextWriter output, TimeProvider time, CancellationToken cancellation)
    {
        var settings = JobSettings.Load(home.Path);
        using var telemetry = Telemetry.Of(home, settings, time);
        await using var host = Build(home, settings, output, time);
        await host.RunAsync(cancellation);
    }

    internal static WebApplication Build(Home home, JobSettings settings, TextWriter output, TimeProvider time)
    {
        // What is wrong with the home or its store is said at once, not in the night.
        var zone = HomeSettings.Load(home.Path).TimeZone;
        using (var store = LeadStore.Open(home.Path))
            HandRun.CloseGone(store, time.GetUtcNow().UtcDateTime);
        MailSettings.Load(home.Path);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = home.Path });
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp) = (true, true));
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Grace);

        var engine = JobEngines.Of(settings, StoreDialect.Of(home.Path, patienceSeconds: 30), time);
        var lines = TextWriter.Synchronized(output);
        builder
            .Services.AddSingleton(home)
            .AddSingleton(settings)
            .AddSingleton(time)
            .AddSingleton(lines)
            .AddSingleton<HttpClient>()
            .AddSingleton<WakeSignal>()
            .AddSingleton(engine)
            .AddSingleton(JobSchedule.Recurrences(home, settings, zone))
            .AddSingleton<IReadOnlyList<IJobBody>>(services =>
                JobBodies.Of(home, settings, engine, services.GetRequiredService<WakeSignal>(), time)
            )
            .AddSingleton<JobSchedule>()
            .AddHostedService(services => services.GetRequiredService<JobSchedule>())
            .AddHostedService<JobWorker>()
            .AddHostedService<AlarmWatch>();
#if WITH_HANGFIRE
        HangfireDashboard.AddTo(builder, engine, home);
#endif
        var host = builder.Build();
#if WITH_HANGFIRE
        HangfireDashboard.Map(host, engine, home, settings, time);
#endif
        host.MapGet("/health/live", () => Results.Ok(new { status = "live" }));
        host.MapGet("/health/ready", () => Answer(Readiness.Of(home, settings, time.GetUtcNow().UtcDateTime)));
        host.MapGet(
            "/",
            (HttpContext http) =>
                settings.MayShowPage(http.Request.Host.Host)
                    ? StatusPage.Answer(home, settings, zone, time.GetUtcNow().UtcDateTime)
                    : Results.NotFound()
        );
        host.MapAnswers(AnswerDesk.Open(home.Path, time));
        return host;
    }

    static IResult Answer(Readiness readiness) =>
        Results.Json(
            readiness,
            statusCode: readiness.CanWork ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
}
